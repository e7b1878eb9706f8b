import type { InsightDay, InsightRepository, InsightScope, InsightTotals } from '#libs/application';
import type { DisclosureId, InsurerId, PlainDate } from '#libs/kernel';
import type { Curer } from '#libs/release';
import type { Scope } from '../scope.js';
import { limitOf, pageOf, placeAfter } from '../cursor.js';
import { instantOf, type Parameter } from '../sql.js';
import { dayOf, startOf } from './practice-days.js';
import { decisionsBehind, lastDecisionsOf, HAS_LEFT } from './decision-rows.js';

/** Disclosures of a scope with when their first bytes left, when anything first came back, and what. */
const FACTS = `
  WITH scoped AS MATERIALIZED (
    SELECT d.* FROM disclosure d
    WHERE d.practice_id = $1 AND d.created_at >= ${startOf('$2::date')}
      AND d.created_at < ${startOf('$3::date + 1')}
      AND ($4::uuid IS NULL OR EXISTS (
        SELECT 1 FROM client_clinician c WHERE c.practice_id = $1 AND c.client_id = d.client_id
          AND c.clinician_id = $4 AND c.starts_on <= $5::date AND (c.ends_on IS NULL OR c.ends_on > $5::date)
      ))
  ), went AS (
    SELECT i.disclosure_id, min(a.permitted_at) AS sent_at FROM transmission_item i
    JOIN attempt a ON a.practice_id = i.practice_id AND a.transmission_id = i.transmission_id
    WHERE i.practice_id = $1 AND i.disclosure_id IN (SELECT id FROM scoped) AND a.outcome IN ('accepted', 'ambiguous')
    GROUP BY i.disclosure_id
  ), came AS (
    SELECT disclosure_id, min(received_at) AS answered_at, array_agg(kind) AS kinds FROM answer
    WHERE practice_id = $1 AND disclosure_id IN (SELECT id FROM scoped) GROUP BY disclosure_id
  ), fact AS (
    SELECT s.id, s.insurer_id, s.state, s.curer, s.created_at, s.corrects_id, w.sent_at, c.answered_at,
      coalesce(c.kinds, '{}') AS kinds
    FROM scoped s LEFT JOIN went w ON w.disclosure_id = s.id LEFT JOIN came c ON c.disclosure_id = s.id
  )`;

const SENT = `(state IN ('sent', 'received') OR sent_at IS NOT NULL)`;

/** Counts over states, times and kinds of answers, all of which are stored in clear. */
export class InsightRows implements InsightRepository {
  constructor(private readonly scope: Scope) {}

