import { afterAll, describe, expect, it } from 'vitest';
import { handMade, segmentsOf } from './hand-made-claims.js';
import { acme, PracticeGround } from './practice-client.js';

const ground = new PracticeGround();
afterAll(() => ground.clear());

const two = handMade({ sets: [[{ number: 'PCN1' }], [{ number: 'PCN2' }]] });

const answersTo = async (body: string): Promise<readonly string[]> => {
  const client = await ground.start();
  expect((await client.claims(body)).status).toBe(202);
  return (await client.answers()).map((answer) => answer.body.replaceAll('\n', ''));
};

/** The segments of an answer that carry its verdict. */
const verdict = (body: string | undefined): readonly string[] =>
  segmentsOf(body ?? '')
    .filter((segment) => /^(TA1|AK|IK|CTX)/.test(segment[0] ?? ''))
    .map((segment) => segment.join('*'));

/** Drops a segment and keeps SE01 right, so that only its absence is wrong. */
const without = (body: string, segment: string, count: string): string =>
  body
    .replace(`${segment}~\n`, '')
    .replace(count, `SE*${Number(count.split('*')[1]) - 1}*${count.split('*')[2] ?? ''}`);

const good = handMade({ sets: [[{ number: 'PCN1' }]] });
const count = /SE\*\d+\*0001/.exec(good)?.[0] ?? '';

describe('an envelope that is wrong', () => {
  it.each([
    ['001', good.replace('IEA*1*000000501', 'IEA*1*000000502')],
    ['021', good.replace('IEA*1', 'IEA*2')],
    ['023', good.slice(0, good.indexOf('IEA'))],
    ['023', good.slice(0, -3)],
    ['024', `${good}${good.slice(good.indexOf('GS*'))}`],
    ['022', good.replace(/GS\*.*~\n/, '')],
    ['017', good.replace('*00501*', '*00401*')],
    ['020', good.replace('*0*T*:', '*0*X*:')],
  ])('is answered TA1 R %s and nothing else', async (note, body) => {
    const answers = await answersTo(body);
    expect(answers).toHaveLength(1);
    expect(verdict(answers[0])).toEqual([`TA1*000000501*261101*1200*R*${note}`]);
  });

  it('is answered TA1 R 009 if it is for somebody else', async () => {
    const client = await ground.start({ insurers: [{ ...acme, receiverId: 'GLOBEX' }] });
    await client.claims(good);
    expect(verdict((await client.answers())[0]?.body)).toEqual(['TA1*000000501*261101*1200*R*009']);
  });
});

describe('a group or a set that is wrong', () => {
  it.each([
    ['4', good.replace('GE*1*501', 'GE*1*502')],
    ['2', good.replace('X*005010X222A1', 'X*005010X223A2')],
    ['1', good.replace('GS*HC', 'GS*HI')],
  ])('rejects the group with AK905 %s', async (code, body) => {
    const answers = await answersTo(body);
    expect(answers).toHaveLength(1);
    expect(verdict(answers[0]).at(-1)).toBe(`AK9*R*1*1*0*${code}`);
  });

  it.each([
    ['3', good.replace(/SE\*(\d+)\*0001/, 'SE*$1*0009')],
    ['4', good.replace(/SE\*\d+\*0001/, 'SE*99*0001')],
    ['1', good.replace('ST*837', 'ST*278')],
    ['I6', good.replace('0001*005010X222A1', '0001')],
  ])('rejects the set with IK502 %s', async (code, body) => {
    const answers = await answersTo(body);
    expect(answers).toHaveLength(1);
    expect(verdict(answers[0])).toContain(`IK5*R*${code}`);
  });

  it('takes the first of two sets that share a number, and not the second', async () => {
    const answers = await answersTo(good.replace(/ST\*837[^]*SE\*\d+\*0001~\n/, '$&$&').replace('GE*1', 'GE*2'));
    expect(verdict(answers[0]).filter((segment) => /^(IK5|AK9)/.test(segment))).toEqual([
      'IK5*A',
      'IK5*R*23',
      'AK9*P*2*2*1',
    ]);
    expect(answers).toHaveLength(3);
  });

  it('takes the other set of the group', async () => {
    const answers = await answersTo(two.replace('CLM*PCN1*140', 'CLM*PCN1*14O'));
    expect(verdict(answers[0])).toEqual([
      'AK1*HC*501*005010X222A1',
      'AK2*837*0001*005010X222A1',
      'IK3*CLM*18*2300*8',
      'CTX*CLM01:PCN1',
      'IK4*2**6',
      'IK5*R*5',
      'AK2*837*0002*005010X222A1',
      'IK5*A',
      'AK9*P*2*2*1',
    ]);
    expect(answers).toHaveLength(3);
    expect(answers[2]).toContain('CLP*PCN2');
    expect(answers.join('')).not.toContain('TRN*2*PCN1');
  });
});

