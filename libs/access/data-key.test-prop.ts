import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BlobPlace } from '#libs/application';
import { canonical } from '#libs/kernel';
import { boundTo } from './data-key.js';

const runs = Number(process.env['SLUICE_PROPERTY_RUNS'] ?? 1_000);

const text = fc.string({ unit: 'binary' });

describe('what a blob is bound to', () => {
  it('is the canonical text of its place', () => {
    fc.assert(
      fc.property(fc.record({ practice: text, client: text, class: text, row: text }), (place) => {
        expect(boundTo(place as BlobPlace)).toBe(canonical({ ...place, domain: 'sluice/blob/1' }));
      }),
      { numRuns: runs },
    );
  });
});
