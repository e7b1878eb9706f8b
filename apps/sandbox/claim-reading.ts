import { type Loop, type LoopName, splitIntoLoops } from './x12-loops.js';
import { type Delimiters, elementOf, type Segment, type TransactionSet } from './x12-reading.js';
import { readAmount } from './x12-values.js';
import { checkSyntax, type SegmentError } from './claim-syntax.js';
import { type LineDecision, type OtherPayer, readLineDecision, readOtherPayers } from './prior-decision.js';

export interface Party {
  readonly kind: string;
  readonly last: string;
  readonly first: string;
  readonly id: string;
}

export interface ServiceLine {
  /** SV101, its components without the qualifier's description: qualifier, code, modifiers. */
  readonly procedure: readonly string[];
  /** Cents. */
  readonly charge: number;
  readonly units: string;
  readonly pointers: readonly number[];
  /** CCYYMMDD, or a range with `-`. */
  readonly date: string;
  /** REF*6R, which must come back if it was sent. */
  readonly reference?: string;
  /** What other payers decided on it before. */
  readonly decisions: readonly LineDecision[];
}

export interface Claim {
  readonly number: string;
  /** Cents. */
  readonly total: number;
  readonly placeOfService: string;
  readonly frequency: string;
  readonly diagnoses: number;
  readonly lines: readonly ServiceLine[];
  readonly subscriber: Party;
  /** Undefined if the claim stands under a subscriber who is not the patient, and no patient follows. */
  readonly patient: Party | undefined;
  /** Loop 2010BB. */
  readonly payer: Party;
  readonly filing: string;
  /** SBR01: whether this payer comes first (`P`), second (`S`) or later. */
  readonly rank: string;
  readonly otherPayers: readonly OtherPayer[];
  readonly billing: Party;
  readonly taxNumber: string;
  readonly clearinghouseNumber?: string;
  /** REF*F8: the payer's number of the claim that this one replaces or voids. */
  readonly original?: string;
}

export interface ClaimBatch {
  readonly control: string;
  /** BHT03 */
  readonly reference: string;
  readonly submitter: Party;
  readonly claims: readonly Claim[];
}

export interface ReadSet {
  readonly set: TransactionSet;
  readonly errors: readonly SegmentError[];
  /** Absent if the set is rejected. */
  readonly batch?: ClaimBatch;
}

const nobody: Party = { kind: '2', last: '', first: '', id: '' };

const find = (loop: Loop | undefined, id: string, qualifier?: string): Segment | undefined =>
  loop?.segments.find((one) => one.id === id && (qualifier === undefined || elementOf(one, 1) === qualifier));

const partyOf = (loop: Loop | undefined): Party => {
  const name = find(loop, 'NM1');
  if (name === undefined) return nobody;
  return {
    kind: elementOf(name, 2),
    last: elementOf(name, 3),
    first: elementOf(name, 4),
    id: elementOf(name, 9),
  };
};

const referenceIn = (loop: Loop, qualifier: string): string | undefined => {
  const found = find(loop, 'REF', qualifier);
  return found === undefined ? undefined : elementOf(found, 2);
};

const readLine = (loop: Loop, decided: readonly Loop[], delimiters: Delimiters): ServiceLine => {
  const service = find(loop, 'SV1');
  const part = (index: number): readonly string[] =>
    service === undefined ? [] : elementOf(service, index).split(delimiters.component);
  const date = find(loop, 'DTP', '472');
  const reference = referenceIn(loop, '6R');
  return {
    procedure: part(1).slice(0, 6),
    charge: service === undefined ? 0 : (readAmount(elementOf(service, 2)) ?? 0),
    units: service === undefined ? '' : elementOf(service, 4),
    pointers: part(7).map(Number),
    date: date === undefined ? '' : elementOf(date, 3),
    decisions: decided.map(readLineDecision),
    ...(reference === undefined ? {} : { reference }),
  };
};

