import { describe, expect, it } from 'vitest';
import type { FieldId, Value } from '#libs/catalogue';
import { plainDate } from '#libs/kernel';
import { derive } from './derivations.js';

const made = (from: FieldId, to: FieldId, value: Value, lastService = '2026-05-11') =>
  derive({ from, to }, value, { lastService: plainDate(lastService) });

describe('a derivation', () => {
  it.each<[FieldId, FieldId, Value, Value | undefined]>([
    ['client.birthDate', 'client.age', '1991-05-11', 35],
    ['client.birthDate', 'client.age', '1991-05-12', 34],
    ['client.birthDate', 'client.birthYear', '1991-05-12', 1991],
    ['client.birthDate', 'client.ageBand', '1991-05-11', '35-39'],
    ['client.birthDate', 'client.ageBand', '1991-05-12', '30-34'],
    ['client.birthDate', 'client.ageBand', '1936-05-12', '85-89'],
    ['client.birthDate', 'client.ageBand', '1936-05-11', '90+'],
    ['client.age', 'client.ageBand', 89, '85-89'],
    ['client.age', 'client.ageBand', 90, '90+'],
    ['client.address.postal', 'client.address.postal3', '208501234', '208'],
  ])('makes of %s, as %s, of %s: %s', (from, to, value, lesser) => {
    expect(made(from, to, value)).toBe(lesser);
  });

  it.each<[FieldId, FieldId, Value]>([
    ['client.birthDate', 'client.age', 'in spring'],
    ['client.birthDate', 'client.age', 1991],
    ['client.birthDate', 'client.birthYear', 'in spring'],
    ['client.birthDate', 'client.ageBand', 'in spring'],
    ['client.age', 'client.ageBand', 'old'],
    ['client.address.postal', 'client.address.postal3', 20_850],
    // A sibling is written by a clinician, and made of nothing.
    ['reason.continuing', 'functioning.level', 'a long story'],
    ['client.sex', 'client.age', 'F'],
  ])('makes nothing of %s, as %s, of %s', (from, to, value) => {
    expect(made(from, to, value)).toBeUndefined();
  });

  it('makes no age without a day', () => {
    const step = { from: 'client.birthDate', to: 'client.age' } as const;
    expect(derive(step, '1991-05-11', { lastService: undefined })).toBeUndefined();
  });
});
