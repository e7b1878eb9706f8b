import type {
  DisclosureLists,
  DisclosureQueue,
  DisclosureRecord,
  Page,
  PageRequest,
  WantedList,
  WantedQueue,
} from '#libs/application';
import type { DisclosureOrder } from '#libs/contracts';
import { limitOf, pageOf, placeAfter } from '../cursor.js';
import { DatabaseError } from '../database-error.js';
import { isBehind, nameOfOrder, orderBy, wholeOrder } from '../list-order.js';
import type { Scope } from '../scope.js';
import { StatementParts } from '../statement-parts.js';
import { DISCLOSURE_COLUMNS, disclosuresOf } from './disclosure-rows.js';
import { whereFiltered, whereInReach } from './list-conditions.js';
import { TODAY } from './practice-days.js';
import { byDeadline, DISCLOSURE_QUEUES, QUEUE_CONDITIONS } from './queue-conditions.js';

const OLDEST_FIRST: readonly DisclosureOrder[] = [{ by: 'createdAt', descending: false }];
const DEADLINE_FIRST: readonly DisclosureOrder[] = [{ by: 'filingDeadline', descending: false }];

/** The values of the sorted columns; an empty text where there is none. */
const valuesOf = (record: DisclosureRecord, order: readonly DisclosureOrder[]): readonly string[] =>
  order.map(({ by }) => {
    switch (by) {
      case 'createdAt':
      case 'updatedAt':
      case 'state':
      case 'format':
      case 'purpose':
        return String(record[by]);
      default:
        return String(record.listed?.[by] ?? '');
    }
  });

const AWAKE = `w.snoozed_until IS NULL OR w.snoozed_until <= ${TODAY}`;
const WITH_WORK = 'disclosure d LEFT JOIN work_item w ON w.practice_id = $1 AND w.id = d.id';

/** Lists of disclosures, in whatever order and reach, over columns in clear and nothing else. */
export class DisclosureListRows implements DisclosureLists {
  constructor(private readonly scope: Scope) {}

  page(wanted: WantedList, request: PageRequest): Promise<Page<DisclosureRecord>> {
    const parts = this.#begin(wanted);
    whereFiltered(parts, wanted.filter);
    return this.#pageOf({ parts, from: 'disclosure d', order: wholeOrder(wanted.order) }, request);
  }

  async count(wanted: Omit<WantedList, 'order'>, most?: number): Promise<number> {
    const parts = this.#begin(wanted);
    whereFiltered(parts, wanted.filter);
    const limit = most === undefined ? '' : ` LIMIT ${parts.add(most)}`;
    const [row] = await this.scope.sql.rows(
      `SELECT count(*) AS count FROM (SELECT 1 FROM disclosure d WHERE ${parts.condition}${limit}) AS found`,
      parts.parameters,
    );
    return row?.number('count') ?? 0;
  }

  queue(queue: DisclosureQueue, wanted: WantedQueue, request: PageRequest): Promise<Page<DisclosureRecord>> {
    const parts = this.#begin(wanted);
    parts.where(`(${QUEUE_CONDITIONS[queue]})`);
    parts.where(wanted.snoozed ? `NOT (${AWAKE})` : `(${AWAKE})`);
    if (wanted.assignee !== undefined) parts.where(`w.assignee_id = ${parts.add(wanted.assignee)}::uuid`);
    const order = byDeadline(queue) ? DEADLINE_FIRST : OLDEST_FIRST;
    return this.#pageOf({ parts, from: WITH_WORK, order }, request);
  }

  async countQueues(wanted: Omit<WantedQueue, 'snoozed'>): ReturnType<DisclosureLists['countQueues']> {
    const parts = this.#begin(wanted);
    if (wanted.assignee !== undefined) parts.where(`w.assignee_id = ${parts.add(wanted.assignee)}::uuid`);
    const counts = DISCLOSURE_QUEUES.map(
      (queue) => `SELECT '${queue}' AS queue, count(*) FILTER (WHERE ${AWAKE}) AS open,
        count(*) FILTER (WHERE NOT (${AWAKE})) AS snoozed FROM ${WITH_WORK}
        WHERE ${parts.condition} AND (${QUEUE_CONDITIONS[queue]})`,
    );
    const rows = await this.scope.sql.rows(counts.join(' UNION ALL '), parts.parameters);
    return new Map(
      rows.map((row) => [
        row.text('queue') as DisclosureQueue,
        { open: row.number('open'), snoozed: row.number('snoozed') },
      ]),
    );
  }

  #begin({ reach }: Pick<WantedList, 'reach'>): StatementParts {
    const parts = new StatementParts(this.scope.practice);
    parts.where('d.practice_id = $1');
    whereInReach(parts, reach, 'd.client_id');
    return parts;
  }

  async #pageOf(
    asked: { readonly parts: StatementParts; readonly from: string; readonly order: readonly DisclosureOrder[] },
    request: PageRequest,
  ): Promise<Page<DisclosureRecord>> {
    const { parts, from, order } = asked;
    const limit = limitOf(request);
    const name = nameOfOrder(order);
    const place = placeAfter(request, ['text', ...order.map(() => 'text' as const), 'id'])?.map(String);
    if (place !== undefined) {
      if (place[0] !== name) throw new DatabaseError('cursor_invalid');
      parts.where(`(${isBehind(parts, order, { values: place.slice(1, -1), id: place.at(-1) ?? '' })})`);
    }
    const rows = await this.scope.sql.rows(
      `SELECT ${DISCLOSURE_COLUMNS} FROM ${from} WHERE ${parts.condition} ORDER BY ${orderBy(order)} LIMIT ${parts.add(limit + 1)}`,
      parts.parameters,
    );
    return pageOf(await disclosuresOf(this.scope, rows), limit, (one) => [name, ...valuesOf(one, order), one.id]);
  }
}
