import { z } from 'zod';

interface ProblemDefinition {
  readonly status: number;
  readonly title: string;
}

/** Every way in which a request can fail. A code never changes its meaning; `title` is the whole of what is said in words. */
export const PROBLEMS = {
  malformed_body: { status: 400, title: 'The body is not JSON as this service reads it.' },
  body_too_deep: { status: 400, title: 'The body is nested too deeply.' },
  body_forbidden_member: { status: 400, title: 'The body has a member name that is never accepted.' },
  body_repeated_member: { status: 400, title: 'The body has a member twice.' },
  body_forbidden_character: { status: 400, title: 'The body has text with a NUL or half a character.' },
  malformed_request: { status: 400, title: 'The request cannot be read.' },
  cursor_invalid: { status: 400, title: 'The cursor is none that this list gave. Begin with the first page.' },
  idempotency_key_missing: { status: 400, title: 'This request creates something and needs an Idempotency-Key.' },
  idempotency_key_invalid: { status: 400, title: 'The Idempotency-Key is not 1 to 255 visible ASCII characters.' },
  not_signed_in: { status: 401, title: 'Sign in, or send a valid API key.' },
  sign_in_failed: { status: 401, title: 'The sign-in name or the password is wrong.' },
  forbidden: { status: 403, title: 'Your roles do not allow this.' },
  person_required: { status: 403, title: 'Only a person who is signed in may do this; an API key may not.' },
  attestation_required: { status: 403, title: 'Only the clinician whom a treatment report names attests to it.' },
  request_header_missing: {
    status: 403,
    title: 'A change that is made with a session needs the header Sluice-Request: 1.',
  },
  not_found: { status: 404, title: 'There is no such thing here.' },
  not_acceptable: { status: 406, title: 'There is no such representation: none that the Accept header takes.' },
  request_timeout: { status: 408, title: 'The request took too long to arrive.' },
  idempotency_in_progress: { status: 409, title: 'A request with this Idempotency-Key is still being worked on.' },
  state_conflict: { status: 409, title: 'It is in a state in which this cannot be done.' },
  duplicate: { status: 409, title: 'The same thing is here already.' },
  precondition_failed: { status: 412, title: 'It has changed since you read it.' },
  body_too_large: { status: 413, title: 'The body is larger than this request may have.' },
  unsupported_media_type: { status: 415, title: 'The body must be application/json in UTF-8, not compressed.' },
  invalid_request: { status: 422, title: 'The request does not have the form that the contract asks.' },
  refused: { status: 422, title: 'The request is well formed but cannot be accepted.' },
  idempotency_key_reused: { status: 422, title: 'This Idempotency-Key was used for another request.' },
  precondition_required: { status: 428, title: 'Send If-Match with the entity tag that you read.' },
  too_many_attempts: { status: 429, title: 'Too many attempts; wait before the next one.' },
  headers_too_large: { status: 431, title: 'The header fields are too large.' },
  internal: { status: 500, title: 'Something went wrong here. Nothing was sent to anybody.' },
  unavailable: { status: 503, title: 'The service cannot answer now. Try again later.' },
} as const satisfies Record<string, ProblemDefinition>;

export type ProblemCode = keyof typeof PROBLEMS;

const PROBLEM_CODES = Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]];

/** What is wrong at one place: a code and a JSON pointer (RFC 6901), and never what stands there. */
export const issueShape = z
  .strictObject({
    code: z.string().max(120),
    path: z.string().max(300),
    severity: z.enum(['error', 'warning']),
    /** Bounds or allowed words: a fact about the rule. */
    rule: z.string().max(2000).exactOptional(),
    /** What the person at the desk does about it. */
    fix: z.string().max(500).exactOptional(),
  })
  .meta({ id: 'Issue', description: 'What is wrong at one place. Never contains the value.' });

/** RFC 9457. */
export const problem = z
  .strictObject({
    type: z.string().max(100),
    title: z.string().max(200),
    status: z.int().min(400).max(599),
    code: z.enum(PROBLEM_CODES),
    /** Finds the lines of the log that belong to this request. */
    correlation: z.uuid(),
    issues: z.array(issueShape).max(1000),
  })
  .meta({ id: 'Problem', description: 'application/problem+json (RFC 9457)' });

export type Problem = z.input<typeof problem>;

export type IssueView = z.input<typeof issueShape>;

export const problemType = (code: ProblemCode): string => `urn:sluice:problem:${code}`;
