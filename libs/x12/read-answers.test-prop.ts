import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseSegments } from './read/parse-segments.js';
import { splitFile } from './read/split-file.js';
import { readAnswers } from './read-answers.js';

const numRuns = Number(process.env['SLUICE_PROPERTY_RUNS'] ?? 2000);
const folder = new URL('../../test/golden/x12/in/conversation/', import.meta.url);
const samples = readdirSync(folder)
  .filter((name) => !name.startsWith('01'))
  .map((name) => readFileSync(new URL(name, folder)));

interface Edit {
  readonly at: number;
  readonly kind: 'replace' | 'insert' | 'remove' | 'copy';
  readonly byte: number;
}

const byte = fc.oneof(
  fc.constantFrom(...'*:^~ \r\n0-.'.split('').map((character) => character.charCodeAt(0))),
  fc.integer({ min: 0x20, max: 0x7e }),
  fc.integer({ min: 0, max: 255 }),
);
const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.nat({ max: 1200 }),
  kind: fc.constantFrom('replace', 'insert', 'remove', 'copy'),
  byte,
});

const apply = (bytes: readonly number[], { at: wanted, kind, byte: value }: Edit): readonly number[] => {
  const at = wanted % Math.max(bytes.length, 1);
  switch (kind) {
    case 'replace':
      return bytes.with(at, value);
    case 'insert':
      return bytes.toSpliced(at, 0, value);
    case 'remove':
      return bytes.toSpliced(at, 1);
    case 'copy':
      return bytes.toSpliced(at, 0, ...bytes.slice(at, at + (value % 40)));
  }
};

/** Everything that a claim in an answer says, however deep. */
const claimValues = function* (value: unknown, key = ''): Generator<string | number> {
  if (key === 'level' || key === 'code' || key === 'group') return;
  if (typeof value === 'string' || typeof value === 'number') yield value;
  else if (Array.isArray(value)) for (const entry of value) yield* claimValues(entry);
  else if (value !== null && typeof value === 'object')
    for (const [name, entry] of Object.entries(value)) yield* claimValues(entry, name);
};

const isIn = (text: string, value: string | number): boolean => {
  if (typeof value === 'number') {
    const tokens = text.split(/[^0-9.-]+/).map(Number);
    return tokens.some((token) => Math.round(token * 100) === value || token === value);
  }
  return text.includes(/^\d{4}-\d{2}-\d{2}$/.test(value) ? value.replaceAll('-', '') : value);
};

describe('reading what a stranger sent', () => {
  it('never throws, and never says of a claim what the file does not say', () => {
    let read = 0;
    fc.assert(
      fc.property(fc.constantFrom(...samples), fc.array(edit, { minLength: 1, maxLength: 3 }), (sample, edits) => {
        const bytes = Uint8Array.from(edits.reduce(apply, [...sample]));
        const result = readAnswers(bytes);
        if (!result.ok) {
          expect(result.issues.length).toBeGreaterThan(0);
          return;
        }
        read += 1;
        const text = Buffer.from(bytes)
          .toString('latin1')
          .replace(/[\r\n]/g, '');
        for (const answer of result.value) {
          if (answer.kind === 'TA1') continue;
          const claims = answer.kind === '999' ? answer.transactions : answer.claims;
          for (const value of claimValues(claims)) expect(isIn(text, value)).toBe(true);
        }
      }),
      { numRuns },
    );
    expect(read).toBeGreaterThan(0);
  });

  it('gives the same segments however the text is cut for the parser', () => {
    fc.assert(
      fc.property(fc.constantFrom(...samples), fc.integer({ min: 1, max: 400 }), (sample, chunk) => {
        const files = splitFile(sample);
        for (const raw of files.ok ? files.value : []) expect(parseSegments(raw, chunk)).toEqual(parseSegments(raw));
      }),
      { numRuns: Math.min(numRuns, 2000) },
    );
  });

  it('never throws on bytes that are nothing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(readAnswers(bytes).ok).toBe(false);
      }),
      { numRuns: Math.min(numRuns, 10_000) },
    );
  });
});
