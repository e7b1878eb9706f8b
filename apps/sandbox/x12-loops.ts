import { elementOf, type Segment, type TransactionSet } from './x12-reading.js';

/** The loops of an 837P as this insurer tells them apart; `HEADER` holds what stands before loop 1000A. */
export type LoopName =
  | 'HEADER'
  | '1000A'
  | '1000B'
  | '2000A'
  | '2010AA'
  | '2010AB'
  | '2000B'
  | '2010BA'
  | '2010BB'
  | '2000C'
  | '2010CA'
  | '2300'
  | '2310'
  | '2320'
  | '2330'
  | '2400'
  | '2410'
  | '2420'
  | '2430'
  | '2440';

export interface Loop {
  readonly name: LoopName;
  readonly segments: readonly Segment[];
  /** CLM01 of the claim to which the loop belongs. */
  readonly claim?: string;
}

type Place = 'before' | 'claim' | 'otherCoverage' | 'line' | 'lineCoverage';

const hierarchical: Readonly<Record<string, LoopName>> = { '20': '2000A', '22': '2000B', '23': '2000C' };

const partyBeforeClaim: Readonly<Record<string, LoopName>> = {
  '41': '1000A',
  '40': '1000B',
  '85': '2010AA',
  '87': '2010AB',
  PE: '2010AB',
  IL: '2010BA',
  PR: '2010BB',
  QC: '2010CA',
};

const partyAt = (place: Place, entity: string): LoopName | undefined => {
  switch (place) {
    case 'before':
      return partyBeforeClaim[entity];
    case 'claim':
      return '2310';
    case 'otherCoverage':
      return '2330';
    case 'line':
    case 'lineCoverage':
      return '2420';
  }
};

/** Which loop a segment opens at this place, if it opens one. */
const opens = (segment: Segment, place: Place): LoopName | undefined => {
  switch (segment.id) {
    case 'HL':
      return hierarchical[elementOf(segment, 3)];
    case 'NM1':
      return partyAt(place, elementOf(segment, 1));
    case 'CLM':
      return '2300';
    case 'SBR':
      return place === 'before' ? undefined : '2320';
    case 'LX':
      return '2400';
    case 'LIN':
      return '2410';
    case 'SVD':
      return '2430';
    case 'LQ':
      return '2440';
    default:
      return undefined;
  }
};

const placeIn = (name: LoopName, place: Place): Place => {
  switch (name) {
    case '2300':
      return 'claim';
    case '2320':
      return 'otherCoverage';
    case '2400':
      return 'line';
    case '2430':
      return 'lineCoverage';
    case '2310':
    case '2330':
    case '2410':
    case '2420':
    case '2440':
      return place;
    case 'HEADER':
    case '1000A':
    case '1000B':
    case '2000A':
    case '2010AA':
    case '2010AB':
    case '2000B':
    case '2010BA':
    case '2010BB':
    case '2000C':
    case '2010CA':
      return 'before';
  }
};

/** Cuts a transaction set, without ST and SE, into its loops in the order in which they stand. */
export const splitIntoLoops = (set: TransactionSet): readonly Loop[] => {
  const loops: Loop[] = [];
  let open: { name: LoopName; segments: Segment[] } = { name: 'HEADER', segments: [] };
  let place: Place = 'before';
  let claim: string | undefined;
  const close = (): void => {
    loops.push(claim === undefined ? open : { ...open, claim });
  };
  for (const segment of set.segments) {
    if (segment.id === 'ST' || segment.id === 'SE') continue;
    const name = opens(segment, place);
    if (name === undefined) {
      open.segments.push(segment);
      continue;
    }
    close();
    open = { name, segments: [segment] };
    place = placeIn(name, place);
    if (name === '2300') claim = elementOf(segment, 1);
    else if (place === 'before') claim = undefined;
  }
  close();
  return loops;
};
