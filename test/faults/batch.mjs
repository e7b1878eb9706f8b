/** One practice, its insurers and its clients, in a database and with a sandbox of their own. Many runs may follow each other on it. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CanaryScanner } from './canary.mjs';
import { Child } from './children.mjs';
import { makeDocuments } from './documents.mjs';
import { valueOf } from './ground.mjs';
import { FileInsurer } from './file-insurer.mjs';
import { InboxInsurer } from './inbox-insurer.mjs';
import { INSURERS, OVER_FILES, OVER_INBOX } from './insurers.mjs';

const CONTROL = 'faults-control-token';

/** Several claims to an interchange, where one that comes twice is known by its number. */
const TOGETHER = { resolution: 'duplicate-detection', claimsPerInterchange: 3 };
const DETECTS_DUPLICATES = { idempotencyKey: false, duplicateDetection: true, probe: false };

export class Batch {
  /** `site`: the build whose processes are killed, if not the ground's own. */
  static async open(
    ground,
    site = ground.site,
    { files = false, answers = false, inbox = false, together = false } = {},
  ) {
    const batch = new Batch({ ground, site, answers, inbox, together, database: await ground.database() });
    await batch.startSandbox();
    if (files) await batch.openFileInsurer();
    await batch.found();
    if (inbox) await batch.openInboxInsurer();
    return batch;
  }

  constructor(parts) {
    Object.assign(this, parts, { canaries: new CanaryScanner() });
    this.directory = mkdtempSync(join(this.ground.directory, 'batch-'));
    this.practice = randomUUID();
    this.context = { practice: this.practice, actor: `staff:${randomUUID()}` };
    /** The client's own list: every document that it sent in, by key, and what it was told. */
    this.documents = new Map();
    this.children = [];
    this.counter = 0;
    this.logs = 0;
  }

  start(name, args, environment) {
    const child = new Child(name, args, { cwd: this.site.root, environment });
    this.children.push(child);
    return child;
  }

  async startSandbox() {
    const insurers = join(this.directory, 'insurers.json');
    this.sandboxLedger = join(this.directory, 'sandbox.jsonl');
    const played = Object.entries(INSURERS).map(([id, capabilities]) => ({
      id,
      name: 'SANDBOX INSURER',
      payerId: id.toUpperCase().replaceAll('-', '').slice(0, 12),
      token: `token-of-${id}`,
      capabilities: this.together && id === OVER_FILES ? DETECTS_DUPLICATES : capabilities,
    }));
    writeFileSync(insurers, JSON.stringify({ controlToken: CONTROL, insurers: played }));
    this.sandbox = this.start(
      'sandbox',
      ['dist/apps/sandbox/main.js', '--ledger', this.sandboxLedger, '--insurers', insurers, '--stdin-guard'],
      {},
    );
    this.sandboxUrl = `http://127.0.0.1:${await this.sandbox.line('listening')}`;
  }

  /** One insurer takes files instead; what it picks up goes to its place in the sandbox, whose ledger stays the oracle. */
  async openFileInsurer() {
    const directory = mkdtempSync(join(tmpdir(), 'sluice-sshd-'));
    this.fileInsurer = await FileInsurer.open(directory, {
      url: `${this.sandboxUrl}/insurers/${OVER_FILES}`,
      token: `token-of-${OVER_FILES}`,
      answers: this.answers,
    });
  }

  /** One insurer fetches instead. */
  async openInboxInsurer() {
    const { newSecret } = await this.site.lib('access');
    const { secret, digest } = newSecret('inbox-credential');
    const id = randomUUID();
    await this.opened.directory.putCredential({
      digest,
      kind: 'inbox-credential',
      practice: this.practice,
      subject: `insurer:${this.insurers.get(OVER_INBOX).id}/${id}`,
      label: 'Claims system',
      roles: ['insurer'],
      expiresAt: Date.now() + 86_400_000,
    });
    this.inboxInsurer = new InboxInsurer(
      { id, secret },
      { url: `${this.sandboxUrl}/insurers/${OVER_INBOX}`, token: `token-of-${OVER_INBOX}` },
    );
  }

  /** How an insurer is spoken to, and with what. */
  connectionTo(id, receiverId) {
    if (this.fileInsurer !== undefined && id === OVER_FILES) return this.fileInsurer.registered(receiverId);
    if (this.inbox && id === OVER_INBOX)
      return { connection: { kind: 'inbox', receiverId, production: false }, token: '' };
    const connection = { url: `${this.sandboxUrl}/insurers/${id}`, receiverId, production: false };
    return { connection, token: `token-of-${id}` };
  }

