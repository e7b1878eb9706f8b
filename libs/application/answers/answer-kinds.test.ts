import { readAnswers } from '#libs/x12';
import { describe, expect, it } from 'vitest';
import { sampleFile } from '../../../test/golden/x12/sample-files.js';
import { heardIn } from './answer-kinds.js';

/** What is heard of a claim in a balanced remittance, once its status (CLP02) says this. */
const heardOf = (claim: string, status: string) => {
  const text = Buffer.from(sampleFile('conversation/05_835_paid_partial_denied.edi')).toString('latin1');
  const start = `CLP*${claim}*`;
  const at = text.indexOf(start) + start.length;
  const changed = `${text.slice(0, at)}${status}${text.slice(text.indexOf('*', at))}`;
  const answers = readAnswers(Buffer.from(changed, 'latin1'));
  if (!answers.ok) throw new Error(answers.issues.map(({ code, path }) => `${code} ${path}`).join());
  return answers.value
    .flatMap((answer) => heardIn(answer).heard)
    .filter(({ about }) => about.value === claim)
    .map(({ kind, remitted }) => [kind, remitted !== undefined]);
};

describe('a claim that its payer processed and forwarded to the next one', () => {
  it.each([
    ['19', '1'],
    ['20', '2'],
    ['21', '3'],
  ])('is what it is without the forwarding (CLP02 %s as %s), and is known to be forwarded', (forwarded, alone) => {
    for (const [claim, kind] of [
      ['PCN0001', 'paid'],
      ['PCN0002', 'partly-paid'],
    ] as const) {
      expect(heardOf(claim, alone)).toEqual([[kind, true]]);
      // Nothing of it is for us to tell the next payer, who has it already.
      expect(heardOf(claim, forwarded)).toEqual([
        [kind, false],
        ['forwarded', false],
      ]);
    }
  });

  it('is only forwarded where the payer says that it is not its claim', () => {
    expect(heardOf('PCN0001', '23')).toEqual([['forwarded', false]]);
  });
});
