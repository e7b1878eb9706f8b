import { describe, expect, it } from 'vitest';
import type { Rendered } from '#libs/disclosure';
import { join837P, render837P, validate837P } from '#libs/x12';
import { DEPENDENT, disclose, type Entry, envelopeFor, SELF } from './sample-claim.js';

type Claim = Rendered<'x12-837p'>;

const rendered = (
  entries: readonly Entry[],
  numbers: { readonly set: string; readonly patientControl: string; readonly interchange?: string },
): Claim => {
  const disclosed = disclose(entries);
  const envelope = envelopeFor(disclosed.lines.length);
  const claim = render837P(disclosed, {
    ...envelope,
    controlNumbers: { ...envelope.controlNumbers, batchReference: `B${numbers.set}`, ...numbers },
  });
  if (!claim.ok) throw new Error(JSON.stringify(claim.issues));
  return claim.value;
};

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

describe('several claims in one interchange', () => {
  it('have a set each, keep their bytes, and satisfy the guide as a whole', () => {
    const claims = [
      rendered(SELF, { set: '0001', patientControl: 'P1' }),
      rendered(DEPENDENT, { set: '0002', patientControl: 'P2' }),
      rendered(SELF, { set: '0004', patientControl: 'P3' }),
    ];
    const joined = join837P(claims);
    if (!joined.ok) throw new Error(JSON.stringify(joined.issues));
    const { bytes, parts } = joined.value;
    expect(validate837P(bytes)).toEqual([]);
    expect([...textOf(bytes).matchAll(/~ST\*837\*(\d+)/g)].map(([, set]) => set)).toEqual(['0001', '0002', '0004']);
    expect(textOf(bytes)).toMatch(/~GE\*3\*\d+~IEA\*1\*\d{9}~$/);
    parts.forEach(({ from, to, contentDigest }, index) => {
      const own = textOf(bytes.subarray(from, to));
      expect(own).toMatch(/^ST\*[^]*~SE\*\d+\*\d+~$/);
      expect(textOf(claims[index]?.bytes ?? new Uint8Array())).toContain(own);
      expect(contentDigest).toBe(claims[index]?.contentDigest);
      expect(own).toContain(`~CLM*P${index + 1}*`);
    });
  });

  it('are refused under two interchange numbers, and with one set number twice', () => {
    const one = rendered(SELF, { set: '0001', patientControl: 'P1' });
    expect(() => join837P([one, rendered(SELF, { set: '0002', patientControl: 'P2', interchange: '000000999' })])).toThrow(
      'renderings that begin otherwise are not joined',
    );
    expect(join837P([one, rendered(SELF, { set: '0001', patientControl: 'P2' })]).ok).toBe(false);
  });
});
