import type { FieldId } from '#libs/catalogue';
import { locus } from '#libs/catalogue';
import { plainDate } from '#libs/kernel';
import { type Envelope837P, readInterchanges, render837P, validate837P } from '#libs/x12';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  CLINICIAN,
  DEPENDENT,
  disclose,
  type Entry,
  envelopeFor,
  largestClaim,
  replaced,
  SELF,
  SUPERVISOR,
  without,
} from './sample-claim.js';

const render = (entries: readonly Entry[], changes: Partial<Envelope837P> = {}) => {
  const disclosed = disclose(entries);
  return render837P(disclosed, { ...envelopeFor(disclosed.lines.length), ...changes });
};

const rendered = (entries: readonly Entry[], changes: Partial<Envelope837P> = {}) => {
  const result = render(entries, changes);
  if (!result.ok) throw new Error(result.issues.map(({ code, path }) => `${code} ${path}`).join(', '));
  return result.value;
};

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const segments = (bytes: Uint8Array): readonly string[] => textOf(bytes).split('~').slice(0, -1);

const problems = (entries: readonly Entry[], changes: Partial<Envelope837P> = {}): readonly string[] => {
  const result = render(entries, changes);
  return result.ok ? [] : result.issues.map(({ code, path }) => `${code} ${path}`);
};

const base = envelopeFor(2);
const accented = replaced(
  SELF,
  ['client.name.last', 'Ó Súilleabháin–Łukasz'],
  ['client.name.first', 'Zoë'],
  ['client.address.line', '45 Straße No. 7 ½'],
);

const CASES: readonly [name: string, entries: readonly Entry[], changes: Partial<Envelope837P>][] = [
  ['subscriber-two-lines', SELF, { renderingProvider: CLINICIAN }],
  [
    'dependent-replacement',
    DEPENDENT,
    {
      renderingProvider: CLINICIAN,
      supervisingProvider: SUPERVISOR,
      resubmission: { frequency: '7', payerClaimNumber: 'ACM2026110100002' },
      clearinghouseNumber: '17312345600006352',
    },
  ],
  [
    'void-by-a-person-who-bills',
    SELF,
    {
      billingProvider: {
        ...base.billingProvider,
        name: { person: { last: 'Grimshaw', first: 'Vera' } },
        taxId: { kind: 'SY', number: '900005555' },
      },
      resubmission: { frequency: '8', payerClaimNumber: 'ACM2026110100002' },
    },
  ],
  // What was refused before it was looked at is a new claim: other numbers, and no word of the first one.
  [
    'resubmission',
    SELF,
    {
      controlNumbers: {
        ...base.controlNumbers,
        ...{ interchange: '000530871', group: '530871', batchReference: 'B1Z8K3W6', patientControl: 'H7M2XC9R4VJ6T1' },
        lines: ['N7748120', 'N0293345'],
      },
    },
  ],
  ['fifty-lines-twelve-diagnoses', largestClaim(), {}],
  [
    'information-separators',
    SELF,
    { delimiters: { element: '\x1d', repetition: '\x1e', component: '\x1f', segment: '\x1c' } },
  ],
  ['transliterated', accented, {}],
  ['assignment-not-taken', SELF, { indicators: { ...base.indicators, participation: 'C' } }],
];

