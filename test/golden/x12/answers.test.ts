import { type Answer, readAnswers } from '#libs/x12';
import { describe, expect, it } from 'vitest';
import { sampleFile, sampleNames } from './sample-files.js';

const only = <Kind extends Answer['kind']>(file: string, kind: Kind): Extract<Answer, { kind: Kind }> => {
  const result = readAnswers(sampleFile(`conversation/${file}`));
  if (!result.ok) throw new Error(result.issues.map(({ code, path }) => `${code} ${path}`).join());
  const [answer, ...more] = result.value;
  expect(more).toEqual([]);
  if (answer?.kind !== kind) throw new Error('another kind of answer');
  return answer as Extract<Answer, { kind: Kind }>;
};

describe('a conversation with a clearinghouse', () => {
  it.each([
    ['02_ta1_accepted.edi', 'A', '000'],
    ['02b_ta1_rejected_dup_icn.edi', 'R', '025'],
  ])('%s', (file, code, note) => {
    expect(only(file, 'TA1')).toMatchObject({
      interchangeControlNumber: '000000501',
      interchangeDate: '261101',
      interchangeTime: '1200',
      code,
      note,
      source: { sender: { qualifier: 'ZZ', id: 'CLEARHOUSE' }, usage: 'test' },
    });
  });

  it('999, all accepted', () => {
    expect(only('03_999_accepted.edi', '999')).toMatchObject({
      groupControlNumber: '501',
      version: '005010X222A1',
      code: 'A',
      counts: { included: 2, received: 2, accepted: 2 },
      transactions: [
        { setControlNumber: '0001', code: 'A', claims: [] },
        { setControlNumber: '0002', code: 'A', claims: [] },
      ],
    });
  });

  it('999, one set of two rejected, with the claim and the segment', () => {
    expect(only('03b_999_partial.edi', '999')).toMatchObject({
      groupControlNumber: '502',
      code: 'P',
      transactions: [
        { setControlNumber: '0001', code: 'A' },
        {
          setControlNumber: '0002',
          code: 'R',
          errors: ['5'],
          claims: [
            {
              patientControlNumber: 'PCN0002',
              segment: 'HI',
              segmentPosition: 23,
              loop: '2300',
              errors: [{ level: 'segment', code: '3' }],
            },
          ],
        },
      ],
    });
  });

  it('999, accepted with errors, element and component, without the copy of the bad value', () => {
    const answer = only('03c_999_accepted_with_errors.edi', '999');
    expect(answer.transactions[0]?.claims[0]?.errors).toEqual([
      { level: 'segment', code: '8' },
      { level: 'element', code: 'I12', element: 1, component: 3 },
    ]);
    expect(JSON.stringify(answer)).not.toContain('"95"');
  });

  it.each(['04_277ca_mixed.edi', '04b_277ca_mixed_with_2200C.edi'])('%s', (file) => {
    const answer = only(file, '277CA');
    expect(answer).toMatchObject({
      batchReference: 'BATCH501',
      informationSource: { role: 'PR', id: 'ACM01', trace: 'ACM20261101A' },
      batch: { category: 'A1', status: '19', action: 'WQ' },
      imbalances: [],
    });
    expect(answer.claims).toMatchObject([
      {
        patientControlNumber: 'PCN0001',
        category: 'A2',
        status: '20',
        entity: 'PR',
        action: 'WQ',
        charge: 14000,
        payerClaimNumber: 'ACM2026110100001',
        clearinghouseNumber: '17312345600006351',
        serviceDate: '2026-10-05',
      },
      { patientControlNumber: 'PCN0004', category: 'A3', status: '33', entity: 'IL', action: 'U' },
      { patientControlNumber: 'PCN0002', category: 'A2', action: 'WQ', charge: 43500 },
    ]);
    expect(answer.claims[1]).not.toHaveProperty('payerClaimNumber');
  });

  it('835, paid, partly paid and denied lines, balanced', () => {
    const answer = only('05_835_paid_partial_denied.edi', '835');
    expect(answer).toMatchObject({
      trace: 'EFT20261120001',
      method: 'ACH',
      total: 21000,
      direction: 'credit',
      payerId: '1999999999',
      payee: { qualifier: 'XX' },
      currency: 'USD',
      paymentDate: '2026-11-20',
      imbalances: [],
    });
    expect(answer.claims).toMatchObject([
      {
        patientControlNumber: 'PCN0001',
        statusCode: '1',
        charge: 14000,
        paid: 9000,
        patientResponsibility: 2000,
        lines: [
          {
            lineControlNumber: 'PCN000101',
            procedure: { qualifier: 'HC', code: '90834', modifiers: [] },
            allowed: 11000,
            adjustments: [
              { group: 'CO', reason: '45', amount: 3000 },
              { group: 'PR', reason: '3', amount: 2000 },
            ],
          },
        ],
      },
      {
        patientControlNumber: 'PCN0002',
        lines: [
          { lineControlNumber: 'PCN000201', paid: 0, procedure: { modifiers: ['95'] }, serviceDate: '2026-10-02' },
          { lineControlNumber: 'PCN000202', paid: 12000, serviceDate: '2026-10-09' },
        ],
      },
    ]);
    expect(JSON.stringify(answer)).not.toContain('FAIRWEATHER');
  });

  it('835, a reversal stays before its correction', () => {
    const answer = only('05b_835_reversal_correction_zero_pay.edi', '835');
    expect(answer).toMatchObject({ method: 'NON', total: 0, imbalances: [] });
    expect(
      answer.claims.map(({ patientControlNumber, statusCode, paid }) => [patientControlNumber, statusCode, paid]),
    ).toEqual([
      ['PCN0001', '22', -9000],
      ['PCN0001', '1', 9000],
    ]);
  });

  it('our own claims are no answer', () => {
    expect(readAnswers(sampleFile('conversation/01_batch_837.edi'))).toMatchObject({
      ok: false,
      issues: [{ code: 'x12_transaction_unsupported', path: 'ST01' }],
    });
  });

  it.each(sampleNames('conversation').filter((name) => !name.startsWith('01')))(
    '%s cut anywhere is refused',
    (name) => {
      const bytes = sampleFile(`conversation/${name}`);
      const end = bytes.lastIndexOf('~'.charCodeAt(0));
      for (let length = 0; length <= end; length += 1) expect(readAnswers(bytes.subarray(0, length)).ok).toBe(false);
      expect(readAnswers(bytes.subarray(0, end + 1)).ok).toBe(true);
    },
  );
});
