import type { ProblemCode } from '#libs/contracts';

const DEEPEST = 16;
/** Names that reach into an object's prototype wherever a careless reader copies them. */
const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

type StrictJson = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly code: ProblemCode };

const refused = (code: ProblemCode): StrictJson => ({ ok: false, code });

const textOf = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** Index just after the string that begins at `start`; the text's length where it never ends. */
const afterString = (text: string, start: number): number => {
  let index = start + 1;
  while (index < text.length && text[index] !== '"') index += text[index] === '\\' ? 2 : 1;
  return index + 1;
};

const tooDeep = (text: string): boolean => {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '"') index = afterString(text, index) - 1;
    else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > DEEPEST) return true;
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return false;
};

const isNameAt = (text: string, afterQuote: number): boolean => {
  let index = afterQuote;
  while (index < text.length && ' \t\r\n'.includes(text[index] ?? '')) index += 1;
  return text[index] === ':';
};

/** Looks at the member names of a text that is known to be JSON, which after parsing would have hidden their repetition. */
const namesProblem = (text: string): ProblemCode | undefined => {
  const seen: Set<string>[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '{' || character === '[') seen.push(new Set());
    else if (character === '}' || character === ']') seen.pop();
    else if (character === '"') {
      const end = afterString(text, index);
      const names = seen.at(-1);
      if (names !== undefined && isNameAt(text, end)) {
        const name: unknown = JSON.parse(text.slice(index, end));
        if (typeof name !== 'string' || FORBIDDEN.has(name)) return 'body_forbidden_member';
        if (names.has(name)) return 'body_repeated_member';
        names.add(name);
      }
      index = end - 1;
    }
  }
  return undefined;
};

/** NUL, which databases cut texts at, and half surrogates, which have no UTF-8. */
const FORBIDDEN_TEXT = /[\0\p{Cs}]/u;

const hasForbiddenText = (value: unknown): boolean => {
  if (typeof value === 'string') return FORBIDDEN_TEXT.test(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, member]) => FORBIDDEN_TEXT.test(name) || hasForbiddenText(member));
};

/**
 * JSON (RFC 8259) as I-JSON (RFC 7493) narrows it: UTF-8 without a byte order mark, no repeated names, no half
 * characters; beyond that at most sixteen levels and no name that reaches into a prototype. An empty body is `undefined`.
 */
export const readStrictJson = (bytes: Uint8Array): StrictJson => {
  if (bytes.length === 0) return { ok: true, value: undefined };
  const text = textOf(bytes);
  if (text === undefined) return refused('malformed_body');
  if (tooDeep(text)) return refused('body_too_deep');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused('malformed_body');
  }
  const names = namesProblem(text);
  if (names !== undefined) return refused(names);
  return hasForbiddenText(value) ? refused('body_forbidden_character') : { ok: true, value };
};
