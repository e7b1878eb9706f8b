import { FieldBag, type FieldId, fieldOf, formatOf, locus, type Value } from '#libs/catalogue';
import { type Disclosed, project, type Rendered } from '#libs/disclosure';
import { plainDate, type Result } from '#libs/kernel';
import type { Decision, Ruling } from '#libs/release';
import fc from 'fast-check';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import {
  type DocumentEnvelope,
  renderStatementJson,
  renderStatementPdf,
  renderTreatmentReportJson,
  renderTreatmentReportPdf,
} from './index.js';

const envelope: DocumentEnvelope = {
  practice: { name: 'Harbor Lane Psychotherapy', addressLines: ['400 Harbor Lane'], phone: '555-0100' },
  clinician: { name: 'Noor Sample', credential: 'PsyD' },
  recipient: { name: 'Acme Behavioral Health' },
  reference: '7KQ2-M4XD',
  createdOn: plainDate('2026-11-02'),
  enclosures: [],
};

type Format = 'statement' | 'treatment-report';

const prose = fc.stringMatching(/^[A-Za-zÀ-ÿŁ-ł–’“][A-Za-z0-9À-ÿŁ-ł \n–’“]{0,200}[a-z]$/);
const date = fc
  .integer({ min: 0, max: 364 })
  .map((days) => new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10));

const valueFor = (field: FieldId): fc.Arbitrary<Value> => {
  switch (fieldOf(field).kind) {
    case 'date':
      return date;
    case 'money':
    case 'count':
      return fc.integer({ min: 1, max: 9_999_999 });
    case 'flag':
      return fc.boolean();
    case 'list':
      return fc.array(prose, { minLength: 1, maxLength: 5 });
    case 'coded':
      return fc.stringMatching(/^[A-Z][0-9A-Z]{2,9}$/);
    default:
      return prose;
  }
};

interface Entry {
  readonly at: { readonly field: FieldId; readonly occurrence?: string };
  readonly effect: 'send' | 'withhold';
  readonly value: Value;
  /** Another value for the same place, or nothing there. */
  readonly other: Value | undefined;
}

const occurrencesOf = (field: FieldId): readonly (string | undefined)[] => {
  const { scope } = fieldOf(field);
  if (scope === 'line') return ['L1', 'L2', 'L3'];
  if (scope === 'diagnosis') return field === 'diagnosis.primary' ? ['D1'] : ['D2', 'D3'];
  return [undefined];
};

const entryFor = (field: FieldId, occurrence: string | undefined): fc.Arbitrary<Entry> =>
  fc.record({
    at: fc.constant(locus(field, occurrence)),
    effect: fc.constantFrom('send' as const, 'withhold' as const),
    value: valueFor(field),
    other: fc.option(valueFor(field), { nil: undefined }),
  });

const entriesFor = (format: Format): fc.Arbitrary<readonly Entry[]> =>
  fc.tuple(
    ...formatOf(format).fields.flatMap(({ field }) =>
      occurrencesOf(field).map((occurrence) => entryFor(field, occurrence)),
    ),
  );

const disclose = <F extends Format>(
  format: F,
  entries: readonly Entry[],
  withheld: 'value' | 'other',
): Disclosed<F> => {
  const bag = new FieldBag();
  // As a decision has it: a sum is over lines whose own amounts go.
  const over = (base: string) =>
    entries.flatMap(({ at, effect }) => (at.field === base && effect === 'send' ? (at.occurrence ?? []) : []));
  const rulings = entries.flatMap(({ at, effect, value, other }): Ruling[] => {
    const held = effect === 'send' ? value : withheld === 'value' ? value : other;
    if (held !== undefined) bag.set(at, held);
    const { aggregate } = fieldOf(at.field);
    return [{ locus: at, effect, reasons: [], ...(aggregate === undefined ? {} : { over: over(aggregate.of) }) }];
  });
  const decision: Decision = {
    outcome: 'send',
    rulings,
    gaps: [],
    enclosures: [],
    releases: [],
    rulesetDigest: '',
    epoch: 1,
    validUntil: 0,
  };
  const result = project(bag, decision, {
    format,
    formatRevision: '1',
    salt: new Uint8Array(16),
    about: plainDate('2026-12-31'),
  });
  if (!result.ok) throw new Error('no projection');
  return result.value;
};

