import { type ElementText, loop, type LoopRule, segment } from './rule.js';

/**
 * The part of guide 005010X222A1 that a claim for outpatient psychotherapy can use: loops, their order, usage, lengths and
 * codes. What is not here (ambulance, drugs, …) this practice's claims do not carry, and a file that has it
 * is refused. Where HIPAA or the payers are stricter than the standard the stricter bound stands: patient control number
 * of 20 characters, ZIP+4 of the billing provider, national provider identifier.
 */
const REFERENCE = (qualifiers: string): readonly ElementText[] => [`R =${qualifiers}!`, 'R 50'];
const DATE = (qualifier: string): readonly ElementText[] => [`R =${qualifier}!`, 'R =D8', 'R date'];
const ADDRESS = segment('N3', 'S', ['R 55', 'S 55']);
const CITY = segment('N4', 'S', ['R 2-30', 'R state', 'R zip']);
const REQUIRED_ADDRESS = { ...ADDRESS, usage: 'R' } as const;
const REQUIRED_CITY = { ...CITY, usage: 'R' } as const;
const BIRTH = segment('DMG', 'S', ['R =D8', 'R date', 'R =F|M|U']);

/** NM1 of a provider with a national identifier. */
const PROVIDER = (entity: string, types: string): readonly ElementText[] => [
  `R =${entity}!`,
  `R =${types}`,
  'R 60',
  'S 35',
  'S 25',
  '-',
  'S 10',
  'R =XX',
  'R npi',
];
const TAXONOMY = (role: string): readonly ElementText[] => [`R =${role}!`, 'R =PXC', 'R taxonomy'];
const CONTACT: readonly ElementText[] = [
  'R =IC',
  'S 60',
  'R =TE|EM|FX',
  'R 256',
  'S =EX|EM|FX|TE',
  'S 256',
  'S =EX|EM|FX|TE',
  'S 256',
];
const LEVEL = (code: string, parent: ElementText, children: string): readonly ElementText[] => [
  'R #12',
  parent,
  `R =${code}!`,
  `R =${children}`,
];

const DIAGNOSES: readonly ElementText[] = [
  ['R', 'R =ABK!', 'R diagnosis'],
  ...Array.from({ length: 11 }, (): ElementText => ['S', 'R =ABF', 'R diagnosis']),
];

const FILING = '11|12|13|14|15|16|17|AM|BL|CH|CI|DS|FI|HM|LM|MA|MB|MC|OF|TV|VA|WC|ZZ';
const POINTER = '=1|2|3|4|5|6|7|8|9|10|11|12';

/** One group, up to six reasons: each a code, an amount and, hardly ever, a quantity. */
const ADJUSTMENTS = segment('CAS', 'S5', [
  'R =CO|CR|OA|PI|PR',
  ...Array.from({ length: 6 }, (_, index): readonly ElementText[] => {
    const usage = index === 0 ? 'R' : 'S';
    return [`${usage} 5`, `${usage} adjustment`, 'S quantity'];
  }).flat(),
]);

const LINE_DECISION = loop('2430 S15', [
  segment('SVD', 'R', [
    'R 2-80',
    'R amount',
    ['R', 'R =HC', 'R procedure', 'S modifier', 'S modifier', 'S modifier', 'S modifier'],
    '-',
    'R quantity',
    'S #6',
  ]),
  ADJUSTMENTS,
  segment('DTP', 'R', DATE('573')),
  segment('AMT', 'S', ['R =EAF!', 'R amount']),
]);

const SERVICE_LINE = loop(
  '2400 R50',
  [
    segment('LX', 'R', ['R #6']),
    segment('SV1', 'R', [
      ['R', 'R =HC', 'R procedure', 'S modifier', 'S modifier', 'S modifier', 'S modifier'],
      'R amount',
      'R =UN|MJ',
      'R quantity',
      'S place',
      '-',
      ['R', `R ${POINTER}`, `S ${POINTER}`, `S ${POINTER}`, `S ${POINTER}`],
    ]),
    segment('DTP', 'R', ['R =472!', 'R =D8|RD8', 'R dates']),
    segment('REF', 'S', REFERENCE('G1')),
    segment('REF', 'S', ['R =6R!', 'R 30']),
    segment('NTE', 'S', ['R =ADD|DCP', 'R 80']),
  ],
  [LINE_DECISION],
);

const OTHER_PAYER = loop(
  '2320 S10',
  [
    segment('SBR', 'R', [
      'R =A|B|C|D|E|F|G|H|P|S|T|U',
      'R =01|18|19|20|21|39|40|53|G8',
      'S 50',
      'S 60',
      'S =12|13|14|15|16|41|42|43|47',
      '-',
      '-',
      '-',
      `S =${FILING}`,
    ]),
    ADJUSTMENTS,
    segment('AMT', 'S', ['R =D!', 'R amount']),
    segment('AMT', 'S', ['R =A8!', 'R amount']),
    segment('AMT', 'S', ['R =EAF!', 'R amount']),
    segment('OI', 'R', ['-', '-', 'R =N|W|Y', 'S =P', '-', 'R =I|Y']),
  ],
  [
    loop('2330A R', [
      segment('NM1', 'R', ['R =IL!', 'R =1|2', 'R 60', 'S 35', 'S 25', '-', 'S 10', 'R =MI|II', 'R 2-80']),
      ADDRESS,
      CITY,
    ]),
    loop('2330B R', [
      segment('NM1', 'R', ['R =PR!', 'R =2', 'R 60', '-', '-', '-', '-', 'R =PI|XV', 'R 2-80']),
      ADDRESS,
      CITY,
      segment('DTP', 'S', DATE('573')),
      segment('REF', 'S', REFERENCE('G1')),
      segment('REF', 'S', REFERENCE('F8')),
    ]),
  ],
);

