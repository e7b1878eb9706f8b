import { type Cents, failed, type Issue, ok, type Result } from '#libs/kernel';
import type { AnswerSource } from '../read/answer-source.js';
import type { TransactionSet } from '../read/interchange.js';
import { SegmentCursor } from '../read/segment-cursor.js';
import { SegmentFields } from '../read/segment-fields.js';
import { imbalancesOf } from './balance.js';
import type { AcknowledgedClaim, ClaimAcknowledgement } from './claim-acknowledgement.js';
import { readClaim } from './read-claim.js';
import { readStatus } from './read-status.js';

type InformationSource = ClaimAcknowledgement['informationSource'];

/** One acknowledgement for each batch (loop 2000B) in the set. */
export const read277ca = (set: TransactionSet, source: AnswerSource): Result<readonly ClaimAcknowledgement[]> => {
  const cursor = new SegmentCursor(set.segments.slice(1, -1), '277', 2);
  const header = cursor.take('BHT');
  if (header !== undefined) {
    const fields = new SegmentFields(header, 'BHT', cursor.issues);
    fields.code(1, ['0085']);
    fields.code(6, ['TH']);
  }
  const levels = new Levels(cursor);
  const answers: ClaimAcknowledgement[] = [];
  let acknowledger = levels.enter('20') ? readInformationSource(cursor) : undefined;
  while (acknowledger !== undefined && levels.enter('21')) {
    const answer = readBatch(levels, acknowledger);
    if (answer !== undefined) answers.push({ ...answer, source });
    if (levels.enter('20')) acknowledger = readInformationSource(cursor);
  }
  cursor.finish();
  cursor.expect(answers.length > 0, 'x12_required_missing', '277/2000B');
  return cursor.issues.length > 0 ? failed(...cursor.issues) : ok(answers);
};

/** The HL segments: numbered from 1 without a gap, each under a parent that came before (HL01, HL02). */
class Levels {
  #number = 0;
  readonly #seen = new Map<string, string>();

  constructor(readonly cursor: SegmentCursor) {}

  enter(level: '20' | '21' | '19' | 'PT'): boolean {
    const next = this.cursor.next;
    if (next?.name !== 'HL' || next.elements[2] !== level) return false;
    this.cursor.takeIf('HL');
    const fields = new SegmentFields(next, PARENT[level].loop, this.cursor.issues);
    this.#number += 1;
    if (fields.required(1, 12) !== String(this.#number)) fields.refuse('x12_hierarchy', 1);
    const parent = fields.optional(2);
    const parentLevel = parent === undefined ? undefined : this.#seen.get(parent);
    if (parentLevel !== PARENT[level].level || (parent === undefined) !== (level === '20')) {
      fields.refuse('x12_hierarchy', 2);
    }
    this.#seen.set(String(this.#number), level);
    return true;
  }
}

const PARENT = {
  '20': { level: undefined, loop: '2000A' },
  '21': { level: '20', loop: '2000B' },
  '19': { level: '21', loop: '2000C' },
  PT: { level: '19', loop: '2000D' },
} as const;

const readInformationSource = (cursor: SegmentCursor): InformationSource | undefined => {
  const name = cursor.take('NM1');
  const trace = cursor.take('TRN');
  cursor.takeAll('DTP');
  if (name === undefined || trace === undefined) return undefined;
  const nm1 = new SegmentFields(name, '2100A', cursor.issues);
  const trn = new SegmentFields(trace, '2200A', cursor.issues);
  trn.code(1, ['1']);
  return { role: nm1.code(1, ['PR', 'AY']), id: nm1.required(9, 80), trace: trn.required(2, 50) };
};

const readBatch = (
  levels: Levels,
  informationSource: InformationSource,
): Omit<ClaimAcknowledgement, 'source'> | undefined => {
  const { cursor } = levels;
  const submitter = cursor.take('NM1');
  const trace = cursor.take('TRN');
  const statuses = cursor.takeAll('STC').map((segment) => readStatus(segment, '2200B', cursor.issues));
  const totals = cursor.takeAll('QTY', 'AMT');
  const claims: AcknowledgedClaim[] = [];
  const providers: ProviderRead[] = [];
  while (levels.enter('19')) {
    const provider = readProvider(levels);
    providers.push(provider);
    claims.push(...provider.claims);
  }
  const unlisted = providers.flatMap((one) => (one.claims.length === 0 ? (one.charge ?? []) : []));
  const [first] = statuses;
  const own = first?.statuses[0];
  if (submitter === undefined || trace === undefined) return undefined;
  const trn = new SegmentFields(trace, '2200B', cursor.issues);
  new SegmentFields(submitter, '2100B', cursor.issues).code(1, ['41']);
  trn.code(1, ['2']);
  const batchReference = trn.required(2, 50);
  if (first === undefined || own === undefined) {
    trn.refuse('x12_status_missing', 2);
    return undefined;
  }
  if (statuses.some(({ action }) => action !== first.action)) trn.refuse('x12_status_contradicts', 2);
  return {
    kind: '277CA',
    batchReference,
    informationSource,
    batch: { ...own, action: first.action },
    providers: providers.flatMap((one) => one.statuses),
    claims,
    imbalances: [
      ...imbalancesOf({ loop: '2200B', statuses, totals, claims }, unlisted, cursor.issues),
      ...providers.flatMap((one) => one.imbalances),
    ],
  };
};

type ProviderStatus = ClaimAcknowledgement['providers'][number];

interface ProviderRead {
  readonly statuses: readonly ProviderStatus[];
  readonly claims: readonly AcknowledgedClaim[];
  /** Of all its claims (STC04). */
  readonly charge: Cents | undefined;
  readonly imbalances: readonly Issue[];
}

const readProvider = (levels: Levels): ProviderRead => {
  const { cursor } = levels;
  cursor.take('NM1');
  const own = cursor.takeAll('TRN', 'STC', 'REF', 'QTY', 'AMT');
  const statuses = own
    .filter(({ name }) => name === 'STC')
    .map((segment) => readStatus(segment, '2200C', cursor.issues));
  const totals = own.filter(({ name }) => name === 'QTY' || name === 'AMT');
  const claims: AcknowledgedClaim[] = [];
  while (levels.enter('PT')) {
    cursor.take('NM1');
    for (let next = cursor.takeIf('TRN'); next; next = cursor.takeIf('TRN')) {
      const claim = readClaim(cursor, next);
      if (claim !== undefined) claims.push(claim);
    }
  }
  return {
    statuses: statuses.flatMap(({ statuses: [first], action }) => (first === undefined ? [] : [{ ...first, action }])),
    claims,
    charge: statuses[0]?.charge,
    imbalances: imbalancesOf({ loop: '2200C', statuses, totals, claims }, [], cursor.issues),
  };
};
