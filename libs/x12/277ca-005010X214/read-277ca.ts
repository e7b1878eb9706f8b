import { failed, type Issue, issue, ok, type Result } from '#libs/kernel';
import type { AnswerSource } from '../read/answer-source.js';
import type { Segment, TransactionSet } from '../read/interchange.js';
import { SegmentCursor } from '../read/segment-cursor.js';
import { SegmentFields } from '../read/segment-fields.js';
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
  const providers: ProviderStatus[] = [];
  while (levels.enter('19')) {
    const provider = readProvider(levels);
    providers.push(...provider.statuses);
    claims.push(...provider.claims);
  }
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
    providers,
    claims,
    imbalances: imbalancesOf(totals, claims, cursor.issues),
  };
};

type ProviderStatus = ClaimAcknowledgement['providers'][number];

const readProvider = (
  levels: Levels,
): { readonly statuses: readonly ProviderStatus[]; readonly claims: readonly AcknowledgedClaim[] } => {
  const { cursor } = levels;
  cursor.take('NM1');
  const statuses = cursor
    .takeAll('TRN', 'STC', 'REF', 'QTY', 'AMT')
    .filter(({ name }) => name === 'STC')
    .map((segment) => readStatus(segment, '2200C', cursor.issues))
    .flatMap(({ statuses: [own], action }) => (own === undefined ? [] : [{ ...own, action }]));
  const claims: AcknowledgedClaim[] = [];
  while (levels.enter('PT')) {
    cursor.take('NM1');
    for (let next = cursor.takeIf('TRN'); next; next = cursor.takeIf('TRN')) {
      const claim = readClaim(cursor, next);
      if (claim !== undefined) claims.push(claim);
    }
  }
  return { statuses, claims };
};

/** QTY*90 and AMT*YU are of accepted claims, QTY*AA and AMT*YY of rejected ones. */
const imbalancesOf = (
  totals: readonly Segment[],
  claims: readonly AcknowledgedClaim[],
  issues: Issue[],
): readonly Issue[] =>
  totals.flatMap((segment) => {
    const fields = new SegmentFields(segment, '2200B', issues);
    const qualifier = fields.required(1, 3);
    const counted = claims.filter(({ action }) => action === (qualifier === '90' || qualifier === 'YU' ? 'WQ' : 'U'));
    const written = segment.name === 'QTY' ? fields.count(2) : fields.amount(2);
    const found = segment.name === 'QTY' ? counted.length : counted.reduce((sum, { charge }) => sum + (charge ?? 0), 0);
    return claims.length === 0 || written === found
      ? []
      : [issue('x12_unbalanced', `2200B/${segment.name}02`, qualifier)];
  });
