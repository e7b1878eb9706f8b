import { describe, expect, it } from 'vitest';
import { fromFields, type Invoice, toFields, totalOf } from './invoice-form.js';

const INVOICE: Invoice = {
  ...{ number: 'INV-1', issuedOn: '2026-03-02', client: 'c', coverage: 'v', clinician: 'p', placeOfService: '11' },
  diagnoses: [{ id: 'D1', code: 'F331' }],
  lines: [
    { id: 'L1', date: '2026-02-24', procedure: '90834', modifiers: ['95'], units: 1, charge: 14_010, pointers: ['D1'] },
    { id: 'L2', date: '2026-02-25', procedure: '90834', modifiers: [], units: 1, charge: 5, pointers: ['D1'] },
  ],
  ...{ total: 14_015, authorizationNumber: 'A1', paidByClient: 500, currency: 'USD' },
};

describe('an invoice that is put right', () => {
  it('is itself when nothing was typed, to the cent', () => {
    expect(fromFields(INVOICE, toFields(INVOICE))).toEqual(INVOICE);
  });

  it('takes what was typed, keeps the rest, and adds up', () => {
    const fields = toFields(INVOICE);
    const [first, second] = fields.lines;
    if (first === undefined || second === undefined) throw new Error('two lines');
    const typed = {
      ...fields,
      authorizationNumber: ' ',
      diagnoses: [{ code: ' f41.1 ' }],
      lines: [{ ...first, charge: '155.10', modifiers: '95, GT', units: '2' }, second],
    };
    const put = fromFields(INVOICE, typed);
    expect(put.authorizationNumber).toBeUndefined();
    expect(put.diagnoses).toEqual([{ id: 'D1', code: 'F411' }]);
    expect(put.lines[0]).toMatchObject({
      id: 'L1',
      charge: 15_510,
      modifiers: ['95', 'GT'],
      units: 2,
      pointers: ['D1'],
    });
    expect([put.total, totalOf(typed)]).toEqual([15_515, 15_515]);
    expect(put.paidByClient).toBe(500);
  });
});
