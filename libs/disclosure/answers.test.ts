import { describe, expect, it } from 'vitest';
import { ANSWER_KINDS, type AnswerKind, decidingAnswer, kindsOf, shownStatus } from './index.js';

/** Deeper layers below; what is in one line stands in one layer, where the last word counts. */
const LAYERS: readonly (readonly AnswerKind[])[] = [
  ['unreadable', 'interchange-duplicate'],
  ['interchange-accepted'],
  ['set-accepted'],
  ['interchange-rejected', 'set-rejected'],
  ['claim-received'],
  [
    ...(['statement-received', 'claim-accepted', 'claim-rejected', 'claim-unbalanced', 'forwarded'] as const),
    'report-pended',
  ],
  ['report-approved', 'report-modified', 'report-denied', 'remittance-unbalanced'],
  ['paid', 'partly-paid', 'denied', 'reversed'],
];

describe('of two answers', () => {
  it('the deeper one decides, in whatever order they came, and of one layer the later', () => {
    expect(LAYERS.flat().toSorted()).toEqual([...ANSWER_KINDS].toSorted());
    for (const [depth, layer] of LAYERS.entries())
      for (const one of layer)
        for (const [other, answers] of LAYERS.entries())
          for (const answer of answers) {
            expect(decidingAnswer([one, answer])).toBe(other >= depth ? answer : one);
            expect(decidingAnswer([answer, one])).toBe(depth >= other ? one : answer);
          }
  });
});

describe('what a clearinghouse says of a claim', () => {
  it('is not the insurer’s word: its refusal keeps the claim from the insurer, its acceptance says nothing', () => {
    const layer = 'clearinghouse' as const;
    expect(kindsOf([{ kind: 'claim-accepted', layer }])).toEqual([]);
    expect(kindsOf([{ kind: 'claim-rejected', layer }])).toEqual(['set-rejected']);
    expect(kindsOf([{ kind: 'claim-received', layer }, { kind: 'claim-accepted' }])).toEqual([
      'claim-received',
      'claim-accepted',
    ]);
    expect(kindsOf([{ kind: 'claim-rejected' }])).toEqual(['claim-rejected']);
  });

  it('shows nothing of a claim that has not left', () => {
    expect(shownStatus('ready', ['claim-rejected'])).toBe('ready');
    expect(shownStatus('sent', ['forwarded'])).toBe('pended');
  });
});
