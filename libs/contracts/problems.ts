import { z } from 'zod';

interface ProblemDefinition {
  readonly status: number;
  readonly title: string;
  /** What whoever asked can do about it. */
  readonly remedy: string;
}

/** Every way in which a request can fail. A code never changes its meaning; `title` is the whole of what an answer says in words. */
export const PROBLEMS = {
  malformed_body: {
    status: 400,
    title: 'The body is not JSON as this service reads it.',
    remedy: 'Send one JSON value (RFC 8259) in UTF-8, with whole numbers only.',
  },
  body_too_deep: {
    status: 400,
    title: 'The body is nested too deeply.',
    remedy: 'Send the body as the contract has it; nothing in it is nested that deeply.',
  },
  body_forbidden_member: {
    status: 400,
    title: 'The body has a member name that is never accepted.',
    remedy: 'Remove the member: `__proto__`, `constructor` and `prototype` are refused wherever they stand.',
  },
  body_repeated_member: {
    status: 400,
    title: 'The body has a member twice.',
    remedy: 'Send each member once. Of two, nobody could say which one counts.',
  },
  body_forbidden_character: {
    status: 400,
    title: 'The body has text with a NUL or half a character.',
    remedy: 'Remove NUL characters and lone surrogates from the text.',
  },
  malformed_request: {
    status: 400,
    title: 'The request cannot be read.',
    remedy: 'Look at the request line and the header fields; the server could not read them as HTTP.',
  },
  cursor_invalid: {
    status: 400,
    title: 'The cursor is none that this list gave. Begin with the first page.',
    remedy: 'Leave `after` out, and go on from the `next` of the page that you get.',
  },
  idempotency_key_missing: {
    status: 400,
    title: 'This request creates something and needs an Idempotency-Key.',
    remedy:
      'Send an Idempotency-Key that is new for each thing you create, and the same whenever you repeat that request.',
  },
  idempotency_key_invalid: {
    status: 400,
    title: 'The Idempotency-Key is not 1 to 255 visible ASCII characters.',
    remedy: 'Use a UUID, or any other 1 to 255 visible ASCII characters.',
  },
  not_signed_in: {
    status: 401,
    title: 'Sign in, or send a valid API key.',
    remedy:
      'Sign in with `POST /v1/session`, or send `Authorization: Bearer` with a key that is neither revoked nor expired.',
  },
  sign_in_failed: {
    status: 401,
    title: 'The sign-in name or the password is wrong.',
    remedy: 'Check both. Nothing says which of the two was wrong.',
  },
  forbidden: {
    status: 403,
    title: 'Your roles do not allow this.',
    remedy:
      'Ask an administrator of the practice for the role that the operation names in the OpenAPI document, or leave it to somebody who has it.',
  },
  person_required: {
    status: 403,
    title: 'Only a person who is signed in may do this; an API key may not.',
    remedy: 'Let a person sign in and do it. No role of a key changes this.',
  },
  password_change_required: {
    status: 403,
    title: 'The password was given out by somebody else and must be changed first.',
    remedy: 'Change it with `PUT /v1/session/password`; everything else works from then on.',
  },
  attestation_required: {
    status: 403,
    title: 'Only the clinician whom a treatment report names attests to it.',
    remedy: 'Let the clinician whom the report names sign in and submit it.',
  },
  request_header_missing: {
    status: 403,
    title: 'A change that is made with a session needs the header Sluice-Request: 1.',
    remedy: 'Send `Sluice-Request: 1`. It shows that the request was not made by a page of somebody else.',
  },
  not_found: {
    status: 404,
    title: 'There is no such thing here.',
    remedy:
      'Check the id and the practice that you are signed in to. What you may not see does not exist for you either.',
  },
  method_not_allowed: {
    status: 405,
    title: 'The path is there, but not with this method.',
    remedy: 'Use one of the methods that the header Allow names; the OpenAPI document says what each of them does.',
  },
  not_acceptable: {
    status: 406,
    title: 'There is no such representation: none that the Accept header takes.',
    remedy:
      'Send one of the media types that the OpenAPI document names for the operation in Accept, or no Accept at all.',
  },
  request_timeout: {
    status: 408,
    title: 'The request took too long to arrive.',
    remedy: 'Send the request again, with the same Idempotency-Key.',
  },
  idempotency_in_progress: {
    status: 409,
    title: 'A request with this Idempotency-Key is still being worked on.',
    remedy: 'Wait a moment and send the same request with the same key again.',
  },
  state_conflict: {
    status: 409,
    title: 'It is in a state in which this cannot be done.',
    remedy: 'Read the thing again: its state and next step say what can be done.',
  },
  duplicate: {
    status: 409,
    title: 'The same thing is here already.',
    remedy:
      'Nothing has to be done if it is the same thing. Else change what makes it look the same; the issues say where.',
  },
  item_gone: {
    status: 410,
    title: 'It is not there any more.',
    remedy:
      'Nothing has to be done: it was withdrawn before it was fetched, or answered already. List the inbox again.',
  },
  precondition_failed: {
    status: 412,
    title: 'It has changed since you read it.',
    remedy: 'Read it again, look at what has changed, and send If-Match with the new entity tag.',
  },
  body_too_large: {
    status: 413,
    title: 'The body is larger than this request may have.',
    remedy: 'Send fewer things at once.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'The body must be application/json in UTF-8, not compressed.',
    remedy: 'Send `Content-Type: application/json` and no Content-Encoding.',
  },
  invalid_request: {
    status: 422,
    title: 'The request does not have the form that the contract asks.',
    remedy:
      'Correct what the issues name. Each has a code, a JSON pointer and, where there is one, the rule; members that the contract does not know are refused.',
  },
  refused: {
    status: 422,
    title: 'The request is well formed but cannot be accepted.',
    remedy: 'Correct what the issues name, each with a code, a JSON pointer and mostly what to do about it.',
  },
  idempotency_key_reused: {
    status: 422,
    title: 'This Idempotency-Key was used for another request.',
    remedy: 'Use a new key: this one belongs to another request, which stays as it was answered.',
  },
  precondition_required: {
    status: 428,
    title: 'Send If-Match with the entity tag that you read.',
    remedy: 'Read the thing first, and send If-Match with the entity tag of that answer.',
  },
  too_many_attempts: {
    status: 429,
    title: 'Too many attempts; wait before the next one.',
    remedy: 'Wait as many seconds as Retry-After says. The account is not locked.',
  },
  headers_too_large: {
    status: 431,
    title: 'The header fields are too large.',
    remedy: 'Send fewer or shorter header fields, cookies among them.',
  },
  internal: {
    status: 500,
    title: 'Something went wrong here. Nothing was sent to anybody.',
    remedy:
      'Send the request again with the same Idempotency-Key. If it fails again, give the correlation id to whoever runs this installation.',
  },
  unavailable: {
    status: 503,
    title: 'The service cannot answer now. Try again later.',
    remedy: 'Send the request again with the same Idempotency-Key, after a pause that grows.',
  },
} as const satisfies Record<string, ProblemDefinition>;

export type ProblemCode = keyof typeof PROBLEMS;

export const PROBLEM_CODES = Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]];

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

/** Where a code is explained: a path of the API, and so a relative URI (RFC 9457 §3.1.1). Stable as the code is. */
export const problemType = (code: ProblemCode): `/problems/${ProblemCode}` => `/problems/${code}`;

export const isProblemCode = (text: string): text is ProblemCode => Object.hasOwn(PROBLEMS, text);
