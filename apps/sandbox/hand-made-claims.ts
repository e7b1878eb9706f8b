/** Invented claims in X12, written by hand, for the tests of the sandbox. Nothing here is shared with the reader. */
export interface HandMadeLine {
  readonly code?: string;
  readonly charge?: string;
  readonly pointers?: string;
  readonly date?: string;
  /** REF*6R; an empty one is left out. */
  readonly reference?: string;
  /** Loop 2430. */
  readonly decision?: readonly string[];
}

export interface HandMadeClaim {
  readonly number: string;
  readonly total?: string;
  readonly frequency?: string;
  readonly member?: string;
  /** An empty one leaves HI out. */
  readonly diagnoses?: string;
  readonly d9?: string;
  readonly f8?: string;
  readonly filing?: string;
  readonly lines?: readonly HandMadeLine[];
  /** The client is somebody else's child. */
  readonly dependent?: boolean;
  /** SBR02 of a subscriber without dependents. */
  readonly relation?: string;
  /** SBR01. */
  readonly rank?: string;
  /** Loops 2320 and 2330. */
  readonly otherPayer?: readonly string[];
}

export interface HandMadeInterchange {
  readonly isa13?: string;
  readonly wantsTa1?: boolean;
  /** One transaction set for each list. */
  readonly sets: readonly (readonly HandMadeClaim[])[];
}

const lineSegments = (line: HandMadeLine, index: number, claim: HandMadeClaim): readonly string[] => {
  const reference = line.reference ?? `${claim.number}L${index + 1}`;
  return [
    `LX*${index + 1}`,
    `SV1*HC:${line.code ?? '90834'}*${line.charge ?? '140'}*UN*1***${line.pointers ?? '1'}`,
    `DTP*472*D8*${line.date ?? '20261005'}`,
    ...(reference === '' ? [] : [`REF*6R*${reference}`]),
    ...(line.decision ?? []),
  ];
};

const claimSegments = (claim: HandMadeClaim): readonly string[] => {
  const lines = claim.lines ?? [{}];
  const diagnoses = claim.diagnoses ?? 'ABK:F411';
  return [
    `CLM*${claim.number}*${claim.total ?? '140'}***11:B:${claim.frequency ?? '1'}*Y*A*Y*Y`,
    ...(claim.f8 === undefined ? [] : [`REF*F8*${claim.f8}`]),
    ...(claim.d9 === undefined ? [] : [`REF*D9*${claim.d9}`]),
    ...(diagnoses === '' ? [] : [`HI*${diagnoses}`]),
    'NM1*82*1*GRIMSHAW*VERA****XX*1999000016',
    ...(claim.otherPayer ?? []),
    ...lines.flatMap((line, index) => lineSegments(line, index, claim)),
  ];
};

const peopleSegments = (claim: HandMadeClaim, level: number): readonly string[] => {
  const member = claim.member ?? 'W100000001';
  const payer = 'NM1*PR*2*ACME MUTUAL HEALTH*****PI*ACM01';
  const home = ['N3*45 OAK AVE', 'N4*RIVERTON*NJ*08077'];
  if (!claim.dependent) {
    return [
      ...[`HL*${level}*1*22*0`, `SBR*${claim.rank ?? 'P'}*${claim.relation ?? '18'}*******${claim.filing ?? 'CI'}`],
      ...[`NM1*IL*1*FAIRWEATHER*CLEO*B***MI*${member}`, ...home, 'DMG*D8*19840315*F', payer],
    ];
  }
  return [
    ...[`HL*${level}*1*22*1`, `SBR*P********${claim.filing ?? 'CI'}`],
    ...[`NM1*IL*1*FAIRWEATHER*HUGO****MI*${member}`, payer],
    ...[`HL*${level + 1}*${level}*23*0`, 'PAT*19', 'NM1*QC*1*FAIRWEATHER*JUNO', ...home, 'DMG*D8*20120704*F'],
  ];
};

const setSegments = (claims: readonly HandMadeClaim[], index: number): readonly string[] => {
  const control = String(index + 1).padStart(4, '0');
  let level = 2;
  const body = [
    `ST*837*${control}*005010X222A1`,
    `BHT*0019*00*BATCH${index + 1}*20261101*1200*CH`,
    'NM1*41*2*WILLOW BILLING*****46*WILLOW',
    'PER*IC*EDI DESK*TE*2015550100',
    'NM1*40*2*ACME MUTUAL HEALTH*****46*ACME',
    ...['HL*1**20*1', 'NM1*85*2*WILLOW PSYCHOTHERAPY GROUP*****XX*1999000008', 'N3*12 ELM ST'],
    ...['N4*SPRINGDALE*NJ*070811234', 'REF*EI*222333444'],
    ...claims.flatMap((claim) => {
      const people = peopleSegments(claim, level);
      level += claim.dependent ? 2 : 1;
      return [...people, ...claimSegments(claim)];
    }),
  ];
  return [...body, `SE*${body.length + 1}*${control}`];
};

export const handMade = (interchange: HandMadeInterchange): string => {
  const isa13 = interchange.isa13 ?? '000000501';
  const group = String(Number(isa13));
  const padded = (text: string): string => text.padEnd(15);
  return [
    `ISA*00*          *00*          *ZZ*${padded('WILLOW')}*ZZ*${padded('ACME')}*261101*1200*^*00501*${isa13}*${interchange.wantsTa1 ? '1' : '0'}*T*:`,
    `GS*HC*WILLOW*ACME*20261101*1200*${group}*X*005010X222A1`,
    ...interchange.sets.flatMap(setSegments),
    `GE*${interchange.sets.length}*${group}`,
    `IEA*1*${isa13}`,
  ]
    .map((segment) => `${segment}~\n`)
    .join('');
};

/** Splits an answer as naively as can be: the tests look with other eyes than the writer. */
export const segmentsOf = (text: string): readonly (readonly string[])[] =>
  text
    .split('~')
    .filter((segment) => segment.trim() !== '')
    .map((segment) => segment.trim().split('*'));