describe('837P as bytes', () => {
  it.each(CASES)('%s', (name, entries, changes) => {
    const { bytes } = rendered(entries, changes);
    const file = new URL(`./out/${name}.edi`, import.meta.url);
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, bytes);
    expect(existsSync(file)).toBe(true);
    expect(textOf(bytes)).toBe(textOf(readFileSync(file)));
    expect(validate837P(readFileSync(file))).toEqual([]);
  });

  it('is read back with its numbers and with positions as a 999 counts them', () => {
    const { bytes } = rendered(SELF);
    const read = readInterchanges(bytes);
    const [interchange] = read.ok ? read.value : [];
    const set = interchange?.groups[0]?.transactionSets[0];
    expect(interchange?.header).toMatchObject({
      controlNumber: '000417093',
      usage: 'test',
      acknowledgementRequested: true,
    });
    expect(interchange?.groups[0]).toMatchObject({ controlNumber: '417093', code: 'HC', version: '005010X222A1' });
    expect(set?.segments.map(({ name }) => name)).toEqual(
      segments(bytes)
        .slice(2, -2)
        .map((text) => text.split('*')[0]),
    );
    expect(set?.segments.find(({ name }) => name === 'HI')).toMatchObject({
      position: 22,
      elements: [[['ABK', 'F331']], [['ABF', 'F4322']]],
    });
  });

  it('is made of its leaves and the delimiters between them, and of nothing else', () => {
    for (const [, entries, changes] of CASES) {
      const { bytes, leaves } = rendered(entries, changes);
      const { element, component, segment } = changes.delimiters ?? { element: '*', component: ':', segment: '~' };
      const text = textOf(bytes);
      const header = text.slice(0, 105).split(element);
      const rest = text
        .slice(106)
        .split(segment)
        .flatMap((part) => part.split(element).flatMap((value) => value.split(component)))
        .filter((value) => value !== '');
      expect([...header, ...rest]).toEqual(leaves.map((leaf) => leaf.text));
    }
  });

  it('takes every client value from a disclosed field and says where each leaf stands', () => {
    const { leaves } = rendered(SELF);
    const told = leaves
      .filter(({ source }) => source.kind === 'field')
      .map(({ position, text }) => `${position} ${text}`);
    expect(told).toEqual([
      '2000B/SBR02 18',
      '2000B/SBR03 GRP100',
      '2010BA/NM103 QUILLFEATHER',
      '2010BA/NM104 ISADORA',
      '2010BA/NM109 W100000001',
      '2010BA/N301 45 OAK AVE',
      '2010BA/N401 RIVERTON',
      '2010BA/N402 NJ',
      '2010BA/N403 08077',
      '2010BA/DMG02 19840315',
      '2010BA/DMG03 F',
      '2300/CLM02 435',
      '2300/CLM05-1 10',
      '2300/AMT02 30.5',
      '2300/REF02 AUTH998877',
      '2300/HI01-2 F331',
      '2300/HI02-2 F4322',
      '2400/SV101-2 90791',
      '2400/SV101-3 95',
      '2400/SV102 250',
      '2400/SV104 1',
      '2400/SV107-1 1',
      '2400/DTP03 20261002',
      '2400/SV101-2 90837',
      '2400/SV101-3 95',
      '2400/SV101-4 HO',
      '2400/SV102 185',
      '2400/SV104 1',
      '2400/SV107-1 2',
      '2400/SV107-2 1',
      '2400/DTP03 20261009',
    ]);
    const indicators = leaves.filter(({ source }) => source.kind === 'structural' && source.of === 'claim-indicator');
    expect(indicators.map(({ position }) => position)).toEqual(['2300/CLM08', '2300/CLM09']);
  });

  it('says of a dependent’s subscriber the name and member number alone', () => {
    const written = segments(rendered(DEPENDENT).bytes);
    const at = written.indexOf('NM1*IL*1*QUILLFEATHER*OTTO****MI*W100000001');
    expect(written.slice(at - 2, at + 10)).toEqual([
      'HL*2*1*22*1',
      'SBR*P**GRP100******CI',
      'NM1*IL*1*QUILLFEATHER*OTTO****MI*W100000001',
      'NM1*PR*2*ACME MUTUAL HEALTH*****PI*ACM01',
      'HL*3*2*23*0',
      'PAT*19',
      'NM1*QC*1*QUILLFEATHER*ISADORA',
      'N3*45 OAK AVE',
      'N4*RIVERTON*NJ*08077',
      'DMG*D8*19840315*F',
      'CLM*K4T9WZ2P7QX8M3*435***10:B:1*Y*A*Y*Y',
      'AMT*F5*30.5',
    ]);
  });

  it('notes what it wrote differently, by position and kind alone', () => {
    expect(rendered(accented).substitutions).toEqual([
      { position: '2010BA/NM103', kind: 'accent' },
      { position: '2010BA/NM103', kind: 'symbol' },
      { position: '2010BA/NM104', kind: 'accent' },
      { position: '2010BA/N301', kind: 'accent' },
      { position: '2010BA/N301', kind: 'symbol' },
    ]);
    expect(rendered(SELF).substitutions).toEqual([]);
  });

  it('leaves out a rendering clinician who is the one that bills', () => {
    const text = textOf(rendered(SELF, { renderingProvider: { ...CLINICIAN, npi: base.billingProvider.npi } }).bytes);
    expect(text).not.toContain('NM1*82');
  });

  it('writes attachment, related cause and note where they were released', () => {
    const entries = replaced(
      SELF,
      ['claim.attachment', 'document 1'],
      ['claim.relatedCause', 'EM'],
      ['claim.note', 'Seen at work'],
    );
    const attachment = { reportType: 'OZ', transmission: 'EL', controlNumber: 'ATT000111' } as const;
    const written = segments(rendered(entries, { attachment }).bytes);
    expect(written).toContain('CLM*K4T9WZ2P7QX8M3*435***10:B:1*Y*A*Y*Y**EM');
    expect(written).toContain('PWK*OZ*EL***AC*ATT000111');
    expect(written).toContain('NTE*ADD*SEEN AT WORK');
  });
});

