import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { submitInvoice } from './invoices.js';
import { draftRelease } from './releases.js';
import { ROUTE_NAMES, routeOf } from './routes.js';
import { date, id, line, prose, wordsOf } from './scalars.js';
import { treatmentReport } from './treatment-reports.js';

const ID = '10000000-0000-4000-8000-000000000001';
const invoice = {
  number: 'INV-1',
  issuedOn: '2026-03-02',
  client: ID,
  coverage: ID,
  clinician: ID,
  placeOfService: '11',
  diagnoses: [{ id: 'D1', code: 'F411' }],
  lines: [
    { id: 'L1', date: '2026-02-24', procedure: '90834', modifiers: [], units: 1, charge: 15_000, pointers: ['D1'] },
  ],
  total: 15_000,
  currency: 'USD',
};

describe('schemas', () => {
  it('read an invoice as it is', () => {
    expect(submitInvoice.parse(invoice)).toEqual(invoice);
  });

  it('take an optional member or none, but not an empty one', () => {
    expect(submitInvoice.safeParse({ ...invoice, note: 'x' }).success).toBe(true);
    for (const note of [undefined, null, '']) expect(submitInvoice.safeParse({ ...invoice, note }).success).toBe(false);
  });

  it('never throw, whatever comes', () => {
    const bodies = ROUTE_NAMES.flatMap((name) => routeOf(name).body ?? []);
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        for (const body of bodies) body.safeParse(value);
      }),
      { numRuns: 200 },
    );
  });

  it('refuse a member too many in every body', () => {
    for (const name of ROUTE_NAMES) {
      const { body } = routeOf(name);
      if (body === undefined) continue;
      for (const content of [invoice, { choice: 'receipt' }, { kind: 'confidential-communication' }, {}]) {
        expect(body.safeParse({ ...content, surprise: 1 }).success).toBe(false);
      }
    }
  });

  it('read ids in lower case and real days only', () => {
    expect(id().safeParse(ID).success).toBe(true);
    for (const wrong of [ID.replace('1', 'A'), ID.slice(1), `${ID} `, ''])
      expect(id().safeParse(wrong).success).toBe(false);
    expect(date.safeParse('2024-02-29').success).toBe(true);
    for (const wrong of ['2025-02-29', '1899-12-31', '2200-01-01', '2025-2-1', '20250201'])
      expect(date.safeParse(wrong).success).toBe(false);
  });

  it('keep control characters out of lines, and all but line breaks and tabs out of prose', () => {
    for (const character of ['\u0000', '\u0007', '\u001b', '\u0085', '\n'])
      expect(line(10).safeParse(`a${character}`).success).toBe(false);
    for (const character of ['\n', '\r', '\t', 'é', '😀'])
      expect(prose(10).safeParse(`a${character}`).success).toBe(true);
    for (const character of ['\u0000', '\u0007', '\u001b', '\u0085'])
      expect(prose(10).safeParse(`a${character}`).success).toBe(false);
  });

  it('read grants as ids or groups, in time that grows with the text alone', () => {
    const draft = { purposes: [], statements: [], blanket: false, parentConsentedToTreatment: true };
    for (const grant of ['client.name.last', 'session.*', 'fee.charge'])
      expect(draftRelease.safeParse({ ...draft, grants: [grant] }).success).toBe(true);
    for (const grant of ['*', '.', 'a..b', 'session.**', 'a b', 'a'.repeat(81), `${'a.'.repeat(39)}!`])
      expect(draftRelease.safeParse({ ...draft, grants: [grant] }).success).toBe(false);
  });

  it('read several words at once', () => {
    expect(wordsOf(['a', 'b']).parse('a,b')).toEqual(['a', 'b']);
    for (const wrong of ['', 'a,', 'c', 'a,b,a']) expect(wordsOf(['a', 'b']).safeParse(wrong).success).toBe(false);
  });

  it('read a report with nothing but what it must say', () => {
    const report = {
      client: ID,
      coverage: ID,
      clinician: ID,
      attestedOn: '2026-03-02',
      diagnoses: [],
      sessionsRequested: 8,
      from: '2026-03-03',
      to: '2026-06-30',
    };
    expect(treatmentReport.parse(report)).toEqual(report);
    expect(treatmentReport.safeParse({ ...report, goals: 'x'.repeat(4_001) }).success).toBe(false);
  });
});