  #parameters({ from, to, treatedBy }: InsightScope): readonly Parameter[] {
    return [this.scope.practice, from, to, treatedBy?.clinician ?? null, treatedBy?.on ?? null];
  }

  async totals(...[of, kinds]: Parameters<InsightRepository['totals']>): Promise<InsightTotals> {
    const [row] = await this.scope.sql.rows(
      `${FACTS}
      SELECT count(*)::integer AS accepted, count(*) FILTER (WHERE ${SENT})::integer AS sent,
        count(*) FILTER (WHERE state = 'held')::integer AS held,
        count(*) FILTER (WHERE state = 'blocked')::integer AS blocked,
        count(*) FILTER (WHERE state = 'parked')::integer AS parked,
        count(*) FILTER (WHERE corrects_id IS NULL AND (kinds && $6::text[] OR kinds && $7::text[]))::integer AS first_answered,
        count(*) FILTER (WHERE corrects_id IS NULL AND kinds && $6::text[] AND NOT kinds && $7::text[])::integer AS first_accepted,
        count(*) FILTER (WHERE answered_at >= sent_at)::integer AS answered,
        round(percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM answered_at - sent_at)::double precision)
          FILTER (WHERE answered_at >= sent_at))::integer AS median,
        round(percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM answered_at - sent_at)::double precision)
          FILTER (WHERE answered_at >= sent_at))::integer AS p90
      FROM fact`,
      [...this.#parameters(of), kinds.taken, kinds.refused],
    );
    const numberOf = (name: string): number => row?.number(name) ?? 0;
    const [median, p90] = [row?.optionalNumber('median'), row?.optionalNumber('p90')];
    return {
      accepted: numberOf('accepted'),
      sent: numberOf('sent'),
      held: numberOf('held'),
      blocked: numberOf('blocked'),
      parked: numberOf('parked'),
      firstAnswered: numberOf('first_answered'),
      firstAccepted: numberOf('first_accepted'),
      latency: {
        answered: numberOf('answered'),
        ...(median === undefined ? {} : { median }),
        ...(p90 === undefined ? {} : { p90 }),
      },
    };
  }

  async heldBy(of: InsightScope): Promise<ReadonlyMap<Curer, number>> {
    const rows = await this.scope.sql.rows(
      `${FACTS} SELECT curer, count(*)::integer AS count FROM fact
        WHERE state IN ('held', 'blocked') AND curer IS NOT NULL GROUP BY curer`,
      this.#parameters(of),
    );
    return new Map(rows.map((row) => [row.text('curer') as Curer, row.number('count')]));
  }

  async days(of: InsightScope): Promise<readonly InsightDay[]> {
    const rows = await this.scope.sql.rows(
      `${FACTS}, happened AS (
        SELECT ${dayOf('created_at')} AS on_day, 'accepted' AS what FROM fact
        UNION ALL SELECT ${dayOf('created_at')}, 'held' FROM fact WHERE state IN ('held', 'blocked', 'parked')
        UNION ALL SELECT ${dayOf('sent_at')}, 'sent' FROM fact WHERE sent_at IS NOT NULL
        UNION ALL SELECT ${dayOf('answered_at')}, 'answered' FROM fact WHERE answered_at IS NOT NULL
      )
      SELECT on_day::text, count(*) FILTER (WHERE what = 'accepted')::integer AS accepted,
        count(*) FILTER (WHERE what = 'sent')::integer AS sent, count(*) FILTER (WHERE what = 'held')::integer AS held,
        count(*) FILTER (WHERE what = 'answered')::integer AS answered
      FROM happened WHERE on_day BETWEEN $2::date AND $3::date GROUP BY on_day ORDER BY on_day`,
      this.#parameters(of),
    );
    return rows.map((row) => ({
      on: row.text('on_day') as PlainDate,
      accepted: row.number('accepted'),
      sent: row.number('sent'),
      held: row.number('held'),
      answered: row.number('answered'),
    }));
  }

  async lastDecisions(
    ...[of, limit]: Parameters<InsightRepository['lastDecisions']>
  ): ReturnType<InsightRepository['lastDecisions']> {
    const rows = await this.scope.sql.rows(
      `${FACTS} SELECT id, insurer_id FROM fact
        WHERE EXISTS (SELECT 1 FROM decision e WHERE e.practice_id = $1 AND e.disclosure_id = fact.id)
        ORDER BY created_at DESC, id DESC LIMIT $6`,
      [...this.#parameters(of), limit],
    );
    const decisions = await lastDecisionsOf(
      this.scope,
      rows.map((row) => row.text('id') as DisclosureId),
    );
    return rows.flatMap((row) => {
      const decision = decisions.get(row.text('id') as DisclosureId);
      return decision === undefined ? [] : [{ insurer: row.text('insurer_id') as InsurerId, decision }];
    });
  }

  decisionsBehind(disclosures: readonly DisclosureId[]): ReturnType<InsightRepository['decisionsBehind']> {
    return decisionsBehind(this.scope, disclosures);
  }

  async gone(...[of, request]: Parameters<InsightRepository['gone']>): ReturnType<InsightRepository['gone']> {
    const limit = limitOf(request);
    const [sentAt, id] = placeAfter(request, ['instant', 'id']) ?? [];
    const rows = await this.scope.sql.rows(
      `SELECT id, sent_at FROM (
        SELECT d.id, min(a.permitted_at) AS sent_at FROM disclosure d
        JOIN transmission_item i ON i.practice_id = d.practice_id AND i.disclosure_id = d.id
        JOIN attempt a ON a.practice_id = i.practice_id AND a.transmission_id = i.transmission_id
        WHERE d.practice_id = $1 AND d.client_id = $2 AND ${HAS_LEFT} GROUP BY d.id
      ) AS gone
      WHERE ($3::date IS NULL OR sent_at >= ${startOf('$3::date')})
        AND ($4::date IS NULL OR sent_at < ${startOf('$4::date + 1')})
        AND ($5::timestamptz IS NULL OR (sent_at, id) < ($5, $6::uuid))
      ORDER BY sent_at DESC, id DESC LIMIT $7`,
      [
        this.scope.practice,
        of.client,
        of.from ?? null,
        of.to ?? null,
        typeof sentAt === 'number' ? instantOf(sentAt) : null,
        typeof id === 'string' ? id : null,
        limit + 1,
      ],
    );
    const found = rows.map((row) => ({ disclosure: row.text('id') as DisclosureId, sentAt: row.instant('sent_at') }));
    return pageOf(found, limit, (one) => [one.sentAt, one.disclosure]);
  }
}