/** Each 2400 with the 2430 that follow it. */
const readLines = (loops: readonly Loop[], delimiters: Delimiters): readonly ServiceLine[] =>
  loops.flatMap((loop, index) => {
    if (loop.name !== '2400') return [];
    const later = loops.slice(index + 1);
    const end = later.findIndex(({ name }) => name === '2400');
    const own = later.slice(0, end < 0 ? later.length : end);
    return [
      readLine(
        loop,
        own.filter(({ name }) => name === '2430'),
        delimiters,
      ),
    ];
  });

/** What stands above a claim, renewed as the levels go by. */
type Above = Map<LoopName, Loop>;

/** A new level ends what the one before it said about the people below. */
const cleared: Readonly<Partial<Record<LoopName, readonly LoopName[]>>> = {
  '2000A': ['2010AA', '2000B', '2010BA', '2010BB', '2000C', '2010CA'],
  '2000B': ['2010BA', '2010BB', '2000C', '2010CA'],
  '2000C': ['2010CA'],
};

const readClaim = (loops: readonly Loop[], above: Above, delimiters: Delimiters): Claim | undefined => {
  const [head, ...rest] = loops;
  const claim = find(head, 'CLM');
  if (head === undefined || claim === undefined) return undefined;
  const facility = elementOf(claim, 5).split(delimiters.component);
  const subscriber = partyOf(above.get('2010BA'));
  const coverage = find(above.get('2000B'), 'SBR');
  const subscriberIsPatient = coverage !== undefined && elementOf(coverage, 2) === '18';
  const tax = above.get('2010AA')?.segments.find((one) => one.id === 'REF' && ['EI', 'SY'].includes(elementOf(one, 1)));
  const clearinghouseNumber = referenceIn(head, 'D9');
  const original = referenceIn(head, 'F8');
  return {
    number: elementOf(claim, 1),
    total: readAmount(elementOf(claim, 2)) ?? 0,
    placeOfService: facility[0] ?? '',
    frequency: facility[2] ?? '',
    diagnoses: head.segments
      .filter((one) => one.id === 'HI')
      .flatMap((one) => one.elements.slice(1))
      .filter((code) => /^(ABK|ABF|BK|BF)/.test(code)).length,
    lines: readLines(rest, delimiters),
    subscriber,
    patient: above.has('2010CA') ? partyOf(above.get('2010CA')) : subscriberIsPatient ? subscriber : undefined,
    payer: partyOf(above.get('2010BB')),
    filing: coverage === undefined ? '' : elementOf(coverage, 9),
    rank: coverage === undefined ? '' : elementOf(coverage, 1),
    otherPayers: readOtherPayers(rest),
    billing: partyOf(above.get('2010AA')),
    taxNumber: tax === undefined ? '' : elementOf(tax, 2),
    ...(clearinghouseNumber === undefined ? {} : { clearinghouseNumber }),
    ...(original === undefined ? {} : { original }),
  };
};

const belongsToClaim = (loop: Loop | undefined): boolean => loop?.claim !== undefined && loop.name !== '2300';

const readBatch = (set: TransactionSet, loops: readonly Loop[], delimiters: Delimiters): ClaimBatch => {
  const above: Above = new Map();
  const claims: Claim[] = [];
  loops.forEach((loop, index) => {
    if (loop.name === '2300') {
      let end = index + 1;
      while (belongsToClaim(loops[end])) end++;
      const claim = readClaim(loops.slice(index, end), above, delimiters);
      if (claim !== undefined) claims.push(claim);
      return;
    }
    if (loop.claim !== undefined) return;
    for (const name of cleared[loop.name] ?? []) above.delete(name);
    above.set(loop.name, loop);
  });
  const head = find(above.get('HEADER'), 'BHT');
  return {
    control: set.control,
    reference: head === undefined ? '' : elementOf(head, 3),
    submitter: partyOf(above.get('1000A')),
    claims,
  };
};

/** Reads one transaction set of claims; with faults or errors it has no batch, for then nothing of it is taken. */
export const readSet = (set: TransactionSet, delimiters: Delimiters): ReadSet => {
  if (set.faults.length > 0) return { set, errors: [] };
  const loops = splitIntoLoops(set);
  const errors = checkSyntax(loops, delimiters);
  return errors.length > 0 ? { set, errors } : { set, errors, batch: readBatch(set, loops, delimiters) };
};
