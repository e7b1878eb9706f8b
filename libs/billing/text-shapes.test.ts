import { describe, expect, it } from 'vitest';
import { isDiagnosisCode, isModifier, isPlaceOfService, isProcedureCode } from './code-shapes.js';
import { isIdentifier, isLine, isProse } from './text-shapes.js';

describe('identifiers', () => {
  it.each(['A', 'INV-2026/001', '555 01', "O'B#1(2)"])('takes %j', (text) => expect(isIdentifier(text, 12)).toBe(true));
  it.each([
    '',
    ' A',
    'A ',
    'A*B',
    'A:B',
    'A^B',
    'A~B',
    'A>B',
    'A\\B',
    'A`B',
    'A|B',
    'É',
    'A\tB',
    'A\nB',
    'thirteen-long',
  ])('refuses %j', (text) => expect(isIdentifier(text, 12)).toBe(false));
});

describe('texts', () => {
  it('takes one line', () => {
    expect(isLine('Anhörung – 5 %', 80)).toBe(true);
    expect(isLine('two\nlines', 80)).toBe(false);
    expect(isLine('   ', 80)).toBe(false);
    expect(isLine('ab', 1)).toBe(false);
    expect(isLine('\u0007', 80)).toBe(false);
  });

  it('takes several lines of prose, counted in characters', () => {
    expect(isProse('two\r\nlines', 80)).toBe(true);
    expect(isProse('𝒳𝒳', 2)).toBe(true);
    expect(isProse('one\ttab', 80)).toBe(false);
    expect(isProse('\n', 80)).toBe(false);
  });
});

describe('codes', () => {
  it.each(['F41', 'F411', 'Z3A40', 'C7A010', 'S72001A', 'U099'])('diagnosis %s', (code) =>
    expect(isDiagnosisCode(code)).toBe(true),
  );
  it.each(['F4', 'F41.1', '411', 'f411', 'F411AAAA', 'FX1', 'F4C'])('no diagnosis %s', (code) =>
    expect(isDiagnosisCode(code)).toBe(false),
  );
  it.each(['90837', '0362T', '0001U', 'H0004', 'G2212'])('procedure %s', (code) =>
    expect(isProcedureCode(code)).toBe(true),
  );
  it.each(['9083', '908377', 'W1234', '9083X', 'h0004'])('no procedure %s', (code) =>
    expect(isProcedureCode(code)).toBe(false),
  );
  it('modifier', () =>
    expect(['95', 'GT', 'gt', '9', '955'].map(isModifier)).toEqual([true, true, false, false, false]));
  it('place of service', () =>
    expect(['11', '10', '02', '27', '28', '30', '00', '1', '35', '99'].map(isPlaceOfService)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      false,
      false,
      false,
      true,
    ]));
});