const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** By hand: the platform’s decoder of this name reads Latin-1 in some versions. */
const winAnsi = (bytes: Buffer): string =>
  bytes.toString('latin1').replace(/[\u0080-\u009f]/g, (character) => HIGH.charAt(character.charCodeAt(0) - 0x80));

const runsOf = (bytes: Uint8Array): readonly string[] =>
  [
    ...Buffer.from(bytes)
      .toString('latin1')
      .matchAll(/\[([^\]]*)\] TJ/g),
  ].map(([, run = '']) => {
    const hex = [...run.matchAll(/<([0-9a-f]*)>/g)].map(([, digits = '']) => digits).join('');
    return winAnsi(Buffer.from(hex, 'hex'));
  });

const jsonLeaves = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(jsonLeaves) : [String(value)];

const textsIn = ({ mediaType, bytes }: Rendered<Format>): readonly string[] =>
  mediaType === 'application/pdf' ? runsOf(bytes) : jsonLeaves(JSON.parse(Buffer.from(bytes).toString('utf8')));

const RENDERERS: readonly (readonly [
  string,
  Format,
  (entries: readonly Entry[], withheld: 'value' | 'other') => Result<Rendered<Format>>,
])[] = [
  [
    'statement PDF',
    'statement',
    (entries, withheld) => renderStatementPdf(disclose('statement', entries, withheld), envelope),
  ],
  [
    'statement JSON',
    'statement',
    (entries, withheld) => renderStatementJson(disclose('statement', entries, withheld), envelope),
  ],
  [
    'report PDF',
    'treatment-report',
    (entries, withheld) => renderTreatmentReportPdf(disclose('treatment-report', entries, withheld), envelope),
  ],
  [
    'report JSON',
    'treatment-report',
    (entries, withheld) => renderTreatmentReportJson(disclose('treatment-report', entries, withheld), envelope),
  ],
];

/** By default fewer than for arithmetic: each run draws documents. */
const numRuns = Number(process.env['SLUICE_PROPERTY_RUNS'] ?? 100);

/** What drew a document is given free only when the loop has turned; without a turn a long run holds every document. */
const turning = (check: (entries: readonly Entry[]) => void) => async (entries: readonly Entry[]) => {
  check(entries);
  await setImmediate();
};

describe.each(RENDERERS)('%s', (_name, format, render) => {
  it('contains the text of its leaves and nothing else, and tells all that goes', async () => {
    await fc.assert(
      fc.asyncProperty(
        entriesFor(format),
        turning((entries) => {
          const result = render(entries, 'value');
          if (!result.ok) throw new Error(result.issues.map(({ code, path }) => `${code} ${path}`).join());
          const { leaves } = result.value;
          expect([...textsIn(result.value)].sort()).toEqual(leaves.map(({ text }) => text).sort());
          const told = new Set(
            leaves.flatMap(({ source }) => (source.kind === 'field' ? [source.field.locus.field] : [])),
          );
          for (const field of told)
            expect(entries.some(({ at, effect }) => at.field === field && effect === 'send')).toBe(true);
        }),
      ),
      { numRuns },
    );
  });

  it('does not depend on what is withheld, nor on whether it is there', async () => {
    await fc.assert(
      fc.asyncProperty(
        entriesFor(format),
        turning((entries) => {
          const [one, two] = [render(entries, 'value'), render(entries, 'other')];
          if (!one.ok || !two.ok) throw new Error('not rendered');
          expect(Buffer.from(one.value.bytes).equals(Buffer.from(two.value.bytes))).toBe(true);
        }),
      ),
      { numRuns },
    );
  });
});
