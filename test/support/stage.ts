import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeyFile, openFileKeys } from '#libs/access';
import {
  type Accepted,
  addClient,
  addCoverage,
  collectAnswers,
  type DisclosureRecord,
  dispatchHint,
  type DispatchReport,
  type DocumentContent,
  draftRelease,
  type InsurerRecord,
  Intakes,
  type PracticeContext,
  type ReleaseDraft,
  NumberReserve,
  type PullServices,
  type SendingServices,
  type SendJournal,
  type SignedAndResumed,
  signRelease,
  sweep,
} from '#libs/application';
import type { Invoice, TreatmentReport } from '#libs/billing';
import type { FormatId } from '#libs/catalogue';
import type { DraftRelease } from '#libs/contracts';
import { admit, afterAttempt, createInboxTransport, createTransport } from '#libs/delivery';
import {
  centsOf,
  type ClientId,
  type ClinicianId,
  type CoverageId,
  type DisclosureId,
  type InsurerId,
  type LaneId,
  type PlainDate,
  plainDate,
  type PracticeId,
  type Result,
  type StaffId,
  UTC,
} from '#libs/kernel';
import { openStore, type OpenStore } from '#libs/persistence';
import { loadRules, projectRoot, type Rules, systemClock, systemIds } from '#libs/settings';
import type { Behaviour } from '../../apps/sandbox/behaviour.js';
import type { InsurerConfiguration } from '../../apps/sandbox/insurer-profile.js';
import { type Sandbox, startSandbox } from '../../apps/sandbox/server.js';
import { type FreshDatabase, freshDatabase, valueOf } from './fresh-database.js';

export { valueOf };

export const CONTROL = 'stage-control-token';

/** Insurers of config/insurers that the stage plays, with their receiver ids. */
const PLAYED = ['harbor-mutual', 'cobalt-valley-hmo', 'maple-extended', 'juniper-life', 'granite-plan'] as const;

export type Played = (typeof PLAYED)[number];

const uuid = <Id extends string>(): Id => systemIds.uuid() as Id;
const dayBefore = (days: number): PlainDate =>
  plainDate(new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10));

export const ago = dayBefore;

interface Party {
  readonly client: ClientId;
  readonly coverage: CoverageId;
}

/** What a restored database would be compared with; nothing is restored here. */
const noJournal: SendJournal = { record: () => Promise.resolve(), entries: () => Promise.resolve([]) };

/** A practice with real parts round it: database, keys, sandbox insurers, HTTP transport. No worker: tests drive it. */
export class Stage {
  readonly practice = uuid<PracticeId>();
  readonly officer = uuid<StaffId>();
  readonly context: PracticeContext = { practice: this.practice, actor: `staff:${this.officer}` };
  readonly insurers = new Map<Played, InsurerRecord>();
  readonly clinicians = { oregon: uuid<ClinicianId>(), jersey: uuid<ClinicianId>(), district: uuid<ClinicianId>() };

  private constructor(
    readonly database: FreshDatabase,
    readonly opened: OpenStore,
    readonly services: SendingServices & PullServices,
    readonly intakes: Intakes,
    readonly sandbox: Sandbox,
    readonly directory: string,
    private readonly transport: { close(): Promise<void> },
    readonly rules: Rules,
  ) {}

  static async open(
    options: {
      readonly timing?: Partial<SendingServices['timing']>;
      readonly capabilities?: Partial<Record<Played, InsurerConfiguration['capabilities']>>;
    } = {},
  ): Promise<Stage> {
    const database = await freshDatabase();
    const directory = await mkdtemp(join(tmpdir(), 'sluice-stage-'));
    valueOf(createKeyFile(join(directory, 'keys.json')));
    const keys = valueOf(openFileKeys(join(directory, 'keys.json'), systemClock));
    const opened = valueOf(await openStore({ appUrl: database.appUrl, keys, poolSize: 6 }));
    const rules = valueOf(await loadRules(projectRoot()));
    const sandbox = await startSandbox({
      ledgerFile: join(directory, 'sandbox.jsonl'),
      controlToken: CONTROL,
      clearinghouses: [
        {
          ...{ id: 'crossing', name: 'CROSSING CLEARINGHOUSE', receiverId: 'CROSSING', token: 'token-of-crossing' },
          payers: [
            { payerId: 'CX001', insurer: 'harbor-mutual' },
            { payerId: 'CX002', insurer: 'juniper-life' },
          ],
        },
      ],
      insurers: PLAYED.map((id) => ({
        id,
        name: 'SANDBOX INSURER',
        payerId: id.toUpperCase().replaceAll('-', '').slice(0, 12),
        token: `token-of-${id}`,
        unknownMemberPrefixes: ['ZZREFUSED'],
        ...(options.capabilities?.[id] ? { capabilities: options.capabilities[id] } : {}),
      })),
    });
    const monotonic = (): number => performance.now();
    const transport = createTransport({
      monotonic,
      clock: systemClock,
      ids: systemIds,
      allowLoopback: true,
      timeouts: { connect: 2_000, headers: 1_500, body: 1_500 },
    });
    const silent = { event: () => undefined, failure: () => undefined };
    const services: SendingServices & PullServices = {
      store: opened.store,
      keys,
      book: rules.book,
      ids: systemIds,
      clock: systemClock,
      log: silent,
      metrics: { count: () => undefined, observe: () => undefined },
      transport,
      lanes: { admit, afterAttempt },
      numbers: new NumberReserve(opened.store),
      journal: noJournal,
      pulls: createInboxTransport({ monotonic }),
      quarantined: () => Promise.resolve(false),
      random: () => 0.5,
      monotonic,
      timing: { leaseMs: 30_000, answerTimeoutMs: 0, retryBaseMs: 1, retryCapMs: 2, absenceMs: 0, ...options.timing },
    };
    const stage = new Stage(database, opened, services, new Intakes(services), sandbox, directory, transport, rules);
    await stage.#found();
    return stage;
  }

