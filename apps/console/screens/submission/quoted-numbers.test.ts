import { describe, expect, it } from 'vitest';
import type { DisclosureDetail } from '#libs/contracts';
import { quotedNumbers } from './quoted-numbers.js';

type Answer = DisclosureDetail['answers'][number];

const answer = (layer: Answer['layer'], payerClaimNumber?: string): Answer => ({
  ...{ id: 'a', kind: 'claim-accepted', receivedAt: '2026-03-02T10:00:00.000Z', layer },
  ...(payerClaimNumber === undefined ? {} : { payerClaimNumber }),
});

const transmission: NonNullable<DisclosureDetail['transmission']> = {
  ...{ id: 't', mediaType: 'application/edi-x12', digest: 'd', contentDigest: 'c', reference: 'REF1' },
  ...{ interchangeControlNumber: '000000007', patientControlNumber: 'PCN1', attempts: 1, sealedAt: '' },
};

describe('numbers to quote', () => {
  it('are kept apart, and the insurer’s own last one is quoted', () => {
    const answers = [
      answer('clearinghouse', 'CH1'),
      answer('insurer', 'P1'),
      answer('insurer', 'P2'),
      answer('insurer'),
    ];
    expect(quotedNumbers({ answers, transmission })).toEqual({
      ...{ ours: 'PCN1', clearinghouse: 'CH1', payer: 'P2', interchange: '000000007', quote: 'payer' },
    });
  });

  it('until the insurer has given one it is ours, and never the clearinghouse’s', () => {
    expect(quotedNumbers({ answers: [answer('clearinghouse', 'CH1')], transmission }).quote).toBe('ours');
    expect(quotedNumbers({ answers: [] }).quote).toBeUndefined();
  });
});
