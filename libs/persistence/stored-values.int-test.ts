import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { words } from '#libs/contracts';
import {
  type InboxItemId,
  type LaneId,
  plainDate,
  type RouteId,
  type SavedViewId,
  type ScanId,
  type SigningLinkId,
  type WebhookEndpointId,
  type WorkNoteId,
} from '#libs/kernel';
import { type FreshDatabase, freshDatabase, freshKeys, valueOf } from '../../test/support/fresh-database.js';
import {
  aDecision,
  aDisclosure,
  aDocument,
  aRelease,
  aTransmission,
  aWorld,
  newId,
} from '../../test/support/store-fixtures.js';
import { type OpenStore, openStore } from './index.js';

let database: FreshDatabase;
let open: OpenStore;

beforeAll(async () => {
  database = await freshDatabase();
  open = valueOf(await openStore({ appUrl: database.appUrl, keys: await freshKeys(), poolSize: 2 }));
});
afterAll(async () => {
  await open.close();
  await database.drop();
});

/**
 * Everything that stands readable in the database, for whoever can read its files or a backup. About a client it is ids,
 * codes, states, times and counts, and of an invoice the days between which it bills and its total; sorting and filtering use only these. A column that joins this list is a decision
 * about people, so it is made here as well.
 */
const PLAINTEXT: Readonly<Record<string, string>> = {
  practice: 'practice_id name npi tax_id taxonomy address phone contact_name submitter_id part2_program time_zone',
  clinician: 'practice_id id first_name last_name credential npi taxonomy jurisdiction profession supervisor_id',
  insurer: 'practice_id id profile connection',
  route: 'practice_id id arrival insurer_id lane_id recorded_by recorded_at agent connection',
  lane: 'practice_id id insurer_id route breaker open_until failures slow answers_cursor',
  staff: 'practice_id id sign_in name password_hash roles clinician_id disabled must_change version',
  credential: 'digest practice_id kind subject label roles created_at expires_at revoked_at',
  reading_choice: 'practice_id id ceiling reading reading_version signed_by signed_at revoked_at',
  webhook_endpoint: 'practice_id id url events enabled gone previous_until created_at removed_at',
  webhook_delivery:
    'practice_id id endpoint_id event body state attempts due_at give_up_at created_at last_attempt_at last_status last_code',
  webhook_told: 'practice_id endpoint_id event about',
  worker_heartbeat: 'practice_id worker_id started_at beat_at quarantine queues',
  client: 'practice_id id code',
  client_identity: 'practice_id client_id revision recorded_by recorded_at',
  data_key: 'practice_id client_id kek destroyed_at',
  retired_key: 'practice_id kek retired_at',
  client_authority: 'practice_id client_id epoch',
  coverage: 'practice_id id client_id insurer_id member_index',
  client_clinician: 'practice_id id client_id clinician_id starts_on ends_on recorded_by recorded_at ended_by ended_at',
  release_draft: 'practice_id id client_id created_at',
  release: 'practice_id id revision client_id created_at signed_at valid_until',
  release_reminder: 'practice_id release_id client_id days due_at',
  release_reference: 'practice_id reference client_id release_id',
  release_scan:
    'practice_id id release_id client_id media_type size draft_digest attached_by attached_at outcome checked_by checked_at',
  signing_link:
    'practice_id id release_id client_id token_digest draft_digest language created_by created_at expires_at tries session_digest session_until identified ended_because ended_at',
  revocation: 'practice_id arrival client_id release_id received_at recorded_at channel',
  release_relation: 'practice_id arrival client_id kind newer_id older_id recorded_at',
  restriction: 'practice_id id revision arrival client_id',
  document: 'practice_id id client_id kind created_by created_at',
  forgotten_attempt: 'practice_id id noted_at',
  service_index: 'practice_id hash document_id',
  disclosure:
    'practice_id id document_id client_id insurer_id lane_id purpose format state cause curer attempts due_at lease_until fence created_at updated_at version corrects_id correction frequency heard first_service_on last_service_on total filing_deadline',
  work_item: 'practice_id id kind client_id assignee_id snoozed_until notes version',
  work_note: 'practice_id id item_id client_id author written_at',
  saved_view: 'practice_id id staff_id filter columns sort created_at updated_at version',
  decision: 'practice_id id arrival disclosure_id client_id taken_at',
  outbox: 'id practice_id lane_id slow due_at published_at',
  idempotency: 'practice_id principal route key fingerprint status created_at',
  control_number: 'practice_id pair taken',
  transmission:
    'practice_id id lane_id addressee format media_type digest content_digest idempotency_key reference interchange_control_number group_control_number set_control_number batch_reference attempts created_at unsealed_at',
  transmission_item:
    'practice_id transmission_id disclosure_id client_id patient_control_number live ordinal set_control_number batch_reference content_digest',
  attempt: 'practice_id id transmission_id number fence outcome status permitted_at finished_at',
  inbox_item:
    'practice_id id insurer_id lane_id transmission_id disclosure_id client_id arrival arrived_at epoch valid_until answer answered_at',
  answer: 'practice_id id arrival disclosure_id transmission_id client_id kind received_at incoming layer claim_number',
  inbox: 'practice_id lane_id digest media_type received_at',
  quarantine: 'practice_id lane_id digest code received_at',
  ledger_head: 'practice_id height',
  ledger_block: 'practice_id height entries written_at',
  ledger_entry: 'practice_id height position client_id disclosure_id body',
  ledger_checkpoint: 'practice_id height signed_at',
  schema_migration: 'id timestamp name',
};

