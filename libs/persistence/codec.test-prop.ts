import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, encode } from './codec.js';

const runs = Number(process.env['SLUICE_PROPERTY_RUNS'] ?? 1_000);

const name = fc.string().filter((text) => text !== '$map' && text !== '__proto__');

const record = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'binary' }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value')),
    fc.dictionary(name, tie('value'), { noNullPrototype: true }),
    fc.array(fc.tuple(fc.oneof(fc.string(), fc.integer()), tie('value'))).map((entries) => new Map(entries)),
  ),
})).value;

describe('the codec', () => {
  it('gives back every record', () => {
    fc.assert(
      fc.property(record, (value) => {
        expect(decode(encode(value))).toEqual(value);
      }),
      { numRuns: runs },
    );
  });
});
