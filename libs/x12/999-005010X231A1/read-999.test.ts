import { describe, expect, it } from 'vitest';
import { after, answerOf, changed, fileOf, problems } from '../read/answer-file.fixture.js';

const nine = { code: 'FA', set: '999', version: '005010X231A1', convention: '*005010X231A1' };

const NINE = [
  'AK1*HC*501*005010X222A1',
  'AK2*837*0001*005010X222A1',
  'IK3*SV1*27*2400*8',
  'CTX*CLM01:PX1',
  'IK4*2**7*BAD',
  'IK5*R*5',
  'AK9*R*1*1*0',
];

describe('999', () => {
  it('reads the whole sample', () => {
    expect(problems(fileOf(nine, NINE))).toEqual([]);
  });

  it.each([
    ['an unknown set code', 'IK5*R', 'IK5*Q', 'x12_code_unknown 2000/IK501'],
    ['an unknown group code', 'AK9*R', 'AK9*Q', 'x12_code_unknown AK9/AK901'],
    ['accepted while a set was rejected', 'AK9*R*1*1*0', 'AK9*A*1*1*1', 'x12_counts_disagree AK9/AK901'],
    ['rejected while a set was accepted', 'IK5*R*5', 'IK5*A', 'x12_counts_disagree AK9/AK901'],
    ['a position that is no number', 'SV1*27', 'SV1*2A', 'x12_not_a_number 2100/IK302'],
    ['a claim number with a delimiter in it', 'CLM01:PX1', 'CLM01:PX:1', 'x12_delimiter_in_value 2100/CTX01'],
    ['no AK9', 'AK9*R*1*1*0', '', 'x12_segment_unexpected 999'],
    ['an alien segment', 'IK4*2**7*BAD', 'HI*ABK:F411', 'x12_segment_unexpected 999/6'],
    ['an element that is none', 'IK4*2*', 'IK4*0*', 'x12_not_a_number 2110/IK401'],
    ['no element', 'IK4*2*', 'IK4**', 'x12_not_a_number 2110/IK401'],
    ['an element that is no number', 'IK4*2*', 'IK4*A*', 'x12_not_a_number 2110/IK401'],
    ['a place with four parts', 'IK4*2*', 'IK4*2:1:1:1*', 'x12_not_a_number 2110/IK401'],
    ['an element error without its code', 'IK4*2**7', 'IK4*2**', 'x12_required_missing 2110/IK403'],
    ['a group number that is too long', 'AK1*HC*501', 'AK1*HC*5010000000', 'x12_length AK1/AK102'],
    ['a set number that is too long', 'AK2*837*0001', 'AK2*837*0001000000', 'x12_length 2000/AK202'],
    ['a claim named without its number', 'CLM01:PX1', 'CLM01:', 'x12_delimiter_in_value 2100/CTX01'],
    ['more accepted than received', 'AK9*R*1*1*0', 'AK9*R*1*1*2', 'x12_counts_disagree AK9/AK901'],
    ['partly accepted with nothing accepted', 'AK9*R*1*1*0', 'AK9*P*1*1*0', 'x12_counts_disagree AK9/AK901'],
    ['accepted in part and rejected', 'AK9*R*1*1*0', 'AK9*R*2*2*1', 'x12_counts_disagree AK9/AK901'],
  ])('refuses %s', (_, from, to, problem) => {
    expect(problems(fileOf(nine, changed(NINE, from, to)))).toContain(problem);
  });

  it('refuses a group that is accepted in part with nothing rejected', () => {
    const body = changed(changed(NINE, 'IK5*R*5', 'IK5*A'), 'AK9*R*1*1*0', 'AK9*P*1*1*1');
    expect(problems(fileOf(nine, body))).toContain('x12_counts_disagree AK9/AK901');
  });

  it('reads a group of which one set is not told of by itself', () => {
    expect(answerOf(fileOf(nine, changed(NINE, 'AK9*R*1*1*0', 'AK9*P*2*2*1')), '999').counts).toEqual({
      included: 2,
      received: 2,
      accepted: 1,
    });
  });

  it('reads every error of group and set, in their order', () => {
    const body = changed(changed(NINE, 'IK5*R*5', 'IK5*R*1*2*3*4*5'), 'AK9*R*1*1*0', 'AK9*R*1*1*0*1*2*3*4*5');
    const answer = answerOf(fileOf(nine, body), '999');
    expect(answer.errors).toEqual(['1', '2', '3', '4', '5']);
    expect(answer.transactions[0]?.errors).toEqual(['1', '2', '3', '4', '5']);
  });

  it('reads element, component and repetition, and no more than was told', () => {
    const errorsOf = (...to: readonly [string, string]) =>
      answerOf(fileOf(nine, changed(NINE, ...to)), '999').transactions[0]?.claims[0]?.errors;
    expect(errorsOf('IK4*2*', 'IK4*2:1:3*')).toEqual([
      { level: 'segment', code: '8' },
      { level: 'element', code: '7', element: 2, component: 1, repetition: 3 },
    ]);
    expect(errorsOf('IK4*2*', 'IK4*2::3*')?.[1]).toEqual({ level: 'element', code: '7', element: 2, repetition: 3 });
    expect(errorsOf('27*2400*8', '27*2400')).toEqual([{ level: 'element', code: '7', element: 2 }]);
  });

  it('reads the claim that is named beside an element, and passes over other context', () => {
    const body = after(changed(NINE, 'CTX*CLM01:PX1', 'CTX*SITUATIONAL TRIGGER*CLM*22**5:3'), 'IK4', 'CTX*CLM01:PX2');
    expect(answerOf(fileOf(nine, body), '999').transactions[0]?.claims[0]).toMatchObject({
      patientControlNumber: 'PX2',
      segmentPosition: 27,
      loop: '2400',
    });
  });

  it('refuses two claims named for one place', () => {
    const body = [...NINE.slice(0, 4), 'CTX*CLM01:PX2', ...NINE.slice(4)];
    expect(problems(fileOf(nine, body))).toContain('x12_claim_ambiguous 2100/IK302');
    expect(problems(fileOf(nine, after(NINE, 'IK4', 'CTX*CLM01:PX2')))).toContain('x12_claim_ambiguous 2100/IK302');
    expect(problems(fileOf(nine, after(NINE, 'IK4', 'CTX*CLM01:PX1')))).toEqual([]);
  });

  it('refuses a convention that is not the version of the group', () => {
    expect(problems(fileOf({ ...nine, convention: '*005010X230' }, NINE))).toEqual(['x12_version_differs ST03']);
  });

  it('refuses a version that it does not know', () => {
    expect(problems(fileOf({ ...nine, version: '005010X230', convention: '' }, NINE))).toEqual([
      'x12_transaction_unsupported ST01',
    ]);
  });
});
