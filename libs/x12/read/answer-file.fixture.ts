import { expect } from 'vitest';
import { type Answer, readAnswers } from '../read-answers.js';

const header =
  'ISA*00*          *00*          *ZZ*CLEARING       *ZZ*PRACTICE       *261101*1200*^*00501*000000042*0*T*:~';

/** GS01, ST01, GS08 and what follows ST02 of one kind of answer. */
export interface AnswerKind {
  readonly code: string;
  readonly set: string;
  readonly version: string;
  readonly convention: string;
}

/** Wraps the segments between ST and SE into a file with right counts, so that a test changes one thing. */
export const fileOf = (kind: AnswerKind, body: readonly string[]): ReturnType<typeof readAnswers> => {
  const segments = [`ST*${kind.set}*0001${kind.convention}`, ...body];
  const group = `GS*${kind.code}*CLEARING*PRACTICE*20261101*1205*9*X*${kind.version}~`;
  const text = `${header}${group}${segments.join('~')}~SE*${segments.length + 1}*0001~GE*1*9~IEA*1*000000042~`;
  return readAnswers(Uint8Array.from(text, (character) => character.charCodeAt(0)));
};

/** A file of nothing but this TA1. */
export const ta1Of = (segment: string): ReturnType<typeof readAnswers> => {
  const text = `${header}${segment}~IEA*0*000000042~`;
  return readAnswers(Uint8Array.from(text, (character) => character.charCodeAt(0)));
};

export const problems = (result: ReturnType<typeof readAnswers>): readonly string[] =>
  result.ok ? [] : result.issues.map(({ code, path }) => `${code} ${path}`);

/** The body with one thing changed; a segment changed to nothing is left out. */
export const changed = (body: readonly string[], from: string, to: string): readonly string[] => {
  expect(body.some((segment) => segment.includes(from))).toBe(true);
  return body.map((segment) => segment.replace(from, to)).filter((segment) => segment !== '');
};

/** The body with segments added after the one that begins so. */
export const after = (body: readonly string[], start: string, ...added: readonly string[]): readonly string[] => {
  const at = body.findIndex((segment) => segment.startsWith(start));
  expect(at).toBeGreaterThanOrEqual(0);
  return [...body.slice(0, at + 1), ...added, ...body.slice(at + 1)];
};

/** The one answer of the kind; what was wrong with the file becomes the error. */
export const answerOf = <Kind extends Answer['kind']>(
  result: ReturnType<typeof readAnswers>,
  kind: Kind,
): Extract<Answer, { kind: Kind }> => {
  if (!result.ok) throw new Error(problems(result).join());
  const [answer] = result.value;
  if (answer?.kind !== kind) throw new Error('another kind of answer');
  return answer as Extract<Answer, { kind: Kind }>;
};