describe('the envelope of an 837P', () => {
  const header = (changes: Partial<Envelope837P>): readonly string[] => segments(rendered(SELF, changes).bytes).slice(0, 2);

  it('says whether the claim counts and whether an answer about the interchange is wanted', () => {
    expect(header({})[0]).toMatch(/\*1\*T\*:$/);
    expect(header({ usage: 'production' })[0]).toMatch(/\*1\*P\*:$/);
    expect(header({ acknowledgementRequested: true })[0]).toMatch(/\*1\*T\*:$/);
    expect(header({ acknowledgementRequested: false })[0]).toMatch(/\*0\*T\*:$/);
  });

  it('names both sides of the group by their application, where they have one', () => {
    expect(header({})[1]).toMatch(/^GS\*HC\*WILLOWPRAC\*CLEARING\*/);
    const [interchange, group] = header({
      sender: { qualifier: 'ZZ', id: 'WILLOWPRAC', applicationCode: 'WILLOW' },
      receiver: { qualifier: '30', id: 'C'.repeat(15), applicationCode: 'CLAIMS' },
    });
    expect(interchange).toContain(`*ZZ*WILLOWPRAC     *30*${'C'.repeat(15)}*`);
    expect(group).toMatch(/^GS\*HC\*WILLOW\*CLAIMS\*/);
  });

  it('leaves out what nobody gave: taxonomies, a contact of the practice, a first name', () => {
    const { taxonomy: _specialty, ...clinician } = CLINICIAN;
    const { taxonomy: _own, ...billingProvider } = base.billingProvider;
    const none = segments(rendered(SELF, { renderingProvider: clinician, billingProvider }).bytes);
    expect(none.filter((segment) => segment.startsWith('PRV'))).toEqual([]);
    expect(none.filter((segment) => segment.startsWith('PER'))).toHaveLength(1);
    const contact = { name: 'Front desk', email: 'desk@willow.example' };
    const told = segments(rendered(SELF, { billingProvider: { ...base.billingProvider, contact } }).bytes);
    expect(told).toContain('PER*IC*FRONT DESK*EM*desk@willow.example');
    const nameless = replaced(DEPENDENT, ['coverage.subscriber.name', ['Quillfeather', '']]);
    expect(segments(rendered(nameless).bytes)).toContain('NM1*IL*1*QUILLFEATHER*****MI*W100000001');
  });
});

