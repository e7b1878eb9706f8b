import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnswerRecord, Keys, LedgerEntry } from '#libs/application';
import type { DisclosureId } from '#libs/kernel';
import { type FreshDatabase, freshDatabase, freshKeys, valueOf } from '../../test/support/fresh-database.js';
import {
  aDecision,
  aDisclosure,
  aDocument,
  aTransmission,
  aWorld,
  newId,
  submitted,
} from '../../test/support/store-fixtures.js';
import { DatabaseError, type OpenStore, openStore } from './index.js';

let database: FreshDatabase;
let keys: Keys;
let open: OpenStore;

beforeAll(async () => {
  database = await freshDatabase();
  keys = await freshKeys();
  open = valueOf(await openStore({ appUrl: database.appUrl, keys, poolSize: 3 }));
});
afterAll(async () => {
  await open.close();
  await database.drop();
});

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing was thrown',
    (error: unknown) => (error instanceof DatabaseError ? error.code : 'another error'),
  );

describe('documents, disclosures, transmissions, answers', () => {
  it('keeps documents, and finds what was billed before', async () => {
    const own = await aWorld(open);
    const [first, second, third, fourth] = Array.from({ length: 4 }, () => aDocument(own));
    if (!first || !second || !third || !fourth) throw new Error('four documents were made');
    const add = (batch: readonly { document: typeof first; services: readonly string[] }[]) =>
      own.run(({ documents }) => documents.add(batch));
    expect(
      await add([
        { document: first, services: ['a', 'b'] },
        { document: second, services: ['b'] },
      ]),
    ).toEqual([second.id]);
    expect(
      await add([
        { document: third, services: ['a'] },
        { document: fourth, services: ['c'] },
      ]),
    ).toEqual([third.id]);
    await own.run(async ({ documents }) => {
      expect(await documents.byIds([first.id, second.id, third.id])).toEqual(new Map([[first.id, first]]));
    });
    const amended = { ...fourth, content: first.content };
    expect(await own.run(({ documents }) => documents.amend(amended, ['b']))).toBe(false);
    expect(await own.run(({ documents }) => documents.amend(amended, ['d']))).toBe(true);
    expect(await own.run(async ({ documents }) => (await documents.byIds([fourth.id])).get(fourth.id))).toEqual(
      amended,
    );
    expect(await add([{ document: second, services: ['c'] }])).toEqual([]);
    await own.run(({ disclosures }) => disclosures.add([aDisclosure(own, fourth, { state: 'sealed' })]));
    expect(await own.run(({ documents }) => documents.amend(fourth, ['d']))).toBe(false);
  });

  it('reads a decision of before practices had time zones as one of UTC', async () => {
    const own = await aWorld(open);
    const document = aDocument(own);
    const held = aDisclosure(own, document, { state: 'held', cause: 'no_release', curer: 'client' });
    const decision = aDecision(own, held);
    const { timeZone, ...before } = decision.request;
    await own.run(async ({ documents, disclosures }) => {
      await documents.add([{ document, services: [] }]);
      await disclosures.add([held]);
      await disclosures.saveDecisions([{ ...decision, request: before as typeof decision.request }]);
    });
    const [read] = await own.run(({ disclosures }) => disclosures.decisions(held.id));
    expect([read?.request.timeZone, read]).toEqual([timeZone, decision]);
  });

  it('keeps disclosures, choices and decisions', async () => {
    const own = await aWorld(open);
    const document = aDocument(own);
    const held = aDisclosure(own, document, {
      state: 'held',
      cause: 'no_release',
      curer: 'client',
      options: { useMarkers: true, excludedLines: ['L1'] },
    });
    const ready = aDisclosure(own, document, { createdAt: Date.UTC(2026, 5, 2) });
    const decision = aDecision(own, held);
    await own.run(async ({ documents, disclosures }) => {
      await documents.add([{ document, services: [] }]);
      await disclosures.add([held, ready]);
      await disclosures.saveDecisions([decision, { ...decision, id: newId() }]);
    });
    await own.run(async ({ disclosures }) => {
      const byIds = await disclosures.byIds([held.id, ready.id, newId() as DisclosureId]);
      expect(byIds).toEqual(
        new Map([
          [held.id, held],
          [ready.id, ready],
        ]),
      );
      expect((await disclosures.decisions(held.id))[0]).toEqual(decision);
      expect(await disclosures.heldOf([own.client.id])).toEqual([held.id]);
      expect(await disclosures.heldOf('all')).toEqual([held.id]);
      expect(await disclosures.heldOf([])).toEqual([]);
      expect(await disclosures.choose(ready.id, held.options)).toBe(false);
      expect(await disclosures.choose(held.id, { useMarkers: false, excludedLines: [] })).toBe(true);
      const chosen = (await disclosures.byIds([held.id])).get(held.id);
      expect(chosen).toMatchObject({ version: 2, options: { useMarkers: false, excludedLines: [] } });
      const page = await disclosures.page({}, { limit: 1 });
      expect(page.rows).toEqual([ready]);
      const next = await disclosures.page({ client: own.client.id }, { limit: 1, after: page.next ?? '' });
      expect(next.rows.map((one) => one.id)).toEqual([held.id]);
      expect(next.next).toBeUndefined();
      for (const filter of [{ states: ['held'] }, { curer: 'client' }] as const) {
        expect((await disclosures.page(filter, { limit: 9 })).rows.map((one) => one.id)).toEqual([held.id]);
      }
      for (const filter of [{ insurer: own.insurer.id }, { document: document.id }]) {
        expect((await disclosures.page(filter, { limit: 9 })).rows).toHaveLength(2);
      }
    });
  });

  it('keeps sealed bytes with their names and finds them by every name', async () => {
    const own = await aWorld(open);
    const [disclosure, other] = await submitted(own, 2);
    if (!disclosure || !other) throw new Error('two were submitted');
    const sealed = aTransmission(own, disclosure, 1);
    const { interchange: _interchange, ...withoutNumbers } = aTransmission(own, other, 2);
    await own.run(({ transmissions }) => transmissions.add([sealed, withoutNumbers]));
    await own.run(async ({ transmissions }) => {
      expect(await transmissions.byIds([sealed.transmission])).toEqual(new Map([[sealed.transmission, sealed]]));
      expect(await transmissions.ofDisclosures([disclosure.id, other.id])).toEqual(
        new Map([
          [disclosure.id, sealed],
          [other.id, withoutNumbers],
        ]),
      );
      const names = {
        interchange: sealed.interchange.interchangeControlNumber,
        group: sealed.interchange.groupControlNumber,
        'patient-control': sealed.interchange.patientControlNumber,
        batch: sealed.interchange.batchReference,
        reference: sealed.reference,
      };
      for (const [kind, value] of Object.entries(names) as [keyof typeof names, string][]) {
        expect(
          (await transmissions.match([own.lane], { kind, value })).map(({ transmission }) => transmission),
        ).toEqual([sealed.transmission]);
        expect(await transmissions.match([own.lane], { kind, value: `${value}x` })).toEqual([]);
      }
      expect(await transmissions.takeNumbers('a>b', 5)).toBe(1);
      expect(await transmissions.takeNumbers('a>b', 1)).toBe(6);
      expect(await transmissions.takeNumbers('a>c', 1)).toBe(1);
    });
  });

  it('never has two live transmissions of one disclosure, nor one number twice', async () => {
    const own = await aWorld(open);
    const [disclosure, other] = await submitted(own, 2);
    if (!disclosure || !other) throw new Error('two were submitted');
    const sealed = aTransmission(own, disclosure, 1);
    const add = (one: typeof sealed) => own.run(({ transmissions }) => transmissions.add([one]));
    await add(sealed);
    expect(await codeOf(add(aTransmission(own, disclosure, 2)))).toBe('unique_violation:uq_transmission_item_live');
    const reused = aTransmission(own, other, 3);
    expect(await codeOf(add({ ...reused, idempotencyKey: sealed.idempotencyKey }))).toBe(
      'unique_violation:uq_transmission_idempotency_key',
    );
    const numbers = (change: Partial<typeof reused.interchange>) => ({
      ...reused,
      interchange: { ...reused.interchange, ...change },
    });
    expect(await codeOf(add(numbers({ interchangeControlNumber: sealed.interchange.interchangeControlNumber })))).toBe(
      'unique_violation:uq_transmission_interchange',
    );
    expect(await codeOf(add(numbers({ patientControlNumber: sealed.interchange.patientControlNumber })))).toBe(
      'unique_violation:uq_transmission_item_patient_control',
    );
    await own.run(({ transmissions }) => transmissions.unseal([sealed.transmission]));
    await own.run(async ({ transmissions }) => {
      expect((await transmissions.byIds([sealed.transmission])).size).toBe(0);
      expect((await transmissions.ofDisclosures([disclosure.id])).size).toBe(0);
    });
    const [row] = await database.asSuperuser('SELECT bytes FROM transmission WHERE id = $1', [sealed.transmission]);
    expect(row?.['bytes']).toBeNull();
    await add(aTransmission(own, disclosure, 4));
    expect(await codeOf(add({ ...reused, interchange: sealed.interchange }))).toContain('unique_violation');
  });

  it('takes in the same bytes once, and keeps answers in order of arrival', async () => {
    const own = await aWorld(open);
    const [disclosure] = await submitted(own, 1);
    if (!disclosure) throw new Error('one was submitted');
    const sealed = aTransmission(own, disclosure);
    const incoming = {
      digest: 'a'.repeat(64),
      bytes: new TextEncoder().encode('ISA*835'),
      mediaType: 'application/edi-x12',
    };
    const answer = (kind: AnswerRecord['kind'], receivedAt: number): AnswerRecord => ({
      id: newId(),
      disclosure: disclosure.id,
      transmission: sealed.transmission,
      kind,
      receivedAt,
      detail: { paid: 12_000, codes: ['CO-45'] },
    });
    const answers = [answer('paid', 3_000), answer('claim-accepted', 1_000), answer('reversed', 2_000)];
    await own.run(async (transaction) => {
      await transaction.transmissions.add([sealed]);
      expect(await transaction.answers.admit(own.lane, incoming)).toBe(true);
      expect(await transaction.answers.admit(own.lane, incoming)).toBe(false);
      await transaction.answers.quarantine(own.lane, { digest: incoming.digest, code: 'unmatched' });
      await transaction.answers.quarantine(own.lane, { digest: incoming.digest, code: 'unmatched' });
      await transaction.answers.add(answers.slice(0, 1));
      await transaction.answers.add(answers.slice(1));
      expect(await transaction.answers.of([disclosure.id])).toEqual(new Map([[disclosure.id, answers]]));
    });
    const quarantined = await database.asSuperuser('SELECT code FROM quarantine WHERE lane_id = $1', [own.lane]);
    expect(quarantined).toEqual([{ code: 'unmatched' }]);
    const unknown = { ...answer('paid', 1), disclosure: newId() as DisclosureId };
    expect(await codeOf(own.run((transaction) => transaction.answers.add([unknown])))).toBe(
      'foreign_key_violation:fk_answer_disclosure',
    );
  });

  it('keeps a lane stopped until somebody clears it, and the connection with its secret encrypted', async () => {
    const own = await aWorld(open);
    const health = { openUntil: 0, failures: 0, slow: false } as const;
    const breaker = () => own.run(async ({ lanes }) => (await lanes.all())[0]?.breaker);
    await own.run(({ lanes }) => lanes.save({ id: own.lane, ...health, breaker: 'stopped' }));
    await own.run(({ lanes }) => lanes.save({ id: own.lane, ...health, breaker: 'closed' }));
    expect(await breaker()).toBe('stopped');
    expect(await own.run(({ lanes }) => lanes.clear(own.lane))).toBe(true);
    expect(await breaker()).toBe('closed');
    expect(await own.run(({ lanes }) => lanes.clear(own.lane))).toBe(false);

    const connection = {
      kind: 'https-mtls',
      url: 'https://insurer.invalid',
      receiverId: 'R',
      production: false,
      clientCertificate: 'certificate',
      certificateAuthority: 'authority',
    } as const;
    const { id } = own.insurer;
    const changed = await own.run(async ({ practice }) => {
      await practice.changeConnection(id, { connection, token: 'canary-of-a-key' });
      return (await practice.insurers([id])).get(id);
    });
    expect(changed).toMatchObject({ connection, token: 'canary-of-a-key' });
    const [row] = await database.asSuperuser('SELECT *, token::text AS shown FROM insurer WHERE id = $1', [id]);
    const hex = Buffer.from('canary-of-a-key').toString('hex');
    expect(JSON.stringify(row)).not.toMatch(new RegExp(`canary|${hex}`));
  });

  it('keeps lanes, and idempotent answers', async () => {
    const own = await aWorld(open);
    const lane = { id: own.lane, breaker: 'half-open', openUntil: 9_000, failures: 3, slow: true } as const;
    await submitted(own, 1);
    await own.run(async ({ lanes }) => {
      expect(await lanes.all()).toEqual([
        {
          id: own.lane,
          insurer: own.insurer.id,
          route: 'direct',
          breaker: 'closed',
          openUntil: 0,
          failures: 0,
          slow: false,
          answersCursor: '',
        },
      ]);
      await lanes.save(lane);
      await lanes.saveCursor(own.lane, 'after-7');
      const saved = { ...lane, insurer: own.insurer.id, route: 'direct', answersCursor: 'after-7' };
      expect(await lanes.ofInsurers([own.insurer.id])).toEqual(new Map([[own.insurer.id, saved]]));
    });
    expect(await database.asSuperuser('SELECT slow FROM outbox WHERE lane_id = $1', [own.lane])).toEqual([
      { slow: true },
    ]);

    const record = {
      principal: 'key:1',
      route: 'POST /v1/invoices',
      key: 'k-1',
      fingerprint: 'f',
      status: 202,
      body: '{"id":1}',
    };
    await own.run(({ idempotency }) => idempotency.add([record, { ...record, key: 'k-2' }]));
    await own.run(async ({ idempotency }) => {
      expect(await idempotency.find([record, record, { ...record, key: 'k-3' }])).toEqual([record]);
      expect(await idempotency.find([{ ...record, principal: 'key:2' }])).toEqual([]);
    });
    expect(await codeOf(own.run(({ idempotency }) => idempotency.add([record])))).toBe(
      'unique_violation:pk_idempotency',
    );
  });

  it('keeps the ledger in pages, newest first', async () => {
    const own = await aWorld(open);
    const entry = (subject: string): LedgerEntry => ({
      kind: 'decided',
      actor: 'worker',
      client: own.client.id,
      subject,
      codes: ['granted'],
      epoch: 3,
    });
    for (const subjects of [['a', 'b'], ['c']]) {
      await own.run(({ ledger }) => {
        for (const subject of subjects) ledger.record(entry(subject));
        return Promise.resolve();
      });
    }
    await own.run(async ({ ledger }) => {
      const first = await ledger.page({ client: own.client.id }, { limit: 2 });
      expect(first.rows.map((row) => [row.height, row.index, row.entry])).toEqual([
        [2, 0, entry('c')],
        [1, 1, entry('b')],
      ]);
      const second = await ledger.page({}, { limit: 2, after: first.next ?? '' });
      expect(second.rows.map((row) => row.entry.subject)).toEqual(['a']);
      expect(second.next).toBeUndefined();
      expect((await ledger.page({ disclosure: newId() as DisclosureId }, { limit: 2 })).rows).toEqual([]);
    });
  });
});
