import { afterAll, describe, expect, it } from 'vitest';
import { handMade, type HandMadeClaim, segmentsOf } from './hand-made-claims.js';
import { PracticeGround } from './practice-client.js';

const ground = new PracticeGround();
afterAll(() => ground.clear());

const OTHER = [
  'SBR*P*18*******HM',
  'AMT*D*100',
  'OI***Y***Y',
  'NM1*IL*1*FAIRWEATHER*CLEO****MI*F77001',
  'NM1*PR*2*FIRST HARBOUR HEALTH*****PI*FHH01',
  'REF*F8*FHH17',
];
const DECISION = ['SVD*FHH01*100*HC:90834**1', 'CAS*CO*45*15', 'CAS*PR*3*25', 'DTP*573*D8*20261020', 'AMT*EAF*25'];

/** 140 charged: 100 paid by another insurer, 15 written off, 25 left to the client. */
const SECOND: HandMadeClaim = { number: 'PCN2', rank: 'S', otherPayer: OTHER, lines: [{ decision: DECISION }] };

const answersTo = async (claim: HandMadeClaim): Promise<readonly (readonly string[])[]> => {
  const client = await ground.start();
  await client.claims(handMade({ sets: [[claim]] }));
  return (await client.answers()).flatMap((answer) => segmentsOf(answer.body));
};

const named = (segments: readonly (readonly string[])[], ...ids: readonly string[]) =>
  segments.filter(([id]) => id !== undefined && ids.includes(id));

describe('an insurer that comes second', () => {
  it('pays of what the first one left to the client, and says what the first one did', async () => {
    const answers = await answersTo(SECOND);
    expect(named(answers, 'CLP')[0]?.slice(1, 6)).toEqual(['PCN2', '2', '140', '20', '5']);
    expect(named(answers, 'SVC', 'CAS')).toEqual([
      ['SVC', 'HC:90834', '140', '20', '', '1'],
      ['CAS', 'OA', '23', '115'],
      ['CAS', 'PR', '3', '5'],
    ]);
  });

  it('pays nothing more where nothing was left', async () => {
    const none = ['SVD*FHH01*125*HC:90834**1', 'CAS*CO*45*15', 'DTP*573*D8*20261020', 'AMT*EAF*0'];
    const otherPayer = OTHER.map((one) => one.replace('AMT*D*100', 'AMT*D*125'));
    const answers = await answersTo({ ...SECOND, otherPayer, lines: [{ decision: none }] });
    expect(named(answers, 'CLP')[0]?.slice(1, 6)).toEqual(['PCN2', '2', '140', '0', '']);
    expect(named(answers, 'CAS')).toEqual([['CAS', 'OA', '23', '140']]);
  });

  it.each<[string, Partial<HandMadeClaim>, readonly string[]]>([
    ['nobody comes first', { otherPayer: [], lines: [{}] }, ['A6', '286']],
    ['it is not told what was paid for a line', { lines: [{}] }, ['A6', '286']],
    ['it is not told what was paid', { otherPayer: OTHER.filter((one) => !one.startsWith('AMT')) }, ['A6', '286']],
    [
      'a line was decided on by somebody else',
      { lines: [{ decision: DECISION.map((one) => one.replace('SVD*FHH01', 'SVD*ELSE1')) }] },
      ['A6', '286'],
    ],
    [
      'a line does not balance',
      { lines: [{ decision: DECISION.map((one) => one.replace('CAS*CO*45*15', 'CAS*CO*45*14')) }] },
      ['A7', '286'],
    ],
    [
      'the sum paid is another',
      { otherPayer: OTHER.map((one) => one.replace('AMT*D*100', 'AMT*D*99')) },
      ['A7', '286'],
    ],
  ])('takes no claim where %s', async (_name, change, status) => {
    const answers = await answersTo({ ...SECOND, ...change });
    expect(named(answers, 'CLP')).toEqual([]);
    const codes = named(answers, 'STC').map((one) => (one[1] ?? '').split(':'));
    expect(codes).toContainEqual(status);
  });

  it.each<[string, Partial<HandMadeClaim>]>([
    ['an assignment that is none', { otherPayer: OTHER.map((one) => one.replace('OI***Y', 'OI***X')) }],
    ['no relationship to the other holder', { otherPayer: OTHER.map((one) => one.replace('SBR*P*18', 'SBR*P*')) }],
    [
      'an adjustment of an unknown group',
      { lines: [{ decision: DECISION.map((one) => one.replace('CAS*CO', 'CAS*ZZ')) }] },
    ],
    ['no day of the decision', { lines: [{ decision: DECISION.filter((one) => !one.startsWith('DTP')) }] }],
  ])('rejects a set with %s', async (_name, change) => {
    const answers = await answersTo({ ...SECOND, ...change });
    expect(named(answers, 'IK5')[0]?.[1]).toBe('R');
  });
});
