import { describe, expect, it } from 'vitest';
import { segmentsOf } from './x12-segments.js';

const isa = (separator: string, terminator: string): string =>
  ['ISA', '00', ' '.repeat(10), '00', ' '.repeat(10), 'ZZ', 'LANTERN'.padEnd(15), 'ZZ', 'HARBOR'.padEnd(15)]
    .concat(['261122', '2358', '^', '00501', '000000001', '0', 'T', `:${terminator}`])
    .join(separator);

describe('an interchange', () => {
  it('falls into segments at its own delimiters', () => {
    const segments = segmentsOf(`${isa('|', '!')}CLM|A~B|140!SE|2|0001!\n`);
    expect(segments?.map(({ id }) => id)).toEqual(['ISA', 'CLM', 'SE']);
    expect(segments?.[1]?.elements).toEqual(['A~B', '140']);
  });

  it('is none without its header', () => {
    expect(segmentsOf('{"a":1}')).toBeUndefined();
    expect(segmentsOf('ISA*00')).toBeUndefined();
  });
});
