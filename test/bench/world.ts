import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createKeyFile, newSecret, openFileKeys } from '#libs/access';
import {
  addClient,
  addCoverage,
  draftRelease,
  type InsurerRecord,
  type PracticeContext,
  type Services,
  signRelease,
} from '#libs/application';
import {
  type CoverageId,
  type ClientId,
  type ClinicianId,
  type InsurerId,
  type LaneId,
  plainDate,
  type PracticeId,
  type Result,
  UTC,
} from '#libs/kernel';
import { migrateDatabase, openStore, type OpenStore, runtimeUrls } from '#libs/persistence';
import { loadRules, projectRoot, systemClock, systemIds } from '#libs/settings';

export const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.issues.map((one) => `${one.code} ${one.path}`).join(', '));
  return result.value;
};

export interface BenchClient {
  readonly client: ClientId;
  readonly coverage: CoverageId;
}

export interface BenchPractice {
  readonly id: PracticeId;
  readonly key: string;
  readonly clinician: ClinicianId;
  readonly clients: readonly BenchClient[];
  /** Of an insurer that fetches. */
  readonly inbox?: { readonly id: string; readonly secret: string };
}

export interface BenchWorld {
  readonly databaseUrl: string;
  readonly keyFile: string;
  readonly practices: readonly BenchPractice[];
}

const CLIENTS = 20;

/** One for all worlds of a run: the roles belong to the server, and their passwords come from it. */
export const makeKeyFile = async (): Promise<string> => {
  const keyFile = join(await mkdtemp(join(tmpdir(), 'sluice-bench-')), 'keys.json');
  valueOf(createKeyFile(keyFile));
  return keyFile;
};

/** How the insurer of a practice is reached, and what it can do, where that is not as its profile says. */
interface Reach extends Pick<InsurerRecord, 'connection' | 'token'> {
  readonly profile: Partial<InsurerRecord['profile']>;
}

/** A migrated database with so many practices, each with clients whose releases let a claim go, and an API key. */
export const makeWorld = async (
  server: { readonly ownerUrl: string; readonly superuserUrl: string },
  plan: {
    readonly practices: number;
    readonly sinkUrl: string;
    readonly keyFile: string;
    /** The insurer, where it is not the sink. */
    readonly reach?: Reach;
  },
): Promise<BenchWorld> => {
  const name = `bench_${systemIds.uuid().slice(0, 8)}`;
  const databaseUrl = await createDatabase(server, name);
  const { keyFile } = plan;
  const keys = valueOf(openFileKeys(keyFile, systemClock));
  const passwords = {
    app: keys.databasePassword('app'),
    relay: keys.databasePassword('relay'),
    queue: keys.databasePassword('queue'),
  };
  valueOf(await migrateDatabase(databaseUrl, { passwords }));
  const urls = runtimeUrls(databaseUrl, passwords);
  const rules = valueOf(await loadRules(projectRoot()));
  const opened = valueOf(await openStore({ appUrl: urls.appUrl, keys, poolSize: 4 }));
  const nothing = {
    event: () => undefined,
    failure: () => undefined,
    count: () => undefined,
    observe: () => undefined,
  };
  const services: Services = {
    store: opened.store,
    keys,
    book: rules.book,
    ids: systemIds,
    clock: systemClock,
    log: nothing,
    metrics: nothing,
  };
  const practices: BenchPractice[] = [];
  for (let index = 0; index < plan.practices; index += 1) {
    practices.push(
      await makePractice(services, opened, {
        sinkUrl: plan.sinkUrl,
        token: 'bench-token',
        ...(plan.reach === undefined ? {} : { reach: plan.reach }),
        profile: rules.insurers.find((one) => one.id === 'harbor-mutual'),
      }),
    );
  }
  await opened.close();
  return { databaseUrl, keyFile, practices };
};

export const createDatabase = async (
  server: { readonly ownerUrl: string; readonly superuserUrl: string },
  name: string,
): Promise<string> => {
  const client = new pg.Client({ connectionString: server.superuserUrl });
  await client.connect();
  await client.query(`CREATE DATABASE ${name} OWNER ${new URL(server.ownerUrl).username}`);
  await client.end();
  const url = new URL(server.ownerUrl);
  url.pathname = `/${name}`;
  return url.href;
};

