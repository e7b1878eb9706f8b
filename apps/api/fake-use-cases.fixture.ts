import { failed, issue, type Issue, ok } from '#libs/kernel';
import {
  ACCEPTED,
  API_KEY,
  CEILING,
  CLIENT_VIEW,
  CLINICIAN,
  COVERAGE,
  DETAIL,
  DOCUMENT,
  EXPLANATION,
  IMPORTED,
  INBOX_CREDENTIAL,
  INBOX_ITEM,
  INSURER_VIEW,
  LEDGER_ROW,
  PRACTICE,
  PRACTICE_VIEW,
  PREVIEW,
  READING,
  READING_EFFECT,
  RELEASE,
  SAVED_VIEW,
  SCAN,
  SEALED,
  SHADOW,
  ROUTE,
  SIGNING_LINK,
  SUMMARY,
  THING,
  TREATMENT,
  WEBHOOK_DELIVERY,
  WEBHOOK_ENDPOINT,
  WORK,
  WORK_NOTE,
} from './samples.fixture.js';
import { COMPARISON, DASHBOARD, SENT, SIMULATION, STAFF_ACCOUNT } from './insight-samples.fixture.js';
import type { UseCases } from './use-cases.js';
import type { ActorDescription } from './use-cases/actor.js';
import type { Answer, Created, Idempotency, RequestContext } from './use-cases/asked.js';

interface Call {
  readonly name: string;
  readonly context: RequestContext;
  readonly given: readonly unknown[];
}

/** Says yes with invented views, or what a test puts in `refusal`, and remembers who asked for what. It has one practice; nothing else exists. */
export class FakeUseCases implements UseCases {
  readonly calls: Call[] = [];
  readonly actor: { description: ActorDescription } = {
    description: { practice: { name: 'Meadow Practice', timeZone: 'UTC' }, name: 'Bo Ledger', clinician: CLINICIAN },
  };
  refusal: readonly Issue[] | undefined;
  crash: Error | undefined;
  document = DOCUMENT;
  treating = [CLINICIAN];
  /** Of whoever asks. */
  signIn = '';
  readonly #stored = new Map<string, { readonly fingerprint: string; readonly answer: Created<unknown> }>();

