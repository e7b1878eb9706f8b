import type { FieldId, Value } from '#libs/catalogue';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterAnother,
  DEPENDENT,
  disclose,
  type Entry,
  envelopeFor,
  replaced,
  SECONDARY,
  SELF,
} from '../../../test/golden/x12/sample-claim.js';
import { canWrite837P } from './can-write.js';
import { render837P } from './render-837p.js';

const numRuns = Number(process.env['SLUICE_PROPERTY_RUNS'] ?? 500);

const writes = (entries: readonly Entry[], second = false): boolean => {
  const envelope = envelopeFor(2);
  return render837P(disclose(entries), second ? { ...envelope, ...afterAnother(envelope) } : envelope).ok;
};

const text = fc.oneof(
  fc.constantFrom('O*NEIL', 'Zoë', 'Łukasz', '小林', 'محمد', ':^|', '~', ' ', '', ' AB', 'A  B', 'NJ', '08077', '0807'),
  fc.constantFrom('08077-0000', '080771234', 'W100000001', 'A'.repeat(36), 'A'.repeat(61), 'x'.repeat(81), 'I\u0301S'),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ maxLength: 90 }),
);

const ON_CLAIM: readonly FieldId[] = [
  'client.name.last',
  'client.name.first',
  'client.address.line',
  'client.address.city',
  'client.address.region',
  'client.address.postal',
  'coverage.memberId',
  'coverage.groupNumber',
  'coverage.authorizationNumber',
  'claim.note',
];

const AFTER_ANOTHER: readonly FieldId[] = [
  'coverage.other.payer',
  'coverage.other.payerId',
  'coverage.other.memberId',
  'coverage.other.claimNumber',
];

const agrees = (entries: readonly Entry[], [field, value]: readonly [FieldId, Value], second = false): void => {
  expect([field, value, canWrite837P(field, value)]).toEqual([
    ...[field, value],
    writes(replaced(entries, [field, value]), second),
  ]);
};

describe('what a claim can be written with', () => {
  it('is what its rendering takes, field by field', () => {
    expect([writes(SELF), writes(DEPENDENT), writes(SECONDARY, true)]).toEqual([true, true, true]);
    fc.assert(
      fc.property(fc.constantFrom(...ON_CLAIM), text, (field, value) => {
        agrees(SELF, [field, value]);
      }),
      { numRuns },
    );
  });

  it('is that also of the holder of a policy, by last and first name', () => {
    fc.assert(
      fc.property(text, fc.option(text, { nil: undefined }), (last, first) => {
        agrees(DEPENDENT, ['coverage.subscriber.name', first === undefined ? [last] : [last, first]]);
      }),
      { numRuns },
    );
  });

  it('is that also of another payer', () => {
    fc.assert(
      fc.property(fc.constantFrom(...AFTER_ANOTHER), text, (field, value) => {
        agrees(SECONDARY, [field, value], true);
      }),
      { numRuns },
    );
  });

  it.each(['AA', 'EM', 'OA'])('and of a cause, %s, which may want more than we have', (cause) => {
    agrees(SELF, ['claim.relatedCause', cause]);
  });
});
