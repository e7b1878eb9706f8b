import { FieldBag, type FieldId, locus, type Value } from '#libs/catalogue';
import { type Disclosed, project } from '#libs/disclosure';
import { plainDate } from '#libs/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readInterchanges, rereadInterchanges } from '../read/read-interchanges.js';
import type { Envelope837P } from './envelope-837p.js';
import { render837P } from './render-837p.js';

const numRuns = Number(process.env['SLUICE_PROPERTY_RUNS'] ?? 500);

type Values = Readonly<Partial<Record<FieldId, Value>>>;

const DOCUMENT: Values = {
  'client.name.last': 'Netherby',
  'client.name.first': 'Juno',
  'client.birthDate': '1990-05-17',
  'client.sex': 'U',
  'client.address.line': '7 Cedar Ln',
  'client.address.city': 'Ashford',
  'client.address.region': 'MD',
  'client.address.postal': '20850',
  'coverage.memberId': 'M20017',
  'claim.placeOfService': '11',
};
const LINE: Values = {
  'session.date': '2026-10-05',
  'procedure.code': '90834',
  'procedure.units': 1,
  'fee.charge': 14000,
  'diagnosis.pointer': ['D1'],
};

const disclose = (changes: Values, relationship: 'self' | 'child'): Disclosed<'x12-837p'> => {
  const bag = new FieldBag();
  const put = (values: Values, occurrence?: string): void => {
    for (const [field, value] of Object.entries(values)) bag.set(locus(field as FieldId, occurrence), value);
  };
  put({ ...DOCUMENT, 'client.relationshipToSubscriber': relationship, ...changes });
  if (relationship === 'child')
    put({ 'coverage.subscriber.name': [String(changes['client.name.last'] ?? 'Netherby'), 'Kai'] });
  put({ 'diagnosis.primary': 'F41.1' }, 'D1');
  put(LINE, 'L1');
  put({ ...LINE, 'fee.charge': 6050 }, 'L2');
  bag.set(locus('fee.total'), 0);
  const rulings = [...bag.entries()].map(({ locus: at }) => ({
    locus: at,
    effect: 'send' as const,
    reasons: [],
    ...(at.field === 'fee.total' && { over: ['L1', 'L2'] }),
  }));
  const decision = {
    outcome: 'send' as const,
    rulings,
    gaps: [],
    enclosures: [],
    releases: [],
    rulesetDigest: '',
    epoch: 1,
    validUntil: 0,
  };
  const result = project(bag, decision, { format: 'x12-837p', formatRevision: '1', salt: new Uint8Array(16) });
  if (!result.ok) throw new Error('the decision sends');
  return result.value;
};

const ENVELOPE: Envelope837P = {
  usage: 'test',
  createdAt: { date: plainDate('2026-11-01'), time: '0930' },
  controlNumbers: {
    interchange: '000000815',
    group: '815',
    set: '0001',
    batchReference: 'B1',
    patientControl: 'P1',
    lines: ['X1', 'X2'],
  },
  sender: { qualifier: 'ZZ', id: 'PRACTICE' },
  receiver: { qualifier: 'ZZ', id: 'CLEARING' },
  submitter: { name: 'Practice', id: 'PRACTICE', contact: { name: 'Desk', email: 'desk@practice.example' } },
  receiverName: { name: 'Clearing', id: 'CLEARING' },
  billingProvider: {
    name: { organisation: 'Practice' },
    npi: '1999000015',
    address: { line: '1 Birch Rd', city: 'Ashford', state: 'MD', postal: '208501234' },
    taxId: { kind: 'EI', number: '999333444' },
  },
  payer: { name: 'Payer', id: 'PAY01', idKind: 'PI', filingIndicator: 'CI', responsibility: 'P' },
  resubmission: { frequency: '1' },
  indicators: { signatureOnFile: 'Y', participation: 'A', benefitsAssigned: 'Y', releaseOfInformation: 'Y' },
};

/** Knows nothing of this lib: bytes to segments of elements of components. */
const split = (bytes: Uint8Array): readonly (readonly (readonly string[])[])[] =>
  Buffer.from(bytes)
    .toString('latin1')
    .split('~')
    .slice(0, -1)
    .map((segment) => segment.split('*').map((element) => element.split(':')));

const shape = (bytes: Uint8Array): string =>
  split(bytes)
    .slice(1)
    .map((segment) => `${segment[0]?.[0] ?? ''}${segment.map((element) => element.length).join()}`)
    .join('|');

