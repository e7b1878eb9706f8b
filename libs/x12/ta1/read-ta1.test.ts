import { describe, expect, it } from 'vitest';
import { answerOf, problems, ta1Of } from '../read/answer-file.fixture.js';

const TA1 = 'TA1*000000501*261101*1200*R*025';

describe('TA1', () => {
  it('reads what is said of our interchange', () => {
    expect(answerOf(ta1Of(TA1), 'TA1')).toMatchObject({
      interchangeControlNumber: '000000501',
      interchangeDate: '261101',
      interchangeTime: '1200',
      code: 'R',
      note: '025',
      source: { sender: { qualifier: 'ZZ', id: 'CLEARING' }, receiver: { qualifier: 'ZZ', id: 'PRACTICE' } },
    });
  });

  it.each([
    ['a number that is short', '000000501', '501', 'x12_not_a_number TA1/TA101'],
    ['a number with a letter', '000000501', '00000050A', 'x12_not_a_number TA1/TA101'],
    ['a day that does not exist', '261101', '261301', 'x12_not_a_date TA1/TA102'],
    ['a time that does not exist', '1200', '2560', 'x12_not_a_time TA1/TA103'],
    ['a code that says neither', '*R*', '*P*', 'x12_code_unknown TA1/TA104'],
    ['a note that there is not', '025', '032', 'x12_code_unknown TA1/TA105'],
    ['no note', '*025', '', 'x12_required_missing TA1/TA105'],
    ['accepted, with an error', '*R*', '*A*', 'x12_status_contradicts TA1/TA105'],
  ])('refuses %s', (_, from, to, problem) => {
    expect(problems(ta1Of(TA1.replace(from, to)))).toContain(problem);
  });

  it.each(['A*000', 'E*022', 'R*031', 'R*000'])('takes %s', (said) => {
    expect(problems(ta1Of(TA1.replace('R*025', said)))).toEqual([]);
  });
});
