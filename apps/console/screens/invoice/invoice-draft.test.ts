import { describe, expect, it } from 'vitest';
import { routeOf } from '#libs/contracts';
import {
  bodyOf,
  draftFrom,
  emptyInvoice,
  emptyLine,
  type InvoiceDraft,
  missingIn,
  pointersFrom,
  repeated,
  unreadable,
  withoutDiagnosis,
} from './invoice-draft.js';

const ID = '10000000-0000-4000-8000-000000000005';

const written: InvoiceDraft = {
  ...emptyInvoice('2026-03-02'),
  ...{ client: ID, coverage: ID, clinician: ID, number: 'INV-7' },
  diagnoses: ['F331', 'F411'],
  lines: [
    { ...emptyLine(0), date: '2026-02-24', procedure: '90834', modifiers: '95, ho', charge: '140', pointers: 'ab' },
    { ...emptyLine(1), date: '2026-03-03', procedure: '90834', charge: '1,140.50', character: 'couple' },
  ],
  paidByClient: '20.00',
  note: 'late',
};

describe('an invoice as it is typed', () => {
  it('is what the contract asks for, with the total of its lines', () => {
    const body = bodyOf(written);
    expect(routeOf('submitInvoice').body?.safeParse(body).error?.issues ?? []).toEqual([]);
    expect(body).toMatchObject({ total: 128_050, paidByClient: 2_000 });
    expect(body.lines[0]).toMatchObject({ id: 'L1', modifiers: ['95', 'HO'], pointers: ['D1', 'D2'] });
  });

  it('comes back as it was when it is amended', () => {
    expect(bodyOf(draftFrom(bodyOf(written)))).toEqual(bodyOf(written));
  });

  it('keeps the ids of lines that are stored, and gives new ones others', () => {
    const stored = {
      ...bodyOf(written),
      diagnoses: [
        { id: 'D2', code: 'F411' },
        { id: 'D1', code: 'F331' },
      ],
    };
    const draft = draftFrom(stored);
    expect(draft.lines[0]?.pointers).toBe('BA');
    const [, second] = draft.lines;
    if (second === undefined) throw new Error('there are two');
    const shorter = bodyOf({ ...draft, lines: [second, repeated(second, 7)] });
    expect(shorter.lines.map(({ id }) => id)).toEqual(['L2', 'L1']);
  });

  it('says what is missing, and what is no amount', () => {
    expect(missingIn(emptyInvoice('2026-03-02'))).toEqual([
      'client',
      'coverage',
      'clinician',
      'number',
      'diagnosis',
      1,
    ]);
    expect(missingIn(written)).toEqual([]);
    const wrong = { ...written, lines: written.lines.map((line) => ({ ...line, charge: '14O' })) };
    expect(missingIn(wrong)).toEqual([1, 2]);
    expect(unreadable(wrong)).toEqual(['/lines/0/charge', '/lines/1/charge']);
  });

  it('points at diagnoses by letter, each once', () => {
    expect(pointersFrom(' a, C a')).toEqual(['D1', 'D3']);
  });

  it('points at the same diagnoses as before when one of them is taken out', () => {
    const three = {
      ...written,
      diagnoses: ['F331', 'F411', 'F900'],
      lines: ['abc', 'c', 'a', 'b, d'].map((pointers, key) => ({ ...emptyLine(key), pointers })),
    };
    const two = withoutDiagnosis(three, 0);
    expect(two.diagnoses).toEqual(['F411', 'F900']);
    // A letter without a diagnosis stays one; a line of which nothing is left says so.
    expect(two.lines.map(({ pointers }) => pointers)).toEqual(['AB', 'B', '', 'AC']);
  });

  it('repeats a line a week later, over the end of a month', () => {
    const line = { ...emptyLine(3), date: '2026-02-24' };
    expect(repeated(line, 4)).toEqual({ ...line, key: 4, date: '2026-03-03' });
    expect(repeated(emptyLine(0), 1).date).toBe('');
  });
});