const CLAIM = loop(
  '2300 S100',
  [
    segment('CLM', 'R', [
      'R 20',
      'R amount',
      '-',
      '-',
      ['R', 'R place', 'R =B', 'R =1|7|8'],
      'R =Y|N',
      'R =A|B|C',
      'R =Y|N|W',
      'R =Y|I',
      'S =P',
      ['S', 'R =AA|EM|OA', 'S =AA|EM|OA', '-', 'S state', 'S 2-3'],
      'S =02|03|05|09',
      '-',
      '-',
      '-',
      '-',
      '-',
      '-',
      '-',
      'S =1|2|3|4|5|6|7|8|9|10|11|15',
    ]),
    segment('DTP', 'S', DATE('431')),
    segment('DTP', 'S', DATE('439')),
    segment('DTP', 'S', DATE('454')),
    segment('PWK', 'S10', ['R 2-2', 'R =AA|BM|EL|EM|FT|FX', '-', '-', 'S =AC', 'S 2-80']),
    segment('AMT', 'S', ['R =F5!', 'R amount']),
    segment('REF', 'S', REFERENCE('4N')),
    segment('REF', 'S', REFERENCE('9F')),
    segment('REF', 'S', REFERENCE('G1')),
    segment('REF', 'S', REFERENCE('F8')),
    segment('REF', 'S', ['R =D9!', 'R 20']),
    segment('REF', 'S', REFERENCE('EA')),
    segment('NTE', 'S', ['R =ADD|CER|DCP|DGN|TPO', 'R 80']),
    segment('HI', 'R', DIAGNOSES),
  ],
  [
    loop('2310A S2', [segment('NM1', 'R', PROVIDER('DN|P3', '1'))]),
    loop('2310B S', [segment('NM1', 'R', PROVIDER('82', '1|2')), segment('PRV', 'S', TAXONOMY('PE'))]),
    loop('2310D S', [segment('NM1', 'R', PROVIDER('DQ', '1'))]),
    OTHER_PAYER,
    SERVICE_LINE,
  ],
);

const PATIENT = loop(
  '2000C S99999',
  [segment('HL', 'R', LEVEL('23', 'R #12', '0')), segment('PAT', 'R', ['R =01|19|20|21|39|40|53|G8'])],
  [
    loop('2010CA R', [
      segment('NM1', 'R', ['R =QC!', 'R =1', 'R 60', 'S 35', 'S 25', '-', 'S 10']),
      REQUIRED_ADDRESS,
      REQUIRED_CITY,
      { ...BIRTH, usage: 'R' },
    ]),
    CLAIM,
  ],
);

const SUBSCRIBER = loop(
  '2000B R99999',
  [
    segment('HL', 'R', LEVEL('22', 'R #12', '0|1')),
    segment('SBR', 'R', [
      'R =P|S|T|A|B|C|D|E|F|G|H|U',
      'S =18',
      'S 50',
      'S 60',
      'S =12|13|14|15|16|41|42|43|47',
      '-',
      '-',
      '-',
      `S =${FILING}`,
    ]),
  ],
  [
    loop('2010BA R', [
      segment('NM1', 'R', ['R =IL!', 'R =1|2', 'R 60', 'S 35', 'S 25', '-', 'S 10', 'R =MI|II', 'R 2-80']),
      ADDRESS,
      CITY,
      BIRTH,
    ]),
    loop('2010BB R', [
      segment('NM1', 'R', ['R =PR!', 'R =2', 'R 60', '-', '-', '-', '-', 'R =PI|XV', 'R 2-80']),
      ADDRESS,
      CITY,
      segment('REF', 'S3', REFERENCE('2U|EI|FY|NF')),
      segment('REF', 'S2', REFERENCE('G2|LU')),
    ]),
    CLAIM,
    PATIENT,
  ],
);

const BILLING_PROVIDER = loop(
  '2000A R99999',
  [segment('HL', 'R', LEVEL('20', '-', '1')), segment('PRV', 'S', TAXONOMY('BI'))],
  [
    loop('2010AA R', [
      segment('NM1', 'R', PROVIDER('85', '1|2')),
      REQUIRED_ADDRESS,
      segment('N4', 'R', ['R 2-30', 'R state', 'R zip9']),
      segment('REF', 'R', ['R =EI|SY!', 'R tax-id']),
      segment('PER', 'S2', CONTACT),
    ]),
    SUBSCRIBER,
  ],
);

export const GUIDE_837P: LoopRule = loop(
  'ST R',
  [
    segment('ST', 'R', ['R =837', 'R 4-9', 'R =005010X222A1']),
    segment('BHT', 'R', ['R =0019', 'R =00|18', 'R 30', 'R date', 'R time', 'R =CH|RP']),
  ],
  [
    loop('1000A R', [
      segment('NM1', 'R', ['R =41!', 'R =1|2', 'R 60', 'S 35', 'S 25', '-', '-', 'R =46', 'R 2-80']),
      segment('PER', 'R2', CONTACT),
    ]),
    loop('1000B R', [segment('NM1', 'R', ['R =40!', 'R =2', 'R 60', '-', '-', '-', '-', 'R =46', 'R 2-80'])]),
    BILLING_PROVIDER,
  ],
);