const tables = async (): Promise<readonly string[]> =>
  (
    await database.asSuperuser(
      `SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
    )
  ).map((row) => String(row['relname']));

describe('what is stored', () => {
  it('is readable in the columns that this file lists, and no other', async () => {
    const rows = await database.asSuperuser(
      `SELECT table_name, string_agg(column_name, ' ' ORDER BY ordinal_position) AS columns FROM information_schema.columns
        WHERE table_schema = 'public' AND data_type <> 'bytea' GROUP BY table_name`,
    );
    expect(Object.fromEntries(rows.map((row) => [row['table_name'], row['columns']]))).toEqual(PLAINTEXT);
  });

  it('shows nothing about a client anywhere, nor a secret', async () => {
    const world = await aWorld(open);
    const document = aDocument(world);
    const disclosure = aDisclosure(world, document, { options: { useMarkers: true, excludedLines: ['L-canary'] } });
    const sealed = aTransmission(world, disclosure);
    const client = world.client.id;
    await world.run(async (transaction) => {
      await transaction.webhooks.add(
        {
          id: newId() as WebhookEndpointId,
          url: 'https://hooks.invalid/',
          events: words.WEBHOOK_EVENTS,
          enabled: true,
          gone: false,
          createdAt: 1,
        },
        'webhook-secret-canary',
      );
      transaction.webhooks.announceExpiring([newId()]);
      const amended = { ...world.client.identity, lastName: 'Renamed-canary' };
      await transaction.clients.amend({ ...world.client, identity: amended, revision: 2 }, { by: 'p', at: 1 });
      await transaction.documents.add([{ document, services: ['s'] }]);
      await transaction.disclosures.add([disclosure]);
      await transaction.disclosures.saveDecisions([aDecision(world, disclosure)]);
      await transaction.transmissions.add([{ ...sealed, lineOrigins: ['L-canary'] }]);
      const release = aRelease(client, world.practice.id);
      await transaction.authority.sign(release);
      await transaction.reminders.add([{ release: release.id, client, days: 14 }], 1);
      await transaction.imports.addRelease('reference-canary', release);
      await transaction.signingLinks.add(
        {
          id: newId() as SigningLinkId,
          release: release.id,
          client,
          draftDigest: 'd',
          language: 'es',
          createdBy: 'staff:1',
          createdAt: 1,
          expiresAt: 2,
          factor: { kind: 'code', code: 'code-canary' },
          tries: 0,
        },
        't',
      );
      await transaction.scans.add(
        {
          id: newId() as ScanId,
          release: release.id,
          client,
          mediaType: 'application/pdf',
          size: 1,
          draftDigest: 'd',
          attachedBy: 'staff:1',
          attachedAt: 1,
        },
        Buffer.from('scan-canary'),
      );
      await transaction.authority.restrict(client, {
        id: newId(),
        revision: 1,
        kind: 'paid-in-full',
        serviceDates: [],
      });
      await transaction.routes.add({
        ...{
          id: newId() as RouteId,
          insurer: disclosure.insurer,
          lane: newId() as LaneId,
          recordedBy: 'staff:x',
          recordedAt: 1,
        },
        through: {
          agent: {
            ...{ name: 'n', payerId: 'p', resolvesTo: 'p', resolution: 'none' },
            agreement: { reference: 'r', signedOn: plainDate('2026-01-01') },
          },
          connection: { url: 'https://x.example', receiverId: 'r', production: false },
          token: 'token-canary',
        },
      });
      const item = newId() as InboxItemId;
      await transaction.inbox.offer([
        {
          ...{ id: item, insurer: disclosure.insurer, lane: world.lane, transmission: sealed.transmission },
          ...{ disclosure: disclosure.id, client, arrivedAt: 1, epoch: 1, validUntil: 2 },
        },
      ]);
      await transaction.inbox.answer(item, 'a');
      await transaction.answers.admit(world.lane, { digest: 'd', bytes: Buffer.from('inbox-canary'), mediaType: 'm' });
      await transaction.answers.add([
        {
          id: newId(),
          disclosure: disclosure.id,
          transmission: sealed.transmission,
          kind: 'paid',
          receivedAt: 1,
          detail: { payerClaimNumber: 'answer-canary' },
        },
      ]);
      const note = { item: disclosure.id, client, author: 'staff:1', writtenAt: 1, text: 'note-canary' };
      await transaction.work.addNote({ ...note, id: newId() as WorkNoteId }, { kind: 'disclosure', most: 1 });
      const view = { filter: { state: 'held' }, columns: ['client'], createdAt: 1, updatedAt: 1, version: 1 };
      await transaction.views.add({
        ...view,
        id: newId() as SavedViewId,
        staff: world.staff.id,
        name: 'view-canary',
      });
      await transaction.idempotency.add([
        { principal: 'p', route: 'r', key: 'k', fingerprint: 'f', status: 202, body: 'body-canary' },
      ]);
    });
    const secrets = [
      'Ottilie',
      'Vantongeren',
      '1991-09-30',
      'Made Up',
      'ZZ000111',
      'fully-insured',
      'F331',
      '14000',
      '90834',
      '2026-05-04',
      'canary',
      'paid-in-full',
      'session.',
      'withhold',
    ];
    for (const table of await tables()) {
      const rows = await database.asSuperuser(`SELECT t::text AS row FROM ${table} t`);
      const text = rows.map((row) => String(row['row'])).join('\n');
      const bytes = Buffer.from(
        [...text.matchAll(/\\x([0-9a-f]*)/g)].map((found) => found[1] ?? '').join('00'),
        'hex',
      ).toString('latin1');
      // Bytes are looked at as bytes; in ids and digests five digits may stand by chance.
      const clear = text.replace(/\\x[0-9a-f]*|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,}/g, '');
      for (const secret of secrets)
        expect([table, secret, clear.includes(secret), bytes.includes(secret)]).toEqual([table, secret, false, false]);
    }
    const empty = (
      await Promise.all(
        (await tables()).map(async (table) =>
          (await database.asSuperuser(`SELECT 1 FROM ${table} LIMIT 1`)).length === 0 ? [table] : [],
        ),
      )
    ).flat();
    expect(empty.sort()).toEqual([
      'attempt',
      'client_clinician',
      'credential',
      'forgotten_attempt',
      'ledger_block',
      'ledger_checkpoint',
      'ledger_entry',
      'quarantine',
      'reading_choice',
      'release_draft',
      'release_relation',
      'retired_key',
      'revocation',
      'worker_heartbeat',
    ]);
  });

  it('cannot be moved to another row, client or class', async () => {
    const world = await aWorld(open);
    const [one, two] = [aDocument(world), aDocument(world)];
    await world.run(({ documents }) =>
      documents.add([
        { document: one, services: [] },
        { document: two, services: [] },
      ]),
    );
    await database.asSuperuser(
      'UPDATE document SET content = (SELECT content FROM document WHERE id = $1) WHERE id = $2',
      [one.id, two.id],
    );
    const read = world.run(({ documents }) => documents.byIds([two.id]));
    await expect(read).rejects.toMatchObject({ name: 'CipherError', code: 'cipher_failed' });
    expect((await world.run(({ documents }) => documents.byIds([one.id]))).get(one.id)).toEqual(one);
  });
});
