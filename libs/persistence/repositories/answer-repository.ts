import type { AnswerDetail, AnswerRecord, AnswerRepository } from '#libs/application';
import { type AnswerKind, decidingAnswer, kindsOf } from '#libs/disclosure';
import type { ClientId, DisclosureId, LaneId, TransmissionId } from '#libs/kernel';
import { DatabaseError } from '../database-error.js';
import type { Scope } from '../scope.js';
import { instantOf } from '../sql.js';
import { required } from '../vault.js';

const detailPlace = (id: string) => ({ class: 'answer', row: `${id}/detail` }) as const;
const incomingPlace = (lane: LaneId, digest: string) => ({ class: 'answer', row: `${lane}/${digest}` }) as const;

/** What the blind index of an insurer's claim number is for. */
export const CLAIM_NUMBER = 'claim-number';

/** Everything that came back, append-only. */
export class AnswerRows implements AnswerRepository {
  constructor(private readonly scope: Scope) {}

  async admit(lane: LaneId, incoming: Parameters<AnswerRepository['admit']>[1]): Promise<boolean> {
    const { sql, practice, vault, now } = this.scope;
    const { digest, bytes, mediaType } = incoming;
    // One file answers for many clients, so it is under the practice's key.
    const added = await sql.run(
      `INSERT INTO inbox (practice_id, lane_id, digest, media_type, received_at, bytes) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT DO NOTHING`,
      [
        practice,
        lane,
        digest,
        mediaType,
        instantOf(now),
        vault.ofPractice.closeBytes(incomingPlace(lane, digest), bytes),
      ],
    );
    return added === 1;
  }

  async add(answers: readonly AnswerRecord[]): Promise<void> {
    if (answers.length === 0) return;
    const { sql, practice, vault } = this.scope;
    const rows = await sql.rows(
      'SELECT id, client_id FROM disclosure WHERE practice_id = $1 AND id = ANY ($2::uuid[]) ORDER BY id FOR NO KEY UPDATE',
      [practice, answers.map((one) => one.disclosure)],
    );
    const clientOf = new Map(
      rows.map((row) => [row.text('id') as DisclosureId, row.text('client_id') as ClientId] as const),
    );
    const clients = answers.map((one) => {
      const client = clientOf.get(one.disclosure);
      if (client === undefined) throw new DatabaseError('foreign_key_violation:fk_answer_disclosure');
      return client;
    });
    const lockers = await vault.lockers(clients);
    await sql.run(
      `INSERT INTO answer (practice_id, id, disclosure_id, transmission_id, client_id, kind, received_at, incoming, layer, claim_number, detail)
        SELECT $1, * FROM unnest($2::text[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::timestamptz[], $8::text[], $9::text[], $10::text[], $11::bytea[])`,
      [
        practice,
        answers.map((one) => one.id),
        answers.map((one) => one.disclosure),
        answers.map((one) => one.transmission),
        clients,
        answers.map((one) => one.kind),
        answers.map((one) => instantOf(one.receivedAt)),
        answers.map((one) => one.incoming ?? null),
        answers.map((one) => one.layer ?? 'insurer'),
        answers.map(({ detail }) =>
          detail.payerClaimNumber === undefined
            ? null
            : this.scope.keys.blindIndex(practice, CLAIM_NUMBER, detail.payerClaimNumber),
        ),
        answers.map((one) => {
          const client = clientOf.get(one.disclosure);
          if (client === undefined) throw new DatabaseError('unexpected_row');
          return required(lockers, client).close(detailPlace(one.id), one.detail);
        }),
      ],
    );
    await this.#decide([...clientOf.keys()]);
  }

  /** What decides is what lists filter by. The rows are locked, so that of two answers at once neither is left out. */
  async #decide(disclosures: readonly DisclosureId[]): Promise<void> {
    const { sql, practice } = this.scope;
    const rows = await sql.rows(
      'SELECT disclosure_id, kind, layer FROM answer WHERE practice_id = $1 AND disclosure_id = ANY ($2::uuid[]) ORDER BY arrival',
      [practice, disclosures],
    );
    const heard = new Map<string, { readonly kind: AnswerKind; readonly layer?: 'clearinghouse' }[]>();
    for (const row of rows) {
      const answer = {
        kind: row.text('kind') as AnswerKind,
        ...(row.text('layer') === 'clearinghouse' ? ({ layer: 'clearinghouse' } as const) : {}),
      };
      heard.set(row.text('disclosure_id'), [...(heard.get(row.text('disclosure_id')) ?? []), answer]);
    }
    const decided = [...heard].map(([id, answers]) => [id, decidingAnswer(kindsOf(answers)) ?? null] as const);
    await sql.run(
      `UPDATE disclosure d SET heard = h.kind FROM unnest($2::uuid[], $3::text[]) AS h (id, kind)
        WHERE d.practice_id = $1 AND d.id = h.id`,
      [practice, decided.map(([id]) => id), decided.map(([, kind]) => kind)],
    );
  }

  /** In order of arrival. */
  async of(disclosures: readonly DisclosureId[]): Promise<ReadonlyMap<DisclosureId, readonly AnswerRecord[]>> {
    const rows = await this.scope.sql.rows(
      `SELECT id, disclosure_id, transmission_id, client_id, kind, received_at, incoming, layer, detail FROM answer
        WHERE practice_id = $1 AND disclosure_id = ANY ($2::uuid[]) ORDER BY arrival`,
      [this.scope.practice, disclosures],
    );
    const lockers = await this.scope.vault.lockers(rows.map((row) => row.text('client_id') as ClientId));
    const answers = new Map<DisclosureId, AnswerRecord[]>();
    for (const row of rows) {
      const id = row.text('id');
      const disclosure = row.text('disclosure_id') as DisclosureId;
      const locker = lockers.get(row.text('client_id') as ClientId);
      if (locker === undefined) continue;
      const incoming = row.optionalText('incoming');
      const answer: AnswerRecord = {
        id,
        disclosure,
        transmission: row.text('transmission_id') as TransmissionId,
        kind: row.text('kind') as AnswerKind,
        receivedAt: row.instant('received_at'),
        ...(incoming === undefined ? {} : { incoming }),
        ...(row.text('layer') === 'clearinghouse' ? { layer: 'clearinghouse' as const } : {}),
        detail: locker.open(detailPlace(id), row.bytes('detail')) as AnswerDetail,
      };
      const known = answers.get(disclosure);
      if (known === undefined) answers.set(disclosure, [answer]);
      else known.push(answer);
    }
    return answers;
  }

  async quarantine(lane: LaneId, incoming: Parameters<AnswerRepository['quarantine']>[1]): Promise<void> {
    await this.scope.sql.run(
      `INSERT INTO quarantine (practice_id, lane_id, digest, code, received_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT DO NOTHING`,
      [this.scope.practice, lane, incoming.digest, incoming.code, instantOf(this.scope.now)],
    );
  }
}