const hostile = fc.oneof(
  fc.constantFrom(
    'O*NEIL~NM1*IL',
    ':^|\n',
    '~~~',
    'A~IEA*1*000000815~ISA',
    "D'Arc:y",
    'Zo\u0308e',
    '\u202eABC',
    'ABC\u0000',
    'I👩‍⚕️S',
    'محمد',
    'A'.repeat(200),
    ' ',
    '*',
    'ﬁ',
    'a\r\nb',
    '½~',
  ),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(...Array.from('*:^~|>`\n\r\t aAéŁ\u0301\u200f')), minLength: 1, maxLength: 20 }),
);
/** What a number or code may look like to whoever types it. */
const coded = fc.string({ unit: fc.constantFrom(...Array.from('AZ09-. ')), minLength: 1, maxLength: 12 });
const nameField = fc.constantFrom<FieldId>(
  'client.name.last',
  'client.name.first',
  'client.address.line',
  'client.address.city',
);
const codeField = fc.constantFrom<FieldId>(
  'coverage.memberId',
  'claim.placeOfService',
  'client.address.postal',
  'client.address.region',
  'client.sex',
  'client.birthDate',
);
const relationship = fc.constantFrom<'self' | 'child'>('self', 'child');

const plain = { self: render837P(disclose({}, 'self'), ENVELOPE), child: render837P(disclose({}, 'child'), ENVELOPE) };
const plainShape = (of: 'self' | 'child'): string => {
  const result = plain[of];
  if (!result.ok) throw new Error(result.issues.map(({ code, path }) => `${code} ${path}`).join());
  return shape(result.value.bytes);
};

describe('837P and hostile values', () => {
  it('never gets a segment, an element or a component more or less from a name', () => {
    let written = 0;
    fc.assert(
      fc.property(nameField, hostile, relationship, (field, value, of) => {
        const result = render837P(disclose({ [field]: value }, of), ENVELOPE);
        if (!result.ok) return;
        written += 1;
        expect(shape(result.value.bytes)).toBe(plainShape(of));
      }),
      { numRuns },
    );
    expect(written).toBeGreaterThan(numRuns / 10);
  });

  it('writes an identifier or code as it is or not at all', () => {
    fc.assert(
      fc.property(codeField, fc.oneof(hostile, coded), relationship, (field, value, of) => {
        const result = render837P(disclose({ [field]: value }, of), ENVELOPE);
        if (!result.ok) return;
        expect(shape(result.value.bytes)).toBe(plainShape(of));
        const written = split(result.value.bytes).flat(2);
        // The hyphen of a ZIP code of nine digits is for people.
        expect(written).toContain(field === 'client.address.postal' ? value.replace('-', '') : value);
      }),
      { numRuns },
    );
  });

  it('is read the same by the quick reader of own text as by x12-parser', () => {
    let read = 0;
    fc.assert(
      fc.property(nameField, hostile, relationship, (field, value, of) => {
        const result = render837P(disclose({ [field]: value }, of), ENVELOPE);
        if (!result.ok) return;
        read += 1;
        const twice = new Uint8Array(Buffer.concat([result.value.bytes, result.value.bytes]));
        expect(rereadInterchanges(twice)).toEqual(readInterchanges(twice));
      }),
      { numRuns },
    );
    expect(read).toBeGreaterThan(numRuns / 10);
  });

  it('reads back what was told', () => {
    const word = fc.stringMatching(/^[A-Z]{2,12}( [A-Z]{2,12})?$/);
    fc.assert(
      fc.property(
        word,
        word,
        fc.stringMatching(/^[A-Z0-9]{2,15}$/),
        fc.integer({ min: 1, max: 9_999_999 }),
        (last, first, member, paid) => {
          const disclosed = disclose(
            { 'client.name.last': last, 'client.name.first': first, 'coverage.memberId': member, 'fee.paid': paid },
            'self',
          );
          const result = render837P(disclosed, ENVELOPE);
          if (!result.ok) throw new Error(result.issues.map(({ code }) => code).join());
          const segments = split(result.value.bytes);
          const find = (name: string, qualifier: string) =>
            segments.find(([id, code]) => id?.[0] === name && code?.[0] === qualifier)?.map(([value]) => value);
          expect(find('NM1', 'IL')).toEqual(['NM1', 'IL', '1', last, first, '', '', '', 'MI', member]);
          expect(Math.round(Number(find('AMT', 'F5')?.[2]) * 100)).toBe(paid);
          expect(find('CLM', 'P1')?.[2]).toBe('200.5');
          const set = segments.slice(
            segments.findIndex(([id]) => id?.[0] === 'ST'),
            segments.findIndex(([id]) => id?.[0] === 'SE') + 1,
          );
          expect(find('SE', String(set.length))).toBeDefined();
        },
      ),
      { numRuns },
    );
  });
});