describe('a line of an 837P', () => {
  const four = ['95', 'HO', 'AJ', 'U1'];

  it('has up to four modifiers and up to four diagnoses', () => {
    const largest = largestClaim();
    const entries = replaced(
      largest,
      ['procedure.modifiers', four, 'L1'],
      ['diagnosis.pointer', ['D12', 'D1', 'D3', 'D2'], 'L1'],
      ['procedure.modifiers', [], 'L2'],
    );
    const written = segments(rendered(entries).bytes);
    expect(written).toContain('SV1*HC:90834:95:HO:AJ:U1*140.05*UN*1***12:1:3:2');
    expect(written).toContain('SV1*HC:90834*140.05*UN*1***2');
  });

  it('is refused with a fifth diagnosis, or with none that is of the claim', () => {
    const pointing = (...to: readonly string[]) => problems(replaced(largestClaim(), ['diagnosis.pointer', to, 'L1']));
    expect(pointing('D1', 'D2', 'D3', 'D4', 'D5')).toContain('x12_too_many_pointers 2400/SV107-1');
    expect(pointing('D13')).toContain('x12_required_missing 2400/SV107-1');
    expect(pointing('D1', 'D2', 'D3', 'D4')).toEqual([]);
  });
});

const REQUIRED: readonly [FieldId, string][] = [
  ['client.name.last', '2010BA/NM103'],
  ['client.name.first', '2010BA/NM104'],
  ['client.birthDate', '2010BA/DMG02'],
  ['client.sex', '2010BA/DMG03'],
  ['client.address.line', '2010BA/N301'],
  ['client.address.city', '2010BA/N401'],
  ['client.address.region', '2010BA/N402'],
  ['client.address.postal', '2010BA/N403'],
  ['client.relationshipToSubscriber', '2000B/SBR02'],
  ['coverage.memberId', '2010BA/NM109'],
  ['claim.placeOfService', '2300/CLM05-1'],
  ['fee.total', '2300/CLM02'],
  ['diagnosis.primary', '2300/HI01-2'],
  ['session.date', '2400/DTP03'],
  ['procedure.code', '2400/SV101-2'],
  ['procedure.units', '2400/SV104'],
  ['fee.charge', '2400/SV102'],
  ['diagnosis.pointer', '2400/SV107-1'],
];

