import { unreachable } from '#libs/kernel';
import type { DeliveryState } from './states.js';

/**
 * How a claim takes the place of an earlier one: a replacement (CLM05-3 `7`) or a void (`8`) of what the insurer has
 * looked at, or the same again (`1`) for what it refused before looking.
 */
export const CORRECTION_KINDS = ['replacement', 'void', 'resubmission'] as const;

export type CorrectionKind = (typeof CORRECTION_KINDS)[number];

/** What a claim says that it is (CLM05-3): an original, a replacement or a void. */
export const CLAIM_FREQUENCIES = ['1', '7', '8'] as const;

export type ClaimFrequency = (typeof CLAIM_FREQUENCIES)[number];

/** What is sent again says that it is what the refused one said. */
export const frequencyOf = (kind: CorrectionKind, corrected: ClaimFrequency): ClaimFrequency => {
  switch (kind) {
    case 'replacement':
      return '7';
    case 'void':
      return '8';
    case 'resubmission':
      return corrected;
    default:
      return unreachable(kind);
  }
};

/** A correction in one of these has not gone, and does not go as things are. */
const WITHOUT_EFFECT: readonly DeliveryState[] = ['cancelled', 'blocked'];

/**
 * Whether what the insurer answered to a claim still counts: it has gone, and nothing that would undo or replace it has
 * gone or is under way. A claim that was corrected does not stand again when the insurer refuses the correction: that is
 * sent again.
 */
export const claimStands = (state: DeliveryState, corrections: readonly DeliveryState[]): boolean =>
  (state === 'sent' || state === 'received') && corrections.every((one) => WITHOUT_EFFECT.includes(one));
