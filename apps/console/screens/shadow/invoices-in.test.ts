import { describe, expect, it } from 'vitest';
import { MOST_SHADOWED } from '#libs/contracts';
import { invoicesIn } from './invoices-in.js';

describe('the invoices of a shadow run', () => {
  it.each(['[{"number":"1"}]', '{"invoices":[{"number":"1"}]}', '\uFEFF[{"number":"1"}]'])('are in %j', (text) => {
    expect(invoicesIn(text)).toEqual({ ok: true, invoices: [{ number: '1' }] });
  });

  it.each([
    ['number;date', 'not_json'],
    ['{"claims":[]}', 'not_a_list'],
    ['null', 'not_a_list'],
    ['[]', 'empty'],
    [JSON.stringify(Array.from({ length: MOST_SHADOWED + 1 }, () => 1)), 'too_many'],
  ])('are not in %s', (text, fault) => {
    expect(invoicesIn(text)).toEqual({ ok: false, fault });
  });
});