  async #found(): Promise<void> {
    await this.opened.addPractice({
      id: this.practice,
      name: 'Lantern Street Psychotherapy',
      npi: '1999000007',
      taxId: '000000000',
      taxonomy: '103T00000X',
      address: { line: '1 Lantern Street', city: 'Nowhere', region: 'OR', postal: '000000001' },
      phone: '5550100100',
      contactName: 'Billing desk',
      submitterId: 'LANTERN',
      part2Program: false,
      timeZone: UTC,
    });
    await this.services.store.inPractice(this.context, async ({ practice }) => {
      const clinician = {
        firstName: 'Imre',
        lastName: 'Invented',
        credential: 'PhD',
        taxonomy: '103T00000X',
        npi: '1999000015',
      };
      await practice.addClinician({
        ...clinician,
        id: this.clinicians.oregon,
        jurisdiction: 'US-OR',
        profession: 'counselor',
      });
      await practice.addClinician({
        ...clinician,
        id: this.clinicians.jersey,
        jurisdiction: 'US-NJ',
        profession: 'psychologist',
        npi: '1999000023',
      });
      await practice.addClinician({
        ...clinician,
        id: this.clinicians.district,
        jurisdiction: 'US-DC',
        profession: 'social-worker',
        npi: '1999000031',
      });
      await practice.addStaff({
        id: this.officer,
        signIn: `officer-${this.officer}`,
        name: 'Invented Officer',
        passwordHash: 'never',
        roles: ['privacy-officer'],
      });
      for (const id of PLAYED) {
        const profile = this.rules.insurers.find((one) => one.id === id);
        if (!profile) throw new Error(`no profile ${id}`);
        const insurer: InsurerRecord = {
          id: uuid<InsurerId>(),
          profile,
          connection: {
            url: `${this.sandbox.url}/insurers/${id}`,
            receiverId: profile.payerId,
            production: false,
            // Of the contract with this one nothing was recorded.
            ...(id === 'juniper-life' ? {} : { participation: 'A' as const }),
          },
          token: `token-of-${id}`,
        };
        this.insurers.set(id, insurer);
        await practice.addInsurer(insurer, uuid<LaneId>());
      }
    });
  }

  insurer(id: Played): InsurerRecord {
    const found = this.insurers.get(id);
    if (!found) throw new Error('not played');
    return found;
  }

  /** A client covered by one insurer; `of`: another coverage of a client who is there. */
  async client(
    insurer: Played,
    change: {
      readonly birthDate?: PlainDate;
      readonly firstName?: string;
      readonly lastName?: string;
      readonly memberId?: string;
      readonly of?: ClientId;
    } = {},
  ): Promise<Party> {
    const id = change.of ?? (await this.#person(change));
    const coverage = valueOf(
      await addCoverage(this.services, this.context, {
        client: id,
        insurer: this.insurer(insurer).id,
        terms: { memberId: change.memberId ?? 'ZZ000111', relationship: 'self' },
        funding: 'fully-insured',
        fundingEvidence: true,
        assignmentSigned: true,
      }),
    );
    return { client: id, coverage: coverage.id };
  }

  async #person(change: {
    readonly birthDate?: PlainDate;
    readonly firstName?: string;
    readonly lastName?: string;
  }): Promise<ClientId> {
    const client = valueOf(
      await addClient(this.services, this.context, {
        code: `C-${systemIds.uuid().slice(0, 8)}`,
        identity: {
          firstName: change.firstName ?? 'Ottilie',
          lastName: change.lastName ?? 'Vantongeren',
          birthDate: change.birthDate ?? plainDate('1991-09-30'),
          sex: 'F',
          address: { line: '7 Imaginary Lane', city: 'Nowhere', region: 'OR', postal: '000000002' },
        },
      }),
    );
    return client.id;
  }

  /** What a release says that lets an insurer have a claim, and nothing more of the chart. */
  terms(insurer: Played, change: Partial<DraftRelease> = {}): DraftRelease {
    return {
      recipient: { kind: 'party', id: this.insurer(insurer).id, class: 'insurer' },
      purposes: [],
      grants: [],
      preset: 'claim-basic',
      validFrom: dayBefore(90),
      validUntil: plainDate('2099-12-31'),
      statements: ['revocation', 'conditioning', 'redisclosure'],
      blanket: false,
      parentConsentedToTreatment: 'unknown',
      ...change,
    };
  }

  async release(
    client: ClientId,
    insurer: Played,
    draft: Partial<ReleaseDraft> = {},
    relation?: { kind: 'adds_to' | 'supersedes'; older: string },
  ): Promise<SignedAndResumed['release']> {
    const drafted = valueOf(
      await draftRelease(this.services, this.context, {
        client,
        draft: { ...this.terms(insurer), ...draft },
      }),
    );
    const signed = await signRelease(this.services, this.context, {
      release: drafted.id,
      signatures: [{ role: 'client', signedOn: dayBefore(1), authorityDocumented: false, witnessed: false }],
      evidence: { kind: 'typed', digest: 'x' },
      ...(relation ? { relation } : {}),
    });
    return valueOf(signed).release;
  }

  invoice(party: Party, change: Partial<Invoice> = {}): DocumentContent {
    const invoice: Invoice = {
      ...party,
      clinician: this.clinicians.oregon,
      number: 'INV-1',
      issuedOn: dayBefore(1),
      placeOfService: '11',
      currency: 'USD',
      diagnoses: [{ id: 'D1', code: 'F331' }],
      lines: [
        {
          id: 'L1',
          date: dayBefore(10),
          procedure: '90834',
          modifiers: [],
          units: 1,
          charge: centsOf(14_000),
          pointers: ['D1'],
          character: 'individual',
        },
      ],
      total: centsOf(14_000),
      ...change,
    };
    return { kind: 'invoice', invoice };
  }

  report(party: Party, change: Partial<TreatmentReport> = {}): DocumentContent {
    const report: TreatmentReport = {
      ...party,
      clinician: this.clinicians.jersey,
      attestedOn: dayBefore(0),
      diagnoses: [{ id: 'D1', code: 'F331' }],
      functioning: 'severe',
      distress: 'moderate',
      minimumWeeks: 26,
      reasonContinuing: 'CANARYNARRATIVE',
      prognosisText: 'CANARYPROGNOSIS',
      sessionsRequested: 12,
      from: dayBefore(0),
      to: plainDate('2099-12-31'),
      ...change,
    };
    return { kind: 'treatment-report', report };
  }

  async submit(content: DocumentContent, format?: FormatId): Promise<Accepted> {
    return valueOf(await this.trySubmit(content, format)).accepted;
  }

  trySubmit(content: DocumentContent, format?: FormatId): Promise<Result<{ readonly accepted: Accepted }>> {
    return this.intakes.submit({ context: this.context, content, ...(format ? { format } : {}) });
  }

  async record(id: DisclosureId): Promise<DisclosureRecord> {
    const found = await this.services.store.inPractice(this.context, ({ disclosures }) => disclosures.byIds([id]));
    const record = found.get(id);
    if (!record) throw new Error('no such disclosure');
    return record;
  }

  /** What the worker does with one hint about these. */
  async dispatch(...ids: readonly DisclosureId[]): Promise<DispatchReport> {
    const first = await this.record(ids[0] ?? ('' as DisclosureId));
    return dispatchHint(this.services, { practice: this.practice, lane: first.lane, disclosures: ids });
  }

  collect() {
    return collectAnswers(this.services, this.practice);
  }

  sweep(publishedForMs = 0) {
    return sweep(this.services, this.practice, { publishedForMs });
  }

  async behave(insurer: Played, behaviour: Behaviour | object): Promise<void> {
    const answer = await fetch(`${this.sandbox.url}/control/insurers/${insurer}/behaviour`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${CONTROL}`, 'content-type': 'application/json' },
      body: JSON.stringify(behaviour),
    });
    if (!answer.ok) throw new Error(`behaviour refused: ${answer.status} ${await answer.text()}`);
  }

  async #control<Body>(path: string): Promise<Body> {
    const answer = await fetch(`${this.sandbox.url}/control/${path}`, {
      headers: { authorization: `Bearer ${CONTROL}` },
    });
    return (await answer.json()) as Body;
  }

  /** Bodies that reached an insurer, oldest first. */
  async received(insurer: Played): Promise<readonly string[]> {
    const { rows } = await this.#control<{ rows: { insurer: string; bodyBase64: string; outcome: string }[] }>(
      'ledger',
    );
    return rows
      .filter((row) => row.insurer === insurer && row.outcome !== 'incomplete')
      .map((row) => Buffer.from(row.bodyBase64, 'base64').toString('latin1'));
  }

  judgement() {
    return this.#control<{ overlapping: number; totals: { doubled: number; received: number; adjudicated: number } }>(
      'judgement',
    );
  }

  async close(): Promise<void> {
    await this.transport.close();
    await this.sandbox.close();
    await this.opened.close();
    await this.database.drop();
    await rm(this.directory, { recursive: true, force: true });
  }
}