describe('837P refuses', () => {
  it.each(REQUIRED)('a claim without %s and puts nothing in its place', (field, position) => {
    expect(problems(without(SELF, field))).toContain(`x12_required_missing ${position}`);
  });

  it('a dependent without the subscriber’s name', () => {
    expect(problems(without(DEPENDENT, 'coverage.subscriber.name'))).toEqual(['x12_required_missing 2010BA/NM103']);
  });

  it.each<[string, Entry, string]>([
    ['a delimiter in a member number', ['coverage.memberId', 'W1*000'], 'x12_delimiter_in_identifier 2010BA/NM109'],
    [
      'a colon in an authorization number',
      ['coverage.authorizationNumber', 'A:1'],
      'x12_delimiter_in_identifier 2300/REF02',
    ],
    ['an accent in a member number', ['coverage.memberId', 'É100'], 'x12_character_in_identifier 2010BA/NM109'],
    [
      'a space at the end of a member number',
      ['coverage.memberId', 'W100 '],
      'x12_character_in_identifier 2010BA/NM109',
    ],
    [
      'a line break in a procedure code',
      ['procedure.code', '9083\n', 'L1'],
      'x12_character_in_identifier 2400/SV101-2',
    ],
    ['a segment in a place of service', ['claim.placeOfService', '11~NM1'], 'x12_delimiter_in_identifier 2300/CLM05-1'],
    [
      'a name in letters that have no Latin form',
      ['client.name.last', 'Петрова'],
      'x12_not_transliterable 2010BA/NM103',
    ],
    ['a name of nothing but symbols', ['client.name.first', '☂☂'], 'x12_not_transliterable 2010BA/NM104'],
    ['a name that is too long', ['client.name.last', 'A'.repeat(61)], 'x12_length 2010BA/NM103'],
    ['an address that is too long', ['client.address.line', 'A'.repeat(56)], 'x12_length 2010BA/N301'],
    ['a state that is none', ['client.address.region', 'XX'], 'x12_not_a_state 2010BA/N402'],
    ['a postal code that is none', ['client.address.postal', '0807'], 'x12_not_a_postal_code 2010BA/N403'],
    ['a birth date that does not exist', ['client.birthDate', '1984-02-30'], 'x12_value_shape 2010BA/DMG02'],
    ['an age where the birth date goes', ['client.birthDate', 42], 'x12_value_shape 2010BA/DMG02'],
    ['a sex that is no code', ['client.sex', 'W'], 'x12_code_unknown 2010BA/DMG03'],
    ['a relationship that is none', ['client.relationshipToSubscriber', 'neighbour'], 'x12_code_unknown 2000C/PAT01'],
    ['an amount as text', ['fee.paid', '30.50'], 'x12_value_shape 2300/AMT02'],
    ['a negative patient payment', ['fee.paid', -100], 'x12_not_an_amount 2300/AMT02'],
    ['no units', ['procedure.units', 0, 'L1'], 'x12_value_shape 2400/SV104'],
    ['a procedure code of four', ['procedure.code', '9083', 'L1'], 'x12_not_a_procedure_code 2400/SV101-2'],
    [
      'five modifiers',
      ['procedure.modifiers', ['95', 'HO', 'AJ', 'AH', 'U1'], 'L1'],
      'x12_too_many_modifiers 2400/SV101-3',
    ],
    ['a modifier of three', ['procedure.modifiers', ['955'], 'L1'], 'x12_not_a_modifier 2400/SV101-3'],
    ['a diagnosis that is none', ['diagnosis.primary', 'anxious', 'D1'], 'x12_not_a_diagnosis_code 2300/HI01-2'],
    ['the same diagnosis twice', ['diagnosis.secondary', 'F33.1', 'D2'], 'x12_diagnosis_repeated 2300/HI01-2'],
    ['a session after the claim was made', ['session.date', '2026-11-02', 'L1'], 'x12_date_in_future 2400/DTP03'],
    ['a note that is too long', ['claim.note', 'A'.repeat(81)], 'x12_length 2300/NTE02'],
    ['an accident without its date', ['claim.relatedCause', 'AA'], 'x12_required_missing 2300/DTP03'],
    ['an attachment without its control number', ['claim.attachment', 'document 1'], 'x12_required_missing 2300/PWK06'],
    [
      'another payer, for whom it has no loop',
      ['coverage.other.payer', 'Second'],
      'x12_field_without_place coverage.other.payer',
    ],
  ])('%s', (_, change, problem) => {
    expect(problems(replaced(SELF, change))).toContain(problem);
  });

  it.each<[string, Partial<Envelope837P>, string]>([
    [
      'a post office box',
      {
        billingProvider: { ...base.billingProvider, address: { ...base.billingProvider.address, line: 'P.O. Box 7' } },
      },
      'x12_post_office_box 2010AA/N301',
    ],
    [
      'a short postal code',
      { billingProvider: { ...base.billingProvider, address: { ...base.billingProvider.address, postal: '07081' } } },
      'x12_not_a_postal_code 2010AA/N403',
    ],
    [
      'a wrong provider number',
      { billingProvider: { ...base.billingProvider, npi: '1999000016' } },
      'x12_not_an_npi 2010AA/NM109',
    ],
    [
      'a wrong rendering number',
      { renderingProvider: { ...CLINICIAN, npi: '1999102036' } },
      'x12_not_an_npi 2310B/NM109',
    ],
    [
      'a submitter nobody can reach',
      { submitter: { ...base.submitter, contact: {} } },
      'x12_required_missing 1000A/PER04',
    ],
    [
      'too few line numbers',
      { controlNumbers: { ...base.controlNumbers, lines: ['N1'] } },
      'x12_line_control_numbers 2400/REF02',
    ],
    [
      'line numbers that repeat',
      { controlNumbers: { ...base.controlNumbers, lines: ['N1', 'N1'] } },
      'x12_control_number_repeated 2400/REF02',
    ],
    [
      'a long patient control number',
      { controlNumbers: { ...base.controlNumbers, patientControl: 'X'.repeat(21) } },
      'x12_length 2300/CLM01',
    ],
    [
      'a delimiter in the patient control number',
      { controlNumbers: { ...base.controlNumbers, patientControl: 'X:1' } },
      'x12_delimiter_in_identifier 2300/CLM01',
    ],
    [
      'a short interchange number',
      { controlNumbers: { ...base.controlNumbers, interchange: '17' } },
      'x12_not_a_number ISA13',
    ],
    ['an interchange number with a letter', { controlNumbers: { ...base.controlNumbers, interchange: '00041709A' } }, 'x12_not_a_number ISA13'],
    ['a delimiter in the name of a receiver', { receiver: { qualifier: 'ZZ', id: 'CLEAR*NG' } }, 'x12_delimiter_in_identifier ISA08'],
    ['a receiver of no kind', { receiver: { qualifier: 'z', id: 'CLEARING' } }, 'x12_code_unknown ISA08'],
    ['a time without its zero', { createdAt: { date: plainDate('2026-11-01'), time: '930' } }, 'x12_not_a_time ISA10'],
    ['a sender of sixteen', { sender: { qualifier: 'ZZ', id: 'X'.repeat(16) } }, 'x12_length ISA06'],
    ['a time that is none', { createdAt: { date: plainDate('2026-11-01'), time: '2460' } }, 'x12_not_a_time ISA10'],
    [
      'delimiters that are data',
      { delimiters: { element: 'A', repetition: '^', component: ':', segment: '~' } },
      'x12_delimiters_unusable ISA',
    ],
  ])('%s', (_, changes, problem) => {
    expect(problems(SELF, changes)).toContain(problem);
  });

  it('a total that is not the sum of its lines', () => {
    const other = disclose(SELF, [{ locus: locus('fee.total'), effect: 'send', reasons: [] }]);
    expect(render837P(other, base).ok).toBe(true);
    const wrong = disclose(replaced(SELF, ['fee.total', 43400]), [
      { locus: locus('fee.total'), effect: 'send', reasons: [] },
    ]);
    expect(render837P(wrong, base)).toMatchObject({ issues: [{ code: 'x12_unbalanced', path: '2300/CLM02' }] });
  });

  it('a form for which it has no place, and a marker', () => {
    const aged = disclose(SELF, [
      { locus: locus('client.birthDate'), effect: 'generalise', form: 'client.age', reasons: [] },
    ]);
    const issues = render837P(aged, base);
    expect(issues.ok ? [] : issues.issues.map(({ code, path }) => `${code} ${path}`)).toContain(
      'x12_form_without_place client.birthDate',
    );
    const marked = disclose(SELF, [{ locus: locus('claim.note'), effect: 'withhold', marker: true, reasons: [] }]);
    expect(render837P(marked, base)).toMatchObject({
      issues: [{ code: 'x12_marker_without_place', path: 'claim.note' }],
    });
  });

  it('a claim without lines, with fifty-one, or with thirteen diagnoses', () => {
    const lineless = SELF.filter(([, , occurrence]) => !occurrence?.startsWith('L'));
    expect(problems(lineless)).toContain('x12_required_missing 2400/LX01');
    const line = largestClaim().filter(([, , occurrence]) => occurrence === 'L50');
    const more = [...largestClaim(), ...line.map(([field, value]): Entry => [field, value, 'L51'])];
    expect(problems(more)).toContain('x12_too_many_lines 2400/LX01');
    expect(problems([...largestClaim(), ['diagnosis.secondary', 'F99', 'D13']])).toContain(
      'x12_too_many_diagnoses 2300/HI12-2',
    );
  });

  it('without telling the value', () => {
    const secret = 'S*E~CRET';
    const hostile = SELF.map(([field, value, occurrence]): Entry => [
      field,
      typeof value === 'string' ? secret : value,
      occurrence,
    ]);
    const result = render(hostile);
    expect(result.ok).toBe(false);
    expect(JSON.stringify(result)).not.toContain('CRET');
  });
});
