import { z } from 'zod';
import type { Behaviour } from './behaviour.js';

const DAY = 86_400_000;
const AUTHORIZED_DAYS = 180;
const USUAL_SESSIONS = 12;
const MOST_SESSIONS = 999;

/** What every document that an insurer takes as JSON must have; everything else in it is let through. */
const documentSchema = z.looseObject({ reference: z.string().min(1).max(100) });
const reportSchema = z.looseObject({
  reference: z.string().min(1).max(100),
  fields: z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())]),
});

const parseJson = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
};

/** The reference of a treatment report or a statement; undefined if the body is not one. */
export const referenceOf = (body: Buffer, kind: 'treatment-reports' | 'statements'): string | undefined => {
  const schema = kind === 'treatment-reports' ? reportSchema : documentSchema;
  const parsed = schema.safeParse(parseJson(body));
  return parsed.success ? parsed.data.reference : undefined;
};

/** The sessions a report asks for, if it says so as a whole number in `plan.sessionsRequested`. */
export const sessionsRequested = (body: Buffer): number => {
  const parsed = reportSchema.safeParse(parseJson(body));
  const fields = parsed.success && !Array.isArray(parsed.data.fields) ? parsed.data.fields : {};
  const asked = Number(fields['plan.sessionsRequested']);
  return Number.isSafeInteger(asked) && asked >= 1 && asked <= MOST_SESSIONS ? asked : USUAL_SESSIONS;
};

export type Decision = Behaviour['decision'];

export interface Review {
  readonly reference: string;
  readonly decision: Decision;
  readonly missing: readonly string[];
  readonly sessions: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly authorizationNumber: string;
}

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The insurer's answer to a treatment report; `modified` grants half, and at least one session. */
export const decideReport = (review: Review): Readonly<Record<string, unknown>> => {
  const head = { kind: 'treatment-report-decision', reference: review.reference, decision: review.decision };
  switch (review.decision) {
    case 'approved':
    case 'modified':
      return {
        ...head,
        authorizationNumber: review.authorizationNumber,
        sessionsApproved: review.decision === 'approved' ? review.sessions : Math.ceil(review.sessions / 2),
        from: dateOf(review.at),
        to: dateOf(review.at + AUTHORIZED_DAYS * DAY),
      };
    case 'pended':
      return { ...head, missing: review.missing };
    case 'denied':
      return head;
  }
};