/** A practice with twenty clients whose releases let a claim go to one insurer, and an API key. */
export const makePractice = async (
  services: Services,
  opened: OpenStore,
  plan: {
    readonly sinkUrl: string;
    readonly token: string;
    readonly profile: InsurerRecord['profile'] | undefined;
    readonly reach?: Reach;
  },
): Promise<BenchPractice> => {
  if (!plan.profile) throw new Error('no profile');
  const practice = systemIds.uuid() as PracticeId;
  const context: PracticeContext = { practice, actor: 'bench' };
  const clinician = systemIds.uuid() as ClinicianId;
  const insurer: InsurerRecord = {
    id: systemIds.uuid() as InsurerId,
    profile: { ...plan.profile, ...plan.reach?.profile },
    connection: plan.reach?.connection ?? { url: plan.sinkUrl, receiverId: 'BENCH', production: false },
    token: plan.reach?.token ?? plan.token,
  };
  await opened.addPractice({
    id: practice,
    name: 'Bench Practice',
    npi: '1999000007',
    taxId: '000000000',
    taxonomy: '103T00000X',
    phone: '5550100100',
    contactName: 'Desk',
    submitterId: 'BENCH',
    part2Program: false,
    timeZone: UTC,
    address: { line: '1 Bench Street', city: 'Nowhere', region: 'OR', postal: '000000001' },
  });
  await services.store.inPractice(context, async (transaction) => {
    await transaction.practice.addClinician({
      id: clinician,
      firstName: 'Imre',
      lastName: 'Invented',
      credential: 'PhD',
      npi: '1999000015',
      taxonomy: '103T00000X',
      jurisdiction: 'US-OR',
      profession: 'counselor',
    });
    await transaction.practice.addInsurer(insurer, systemIds.uuid() as LaneId);
  });
  const clients: BenchClient[] = [];
  for (let index = 0; index < CLIENTS; index += 1) {
    const client = valueOf(
      await addClient(services, context, {
        code: `B-${index}`,
        identity: {
          firstName: 'Ottilie',
          lastName: 'Vantongeren',
          birthDate: plainDate('1991-09-30'),
          sex: 'F',
          address: { line: '7 Imaginary Lane', city: 'Nowhere', region: 'OR', postal: '000000002' },
        },
      }),
    );
    const coverage = valueOf(
      await addCoverage(services, context, {
        client: client.id,
        insurer: insurer.id,
        terms: { memberId: `ZZ${index}`, relationship: 'self' },
        funding: 'fully-insured',
        fundingEvidence: true,
        assignmentSigned: true,
      }),
    );
    const draft = valueOf(
      await draftRelease(services, context, {
        client: client.id,
        draft: {
          recipient: { kind: 'party', id: insurer.id, class: 'insurer' },
          purposes: [],
          grants: [],
          preset: 'claim-basic',
          validFrom: plainDate('2020-01-01'),
          validUntil: plainDate('2099-12-31'),
          statements: ['revocation', 'conditioning', 'redisclosure'],
          blanket: false,
          parentConsentedToTreatment: 'unknown',
        },
      }),
    );
    valueOf(
      await signRelease(services, context, {
        release: draft.id,
        signatures: [
          { role: 'client', signedOn: plainDate('2026-01-01'), authorityDocumented: false, witnessed: false },
        ],
        evidence: { kind: 'typed', digest: 'x' },
      }),
    );
    clients.push({ client: client.id, coverage: coverage.id });
  }
  const secret = newSecret('api-key');
  await opened.directory.putCredential({
    digest: secret.digest,
    kind: 'api-key',
    practice,
    subject: `key:${systemIds.uuid()}`,
    label: 'Bench',
    roles: ['billing'],
    expiresAt: Date.now() + 86_400_000,
  });
  const inbox = insurer.connection.kind === 'inbox' ? await letIn(opened, practice, insurer.id) : undefined;
  return { id: practice, key: secret.secret, clinician, clients, ...(inbox === undefined ? {} : { inbox }) };
};

/** Credentials with which an insurer comes and fetches. */
const letIn = async (opened: OpenStore, practice: PracticeId, insurer: InsurerId) => {
  const { secret, digest } = newSecret('inbox-credential');
  const id = systemIds.uuid();
  await opened.directory.putCredential({
    ...{ digest, kind: 'inbox-credential', practice, subject: `insurer:${insurer}/${id}`, label: 'Bench' },
    roles: ['insurer'],
    expiresAt: Date.now() + 86_400_000,
  });
  return { id, secret };
};

const day = (back: number): string => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);

/** The `index`-th invoice of a world: every one bills another service. */
export const invoiceFor = (world: BenchWorld, index: number): { readonly key: string; readonly body: string } => {
  const practice = world.practices[index % world.practices.length];
  if (!practice) throw new Error('no practice');
  const turn = Math.floor(index / world.practices.length);
  const party = practice.clients[turn % practice.clients.length];
  const round = Math.floor(turn / practice.clients.length);
  const procedure = ['90834', '90837', '90832', '90791'][Math.floor(round / 300) % 4];
  const body = {
    ...party,
    clinician: practice.clinician,
    number: `INV-${index}`,
    issuedOn: day(0),
    currency: 'USD',
    placeOfService: '11',
    diagnoses: [{ id: 'D1', code: 'F331' }],
    lines: [
      {
        id: 'L1',
        date: day(1 + (round % 300)),
        procedure,
        modifiers: [],
        units: 1,
        charge: 14_000,
        pointers: ['D1'],
        character: 'individual',
      },
    ],
    total: 14_000,
  };
  return { key: practice.key, body: JSON.stringify(body) };
};