  /** Practice, clinicians and insurers, and services to make clients with. */
  async found() {
    const { site, database } = this;
    const { openStore } = await site.lib('persistence');
    const { loadRules, systemClock, systemIds } = await site.lib('settings');
    const rules = valueOf(await loadRules(site.root));
    const { openFileKeys } = await site.lib('access');
    const keys = valueOf(openFileKeys(this.ground.keyFile, systemClock));
    this.opened = valueOf(await openStore({ appUrl: database.appUrl, keys, poolSize: 4 }));
    const nothing = () => undefined;
    this.services = {
      store: this.opened.store,
      keys,
      book: rules.book,
      ids: systemIds,
      clock: systemClock,
      log: { event: nothing, failure: nothing },
      metrics: { count: nothing, observe: nothing },
    };
    this.insurers = new Map();
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
      timeZone: 'UTC',
    });
    this.clinician = randomUUID();
    this.staff = randomUUID();
    await this.services.store.inPractice(this.context, async ({ practice }) => {
      await practice.addClinician({
        id: this.clinician,
        firstName: 'Imre',
        lastName: 'Invented',
        credential: 'PhD',
        taxonomy: '103T00000X',
        npi: '1999000015',
        jurisdiction: 'US-OR',
        profession: 'counselor',
      });
      await practice.addStaff({
        id: this.staff,
        signIn: `staff-${this.staff}`,
        name: 'Invented Clinician',
        passwordHash: 'never',
        roles: ['billing', 'clinician'],
        clinician: this.clinician,
      });
      for (const id of Object.keys(INSURERS)) {
        const profile = rules.insurers.find((one) => one.id === id);
        const insurer = {
          id: randomUUID(),
          profile: this.together && id === OVER_FILES ? { ...profile, ...TOGETHER } : profile,
          ...this.connectionTo(id, profile.payerId),
        };
        this.insurers.set(id, insurer);
        await practice.addInsurer(insurer, randomUUID());
      }
    });
    const { newSecret } = await site.lib('access');
    const { secret, digest } = newSecret('session');
    await this.opened.directory.putCredential({
      digest,
      kind: 'session',
      practice: this.practice,
      subject: `staff:${this.staff}`,
      roles: ['billing', 'clinician'],
      expiresAt: Date.now() + 86_400_000,
    });
    this.cookie = `sluice=${secret}`;
  }

  /** The documents of one run; kept in the client's list. */
  async newDocuments() {
    const made = await makeDocuments(this);
    for (const document of made) this.documents.set(document.key, document);
    this.newest = made;
    return made;
  }

  faultLog() {
    return join(this.directory, `faults-${++this.logs}.log`);
  }

  settings() {
    return {
      DATABASE_URL: this.database.ownerUrl,
      SLUICE_ENVIRONMENT: 'test',
      SLUICE_STATE_DIRECTORY: this.directory,
      SLUICE_KEY_FILE: this.ground.keyFile,
      SLUICE_SANDBOX: 'false',
      SLUICE_EGRESS_ALLOW_LOOPBACK: 'true',
      SLUICE_LOG_LEVEL: 'debug',
    };
  }

  async startWorker({ engine = 'postgres', fault, settings = {}, log = this.faultLog() } = {}) {
    const worker = this.start('worker', ['--conditions=faults', 'dist/apps/worker/main.js', '--stdin-guard'], {
      ...this.settings(),
      ...(engine === 'redis' ? { REDIS_URL: this.database.redisUrl } : {}),
      SLUICE_WORKER_HEALTH_PORT: '0',
      SLUICE_WORKER_LEASE_SECONDS: '5',
      SLUICE_WORKER_RELAY_INTERVAL_MS: '100',
      SLUICE_WORKER_SWEEP_INTERVAL_MS: '300',
      SLUICE_FAULT_LOG: log,
      ...settings,
      ...(fault === undefined ? {} : { SLUICE_FAULT: fault }),
    });
    worker.faultLog = log;
    // It may be killed before it has said anything.
    if (fault === undefined) await worker.line('listening');
    return worker;
  }

  async startApi({ fault, log = this.faultLog() } = {}) {
    const api = this.start('api', ['--conditions=faults', 'dist/apps/api/main.js', '--stdin-guard'], {
      ...this.settings(),
      SLUICE_API_PORT: '0',
      SLUICE_WORKER_LEASE_SECONDS: '5',
      SLUICE_FAULT_LOG: log,
      ...(fault === undefined ? {} : { SLUICE_FAULT: fault }),
    });
    api.faultLog = log;
    api.url = `http://127.0.0.1:${await api.line('listening')}`;
    return api;
  }

  /** A gateway without a fault, for as long as nobody stops it. */
  async standingApi() {
    if (!this.api?.isRunning) this.api = await this.startApi();
    return this.api;
  }

  async standingWorker(engine) {
    if (this.worker?.isRunning && this.worker.engine === engine) return this.worker;
    await this.retireWorker();
    this.worker = await this.startWorker({ engine });
    this.worker.engine = engine;
    return this.worker;
  }

  /** So that nobody else takes the work of a worker that is to be killed. Gives whether it ended cleanly. */
  async retireWorker() {
    const { worker } = this;
    this.worker = undefined;
    return worker === undefined || (await worker.stop()).code === 0;
  }

  async behave(insurer, behaviour) {
    const answer = await fetch(`${this.sandboxUrl}/control/insurers/${insurer}/behaviour`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${CONTROL}`, 'content-type': 'application/json' },
      body: JSON.stringify(behaviour),
    });
    if (!answer.ok) throw new Error(`behaviour refused: ${answer.status}`);
  }

  /** `deaf`: nobody can tell from answers what arrived; it has to be found out, or left to a person. */
  async behaveAll(behaviour, { deaf }) {
    await Promise.all(Object.keys(INSURERS).map((id) => this.behave(id, { ...behaviour, answersPaused: deaf })));
  }

  /** What really reached the insurers, from their own file. */
  insurersLedger() {
    return readFileSync(this.sandboxLedger, 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  }

  async close() {
    await Promise.all(this.children.map((child) => child.kill()));
    await this.inboxInsurer?.leave();
    await this.fileInsurer?.close();
    await this.opened?.close();
    await this.database.drop();
  }
}