  #answer<T>(
    name: string,
    context: RequestContext,
    answer: { readonly body: T; readonly given?: readonly unknown[] },
  ): Answer<T> {
    this.calls.push({ name, context, given: answer.given ?? [] });
    if (this.crash !== undefined) return Promise.reject(this.crash);
    if (this.refusal !== undefined) return Promise.resolve(failed(...this.refusal));
    if (context.practice !== PRACTICE) return Promise.resolve(failed(issue('not_found', '/id')));
    return Promise.resolve(ok(answer.body));
  }

  async #create<T>(
    name: string,
    context: RequestContext,
    creation: { readonly body: T; readonly idempotency: Idempotency; readonly given: readonly unknown[] },
  ): Answer<Created<T>> {
    const { body, idempotency, given } = creation;
    const answered = await this.#answer(name, context, { body, given: [...given, idempotency] });
    if (!answered.ok) return answered;
    const place = `${context.principal} ${idempotency.route} ${idempotency.key}`;
    const before = this.#stored.get(place);
    if (before !== undefined) {
      return before.fingerprint === idempotency.fingerprint
        ? ok({ status: before.answer.status, body, replayed: true })
        : failed(issue('idempotency_key_reused', ''));
    }
    const answer = { status: idempotency.status, body, replayed: false };
    this.#stored.set(place, { fingerprint: idempotency.fingerprint, answer });
    return ok(answer);
  }

  submitInvoice: UseCases['submitInvoice'] = (context, invoice, idempotency) =>
    this.#create('submitInvoice', context, { body: ACCEPTED, idempotency, given: [invoice] });
  validateInvoice: UseCases['validateInvoice'] = (context, invoice) =>
    this.#answer('validateInvoice', context, {
      body: { valid: true, outcome: 'send', gaps: [], warnings: [] },
      given: [invoice],
    });
  submitInvoices: UseCases['submitInvoices'] = (context, items) =>
    Promise.all(
      items.map(({ invoice, idempotency }) =>
        this.#create('submitInvoices', context, { body: ACCEPTED, idempotency, given: [invoice] }),
      ),
    );
  validateInvoices: UseCases['validateInvoices'] = (context, invoices) =>
    Promise.all(
      invoices.map((invoice) =>
        this.#answer('validateInvoices', context, {
          body: { valid: true as const, outcome: 'send' as const, gaps: [], warnings: [] },
          given: [invoice],
        }),
      ),
    );
  previewInvoice: UseCases['previewInvoice'] = (context, invoice, amends) =>
    this.#answer('previewInvoice', context, {
      body: { view: PREVIEW, treating: this.treating },
      given: amends === undefined ? [invoice] : [invoice, amends],
    });
  submitTreatmentReport: UseCases['submitTreatmentReport'] = (context, report, idempotency) =>
    this.#create('submitTreatmentReport', context, { body: ACCEPTED, idempotency, given: [report] });
  validateTreatmentReport: UseCases['validateTreatmentReport'] = (context, report) =>
    this.#answer('validateTreatmentReport', context, {
      body: { valid: true, outcome: 'hold', gaps: [], warnings: [] },
      given: [report],
    });
  previewTreatmentReport: UseCases['previewTreatmentReport'] = (context, report) =>
    this.#answer('previewTreatmentReport', context, {
      body: { view: PREVIEW, treating: this.treating },
      given: [report],
    });
  readDocument: UseCases['readDocument'] = (context, id) =>
    this.#answer('readDocument', context, {
      body: { view: this.document, treating: this.treating, tag: 'a1' },
      given: [id],
    });
  giveReceipt: UseCases['giveReceipt'] = (context, receipt) =>
    this.#answer('giveReceipt', context, {
      body: { mediaType: receipt.mediaType, bytes: Uint8Array.of(0x25, 0x50, 0xff, 0x0a) },
      given: [receipt],
    });
  amendDocument: UseCases['amendDocument'] = (context, id, amendment) =>
    amendment.tag === 'a1'
      ? this.#answer('amendDocument', context, {
          body: { view: { document: this.document, warnings: [] }, tag: 'a2' },
          given: [id, amendment],
        })
      : Promise.resolve(failed(issue('precondition_failed', '')));

  listDisclosures: UseCases['listDisclosures'] = (context, filter, paging) =>
    this.#answer('listDisclosures', context, { body: { rows: [SUMMARY], next: 'n1' }, given: [filter, paging] });
  exportDisclosures: UseCases['exportDisclosures'] = (context, query) =>
    this.#answer('exportDisclosures', context, {
      body: (async function* () {
        yield 'id\r\n';
        yield `${await Promise.resolve(THING)}\r\n`;
      })(),
      given: [query],
    });
  actOnDisclosures: UseCases['actOnDisclosures'] = (context, actions) =>
    Promise.all(
      actions.map(async ({ idempotency, ...one }) => {
        const done = await this.#create('actOnDisclosures', context, {
          body: { state: 'cancelled' as const },
          idempotency,
          given: [one],
        });
        return done.ok ? ok({ ...done.value.body, replayed: done.value.replayed }) : done;
      }),
    );
  rehearseActions: UseCases['rehearseActions'] = (context, actions) =>
    Promise.all(
      actions.map((one) =>
        this.#answer('rehearseActions', context, {
          body: { state: 'held' as const, cause: 'revoked', curer: 'client' as const },
          given: [one],
        }),
      ),
    );

  countWorklist: UseCases['countWorklist'] = (context, scope) =>
    this.#answer('countWorklist', context, {
      body: {
        queues: [{ queue: 'parked', count: { counted: 1, more: false }, snoozed: { counted: 0, more: false } }],
      },
      given: [scope],
    });
  listWorklist: UseCases['listWorklist'] = (context, wanted, paging) =>
    this.#answer('listWorklist', context, {
      body: { rows: [{ kind: 'disclosure' as const, ...WORK, ageDays: 2, nextStep: 'Wait.', disclosure: SUMMARY }] },
      given: [wanted, paging],
    });
  readWork: UseCases['readWork'] = (context, item) =>
    this.#answer('readWork', context, { body: { ...WORK, kind: 'disclosure' }, given: [item] });
  assignWork: UseCases['assignWork'] = (context, assignment) =>
    this.#answer('assignWork', context, { body: { ...WORK, kind: 'disclosure' }, given: [assignment] });
  snoozeWork: UseCases['snoozeWork'] = (context, snooze) =>
    this.#answer('snoozeWork', context, { body: { ...WORK, kind: 'disclosure' }, given: [snooze] });
  listNotes: UseCases['listNotes'] = (context, item) =>
    this.#answer('listNotes', context, { body: [WORK_NOTE], given: [item] });
  writeNote: UseCases['writeNote'] = (context, note, idempotency) =>
    this.#create('writeNote', context, { body: WORK_NOTE, idempotency, given: [note] });
  listStaff: UseCases['listStaff'] = (context) =>
    this.#answer('listStaff', context, { body: [{ id: THING, name: 'Bo Ledger', roles: ['billing' as const] }] });

  listViews: UseCases['listViews'] = (context) => this.#answer('listViews', context, { body: [SAVED_VIEW] });
  createView: UseCases['createView'] = (context, view, idempotency) =>
    this.#create('createView', context, { body: SAVED_VIEW, idempotency, given: [view] });
  changeView: UseCases['changeView'] = (context, change) =>
    this.#answer('changeView', context, { body: SAVED_VIEW, given: [change] });
  deleteView: UseCases['deleteView'] = (context, id) =>
    this.#answer('deleteView', context, { body: undefined, given: [id] });

  search: UseCases['search'] = (context, wanted) =>
    this.#answer('search', context, { body: [SUMMARY], given: [wanted] });
  readDisclosure: UseCases['readDisclosure'] = (context, id) =>
    this.#answer('readDisclosure', context, { body: DETAIL, given: [id] });
  explainDisclosure: UseCases['explainDisclosure'] = (context, id) =>
    this.#answer('explainDisclosure', context, { body: { view: EXPLANATION, treating: this.treating }, given: [id] });
  revealDisclosure: UseCases['revealDisclosure'] = (context, id) =>
    this.#answer('revealDisclosure', context, { body: { view: EXPLANATION, treating: this.treating }, given: [id] });
  chooseForDisclosure: UseCases['chooseForDisclosure'] = (context, choice, idempotency) =>
    this.#create('chooseForDisclosure', context, { body: { disclosure: SUMMARY }, idempotency, given: [choice] });
  correctClaim: UseCases['correctClaim'] = (context, correction, idempotency) =>
    this.#create('correctClaim', context, { body: ACCEPTED, idempotency, given: [correction] });
  validateCorrection: UseCases['validateCorrection'] = (context, correction) =>
    this.#answer('validateCorrection', context, {
      body: { valid: true, outcome: 'send', gaps: [], warnings: [] },
      given: [correction],
    });
  cancelDisclosure: UseCases['cancelDisclosure'] = (context, cancellation) =>
    this.#answer('cancelDisclosure', context, { body: SUMMARY, given: [cancellation] });

  listClients: UseCases['listClients'] = (context, filter, paging) =>
    this.#answer('listClients', context, { body: { rows: [CLIENT_VIEW] }, given: [filter, paging] });
  recordClient: UseCases['recordClient'] = (context, client, idempotency) =>
    this.#create('recordClient', context, { body: CLIENT_VIEW, idempotency, given: [client] });
  readClient: UseCases['readClient'] = (context, id) =>
    this.#answer('readClient', context, { body: CLIENT_VIEW, given: [id] });
  amendClient: UseCases['amendClient'] = (context, id, amendment) =>
    this.#answer('amendClient', context, { body: CLIENT_VIEW, given: [id, amendment] });
  listCoverages: UseCases['listCoverages'] = (context, client) =>
    this.#answer('listCoverages', context, { body: [COVERAGE], given: [client] });
  recordCoverage: UseCases['recordCoverage'] = (context, coverage, idempotency) =>
    this.#create('recordCoverage', context, { body: COVERAGE, idempotency, given: [coverage] });

  listTreatments: UseCases['listTreatments'] = (context, client) =>
    this.#answer('listTreatments', context, { body: [TREATMENT], given: [client] });
  assignClinician: UseCases['assignClinician'] = (context, request, idempotency) =>
    this.#create('assignClinician', context, { body: TREATMENT, idempotency, given: [request] });
  endTreatment: UseCases['endTreatment'] = (context, id, ending) =>
    this.#answer('endTreatment', context, { body: TREATMENT, given: [id, ending] });
  listReleases: UseCases['listReleases'] = (context, client) =>
    this.#answer('listReleases', context, { body: [RELEASE], given: [client] });
  draftRelease: UseCases['draftRelease'] = (context, draft, idempotency) =>
    this.#create('draftRelease', context, { body: RELEASE, idempotency, given: [draft] });
  readRelease: UseCases['readRelease'] = (context, id) =>
    this.#answer('readRelease', context, { body: { view: RELEASE, tag: 'draft-a1' }, given: [id] });
  reviseRelease: UseCases['reviseRelease'] = (context, id, revision) =>
    this.#answer('reviseRelease', context, { body: { view: RELEASE, tag: 'draft-a2' }, given: [id, revision] });
  readReleaseHistory: UseCases['readReleaseHistory'] = (context, id) =>
    this.#answer('readReleaseHistory', context, { body: { events: [] }, given: [id] });
  signRelease: UseCases['signRelease'] = (context, id, signing) =>
    this.#answer('signRelease', context, { body: RELEASE, given: [id, signing] });
  relateRelease: UseCases['relateRelease'] = (context, id, relation) =>
    this.#answer('relateRelease', context, { body: RELEASE, given: [id, relation] });
  endRelease: UseCases['endRelease'] = (context, id, end) =>
    this.#answer('endRelease', context, { body: RELEASE, given: [id, end] });
  revokeRelease: UseCases['revokeRelease'] = (context, id, revocation) =>
    this.#answer('revokeRelease', context, { body: RELEASE, given: [id, revocation] });
  listRestrictions: UseCases['listRestrictions'] = (context, client) =>
    this.#answer('listRestrictions', context, { body: [], given: [client] });
  recordRestriction: UseCases['recordRestriction'] = (context, restriction, idempotency) =>
    this.#create('recordRestriction', context, {
      body: { id: THING, revision: 1, restriction: { kind: 'confidential-communication' } },
      idempotency,
      given: [restriction],
    });

  attachScan: UseCases['attachScan'] = (context, scan, idempotency) =>
    this.#create('attachScan', context, { body: SCAN, idempotency, given: [scan] });
  listScans: UseCases['listScans'] = (context, id) => this.#answer('listScans', context, { body: [SCAN], given: [id] });
  readScan: UseCases['readScan'] = (context, id) =>
    this.#answer('readScan', context, {
      body: { mediaType: SCAN.mediaType, bytes: Buffer.from('%PDF-1.7') },
      given: [id],
    });
  checkScan: UseCases['checkScan'] = (context, id, verdict) =>
    this.#answer('checkScan', context, { body: RELEASE, given: [id, verdict] });
  runShadow: UseCases['runShadow'] = (context, run) =>
    this.#answer('runShadow', context, { body: SHADOW, given: [run] });
  createSigningLink: UseCases['createSigningLink'] = (context, release, link) =>
    this.#answer('createSigningLink', context, { body: SIGNING_LINK, given: [release, link] });
  listSigningLinks: UseCases['listSigningLinks'] = (context, id) =>
    this.#answer('listSigningLinks', context, { body: [], given: [id] });
  withdrawSigningLink: UseCases['withdrawSigningLink'] = (context, at) =>
    this.#answer('withdrawSigningLink', context, { body: undefined, given: [at] });
  listExpiringReleases: UseCases['listExpiringReleases'] = (context, within) =>
    this.#answer('listExpiringReleases', context, { body: [], given: [within] });
  renewReleases: UseCases['renewReleases'] = (context, renewing) =>
    this.#answer('renewReleases', context, { body: { rows: [] }, given: [renewing] });
  readReleaseText: UseCases['readReleaseText'] = (context, id, language) =>
    this.#answer('readReleaseText', context, {
      body: { language, title: 'T', intro: [], purposes: [], groups: [], terms: [], statements: [] },
      given: [id, language],
    });
  readSignature: UseCases['readSignature'] = (context, id) =>
    this.#answer('readSignature', context, { body: Buffer.from([0x89, 0x50, 0x4e, 0x47]), given: [id] });
  readReleaseCopy: UseCases['readReleaseCopy'] = (context, id) =>
    this.#answer('readReleaseCopy', context, { body: Buffer.from('%PDF-1.7'), given: [id] });
  readonly signing: UseCases['signing'] = {
    begin: () => Promise.resolve(ok(undefined)),
    identify: () => Promise.resolve(ok(false)),
    read: () => Promise.resolve(failed(issue('link_unusable', ''))),
    sign: () => Promise.resolve(failed(issue('link_unusable', ''))),
    copy: () => Promise.resolve(failed(issue('link_unusable', ''))),
  };
  rehearseImport: UseCases['rehearseImport'] = (context, sent) =>
    this.#answer('rehearseImport', context, { body: { ...IMPORTED, kind: sent.kind, dryRun: true }, given: [sent] });
  importFile: UseCases['importFile'] = (context, sent, claim) =>
    this.#answer('importFile', context, {
      body: { report: { ...IMPORTED, kind: sent.kind }, replayed: false },
      given: [sent, claim],
    });

  listReadings: UseCases['listReadings'] = (context) => this.#answer('listReadings', context, { body: [READING] });
  chooseReading: UseCases['chooseReading'] = (context, reading, idempotency) =>
    this.#create('chooseReading', context, { body: READING, idempotency, given: [reading] });
  weighReading: UseCases['weighReading'] = (context, reading) =>
    this.#answer('weighReading', context, { body: READING_EFFECT, given: [reading] });
  weighRevocation: UseCases['weighRevocation'] = (context, id) =>
    this.#answer('weighRevocation', context, { body: READING_EFFECT, given: [id] });
  revokeReading: UseCases['revokeReading'] = (context, id) =>
    this.#answer('revokeReading', context, { body: READING, given: [id] });
  listCeilings: UseCases['listCeilings'] = (context) => this.#answer('listCeilings', context, { body: [CEILING] });
  readLedger: UseCases['readLedger'] = (context, filter, paging) =>
    this.#answer('readLedger', context, { body: { rows: [LEDGER_ROW] }, given: [filter, paging] });
  verifyLedger: UseCases['verifyLedger'] = (context, range) =>
    this.#answer('verifyLedger', context, {
      body: { blocks: 1, entries: 1, checkpoints: 0, head: 'ab', of: 1, holds: true },
      given: [range],
    });
  simulateRelease: UseCases['simulateRelease'] = (context, id, relation) =>
    this.#answer('simulateRelease', context, { body: SIMULATION, given: [id, relation] });
  readDashboard: UseCases['readDashboard'] = (context, query) =>
    this.#answer('readDashboard', context, { body: DASHBOARD, given: [query] });
  readAsking: UseCases['readAsking'] = (context, query) =>
    this.#answer('readAsking', context, {
      body: { from: '2026-03-01', to: '2026-03-02', rows: [], sample: { disclosures: 0, of: 0 } },
      given: [query],
    });
  compareDisclosure: UseCases['compareDisclosure'] = (context, id) =>
    this.#answer('compareDisclosure', context, { body: { view: COMPARISON, treating: this.treating }, given: [id] });
  readSentBytes: UseCases['readSentBytes'] = (context, id) =>
    this.#answer('readSentBytes', context, { body: SENT, given: [id] });
  accountForClient: UseCases['accountForClient'] = (context, asked, paging) =>
    this.#answer('accountForClient', context, { body: { rows: [] }, given: [asked, paging] });
  checkConnection: UseCases['checkConnection'] = (context, id) =>
    this.#answer('checkConnection', context, {
      body: {
        ...{ insurer: THING, route: 'direct' as const, kind: 'https' as const, at: '2026-03-05T09:00:00Z', ok: true },
        steps: [{ step: 'address' as const, outcome: 'ok' as const }],
      },
      given: [id],
    });
  sendTestClaim: UseCases['sendTestClaim'] = (context, id) =>
    this.#answer('sendTestClaim', context, {
      body: {
        ...{ insurer: THING, route: 'direct' as const, kind: 'https' as const, at: '2026-03-05T09:00:00Z' },
        ...{ interchange: '000000007', outcome: 'accepted' as const, status: 202 },
      },
      given: [id],
    });
  readQueues: UseCases['readQueues'] = (context) =>
    this.#answer('readQueues', context, {
      body: {
        ...{ at: '2026-03-05T09:00:00Z', lanes: [], queues: [], failures: [] },
        outbox: { waiting: 0, due: 0, unpublished: 0 },
      },
    });
  readHealth: UseCases['readHealth'] = (context) =>
    this.#answer('readHealth', context, { body: { at: '2026-03-05T09:00:00Z', status: 'ok' as const, checks: [] } });
  listStaffAccounts: UseCases['listStaffAccounts'] = (context) =>
    this.#answer('listStaffAccounts', context, { body: [STAFF_ACCOUNT] });
  readStaffAccount: UseCases['readStaffAccount'] = (context, id) =>
    this.#answer('readStaffAccount', context, { body: STAFF_ACCOUNT, given: [id] });
  createStaffAccount: UseCases['createStaffAccount'] = (context, account) =>
    this.#answer('createStaffAccount', context, { body: STAFF_ACCOUNT, given: [account] });
  changeStaffRoles: UseCases['changeStaffRoles'] = (context, about, change) =>
    this.#answer('changeStaffRoles', context, { body: STAFF_ACCOUNT, given: [about, change] });
  disableStaff: UseCases['disableStaff'] = (context, about) =>
    this.#answer('disableStaff', context, { body: STAFF_ACCOUNT, given: [about] });
  enableStaff: UseCases['enableStaff'] = (context, about) =>
    this.#answer('enableStaff', context, { body: STAFF_ACCOUNT, given: [about] });
  resetPassword: UseCases['resetPassword'] = (context, reset) =>
    this.#answer('resetPassword', context, { body: STAFF_ACCOUNT, given: [reset] });
  changeOwnPassword: UseCases['changeOwnPassword'] = (context, passwordHash) =>
    this.#answer('changeOwnPassword', context, { body: undefined, given: [passwordHash] });
  ownSignIn: UseCases['ownSignIn'] = (context) => this.#answer('ownSignIn', context, { body: this.signIn });
  changeConnection: UseCases['changeConnection'] = (context, id, change) =>
    this.#answer('changeConnection', context, { body: INSURER_VIEW, given: [id, change] });
  clearLane: UseCases['clearLane'] = (context, id) =>
    this.#answer('clearLane', context, { body: INSURER_VIEW, given: [id] });
  listInsurers: UseCases['listInsurers'] = (context) => this.#answer('listInsurers', context, { body: [INSURER_VIEW] });
  listRoutes: UseCases['listRoutes'] = (context, insurer) =>
    this.#answer('listRoutes', context, { body: [ROUTE], given: [insurer] });
  recordRoute: UseCases['recordRoute'] = (context, request, idempotency) =>
    this.#create('recordRoute', context, { body: ROUTE, idempotency, given: [request] });
  readPractice: UseCases['readPractice'] = (context) => this.#answer('readPractice', context, { body: PRACTICE_VIEW });
  setTimeZone: UseCases['setTimeZone'] = (context, to) =>
    this.#answer('setTimeZone', context, { body: { ...PRACTICE_VIEW, ...to }, given: [to] });
  listClinicians: UseCases['listClinicians'] = (context) => this.#answer('listClinicians', context, { body: [] });
  listPresets: UseCases['listPresets'] = (context) => this.#answer('listPresets', context, { body: [] });
  listApiKeys: UseCases['listApiKeys'] = (context) => this.#answer('listApiKeys', context, { body: [API_KEY] });
  revokeApiKey: UseCases['revokeApiKey'] = (context, id) =>
    this.#answer('revokeApiKey', context, { body: undefined, given: [id] });

  listWebhookEndpoints: UseCases['listWebhookEndpoints'] = (context) =>
    this.#answer('listWebhookEndpoints', context, { body: [WEBHOOK_ENDPOINT] });
  createWebhookEndpoint: UseCases['createWebhookEndpoint'] = (context, endpoint) =>
    this.#answer('createWebhookEndpoint', context, {
      body: { ...WEBHOOK_ENDPOINT, secret: endpoint.secret },
      given: [endpoint],
    });
  changeWebhookEndpoint: UseCases['changeWebhookEndpoint'] = (context, id, change) =>
    this.#answer('changeWebhookEndpoint', context, { body: WEBHOOK_ENDPOINT, given: [id, change] });
  deleteWebhookEndpoint: UseCases['deleteWebhookEndpoint'] = (context, id) =>
    this.#answer('deleteWebhookEndpoint', context, { body: undefined, given: [id] });
  rotateWebhookSecret: UseCases['rotateWebhookSecret'] = (context, rotation) =>
    this.#answer('rotateWebhookSecret', context, {
      body: { ...WEBHOOK_ENDPOINT, secret: rotation.secret },
      given: [rotation],
    });
  testWebhookEndpoint: UseCases['testWebhookEndpoint'] = (context, id, idempotency) =>
    this.#create('testWebhookEndpoint', context, { body: WEBHOOK_DELIVERY, idempotency, given: [id] });
  listWebhookDeliveries: UseCases['listWebhookDeliveries'] = (context, filter, paging) =>
    this.#answer('listWebhookDeliveries', context, { body: { rows: [WEBHOOK_DELIVERY] }, given: [filter, paging] });
  redeliverWebhook: UseCases['redeliverWebhook'] = (context, id) =>
    this.#answer('redeliverWebhook', context, { body: WEBHOOK_DELIVERY, given: [id] });

  listInbox: UseCases['listInbox'] = (context, paging) =>
    this.#answer('listInbox', context, { body: { rows: [INBOX_ITEM] }, given: [paging] });
  fetchInboxItem: UseCases['fetchInboxItem'] = async (context, id, to) => {
    const answered = await this.#answer('fetchInboxItem', context, { body: undefined, given: [id] });
    if (answered.ok) await to.give(SEALED);
    return answered;
  };
  acknowledgeInboxItem: UseCases['acknowledgeInboxItem'] = (context, id, acknowledgement) =>
    this.#answer('acknowledgeInboxItem', context, {
      body: { id, outcome: 'acknowledged' },
      given: [id, acknowledgement],
    });
  rejectInboxItem: UseCases['rejectInboxItem'] = (context, id, rejection) =>
    this.#answer('rejectInboxItem', context, { body: { id, outcome: 'rejected' }, given: [id, rejection] });
  decideInboxItem: UseCases['decideInboxItem'] = (context, id, decision) =>
    this.#answer('decideInboxItem', context, { body: { id, outcome: 'decided' }, given: [id, decision] });
  postInboxAnswer: UseCases['postInboxAnswer'] = (context, bytes) =>
    this.#answer('postInboxAnswer', context, { body: { digest: 'ab'.repeat(32) }, given: [bytes] });
  listInboxCredentials: UseCases['listInboxCredentials'] = (context, insurer) =>
    this.#answer('listInboxCredentials', context, { body: [INBOX_CREDENTIAL], given: [insurer] });
  mayHaveInboxCredentials: UseCases['mayHaveInboxCredentials'] = (context, insurer) =>
    this.#answer('mayHaveInboxCredentials', context, { body: undefined, given: [insurer] });
  revokeInboxCredential: UseCases['revokeInboxCredential'] = (context, of) =>
    this.#answer('revokeInboxCredential', context, { body: undefined, given: [of] });

  describeActor: UseCases['describeActor'] = () => Promise.resolve(this.actor.description);
  recordAccess: UseCases['recordAccess'] = (context, event) =>
    this.#answer('recordAccess', context, { body: undefined, given: [event] });
}