describe('a segment that is wrong', () => {
  it.each([
    ['BHT*0019*00*BATCH1*20261101*1200*CH', 'IK3*BHT*2**3'],
    ['PER*IC*EDI DESK*TE*2015550100', 'IK3*PER*4*1000*3'],
    ['NM1*40*2*ACME MUTUAL HEALTH*****46*ACME', 'IK3*NM1*3*1000*3'],
    ['REF*EI*222333444', 'IK3*REF*10*2010*3'],
    ['SBR*P*18*******CI', 'IK3*SBR*12*2000*3'],
    ['NM1*PR*2*ACME MUTUAL HEALTH*****PI*ACM01', 'IK3*NM1*13*2010*3'],
    ['SV1*HC:90834*140*UN*1***1', 'IK3*SV1*24*2400*3'],
    ['DTP*472*D8*20261005', 'IK3*DTP*24*2400*3'],
  ])('is missed: %s', async (segment, expected) => {
    const answers = await answersTo(without(good, segment, count));
    expect(answers).toHaveLength(1);
    expect(verdict(answers[0])).toContain(expected);
    expect(verdict(answers[0]).at(-1)).toBe('AK9*R*1*1*0');
  });

  it.each([
    ['an empty element at the end', 'SBR*P*18*******CI~', 'SBR*P*18*******CI*~', 'IK4*10**4'],
    ['an empty component at the end', 'HI*ABK:F411', 'HI*ABK:F411:', 'IK4*1**4'],
    ['a space before a value', '*FAIRWEATHER*CLEO', '*FAIRWEATHER* CLEO', 'IK4*4**6'],
    ['a control character', '*FAIRWEATHER*CLEO', '*FAIRWEATHER*CL\tO', 'IK4*4**6'],
    ['a dot in a diagnosis', 'ABK:F411', 'ABK:F41.1', 'IK4*1:2**6'],
    ['no diagnosis pointer', 'SV1*HC:90834*140*UN*1***1', 'SV1*HC:90834*140*UN*1', 'IK4*7:1**1'],
    ['three decimals', 'CLM*PCN1*140', 'CLM*PCN1*140.001', 'IK4*2**6'],
    ['a day that is none', 'DTP*472*D8*20261005', 'DTP*472*D8*20260231', 'IK4*3**8'],
    ['no place of service', 'CLM*PCN1*140***11:B:1', 'CLM*PCN1*140***', 'IK4*5:1**1'],
    ['an unknown frequency', '11:B:1', '11:B:9', 'IK4*5:3**7'],
    ['no member id', '*MI*W100000001', '', 'IK4*9**1'],
    ['a component separator in an identifier', 'CLM*PCN1*', 'CLM*PCN:1*', 'IK4*1**6'],
    ['a repetition separator in a name', '*FAIRWEATHER*CLEO', '*FAIR^WEATHER*CLEO', 'IK4*3**6'],
    ['a fifth pointer', 'UN*1***1', 'UN*1***1:1:1:1:1', 'IK4*7**13'],
    ['a level that denies its child', 'HL*1**20*1', 'HL*1**20*0', 'IK4*4**7'],
    ['a parent that is not there', 'HL*2*1*22', 'HL*2*7*22', 'IK4*2**7'],
  ])('is in error: %s', async (_name, found, put, expected) => {
    expect(good).toContain(found);
    const answers = await answersTo(good.replace(found, put));
    expect(answers).toHaveLength(1);
    expect(verdict(answers[0])).toContain(expected);
  });

  it('is unknown, or out of its order', async () => {
    const unknown = await answersTo(good.replace('HI*ABK:F411', 'ZZZ*ABK:F411'));
    expect(verdict(unknown[0])).toContain('IK3*ZZZ*19*2300*1');
    const disorder = await answersTo(
      good.replace('NM1*82', 'REF*EA*77~\nNM1*82').replace(count, `SE*${Number(count.split('*')[1]) + 1}*0001`),
    );
    expect(verdict(disorder[0])).toContain('IK3*REF*20*2300*2');
  });

  it('never comes back with its value', async () => {
    const answers = await answersTo(good.replace('*FAIRWEATHER*CLEO', '*FAIRWEATHER* CLEO').replace('F411', 'F4.1'));
    expect(answers.join('')).not.toMatch(/FAIRWEATHER|CLEO|F4\.1/);
  });
});
