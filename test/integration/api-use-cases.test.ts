import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type RouteName, routeOf, ROUTES } from '#libs/contracts';
import type {
  ApiKeyId,
  ClientId,
  ClinicianId,
  CoverageId,
  DisclosureId,
  DocumentId,
  PracticeId,
  ReleaseId,
  TreatmentId,
} from '#libs/kernel';
import type { UseCases } from '../../apps/api/use-cases.js';
import type { Idempotency, RequestContext } from '../../apps/api/use-cases/asked.js';
import { createUseCases } from '../../apps/api/wiring/create-use-cases.js';
import { asking } from '../support/asking.js';
import { ago, type Played, Stage, valueOf } from '../support/stage.js';

let stage: Stage;
let useCases: UseCases;

beforeAll(async () => {
  stage = await Stage.open();
  useCases = createUseCases(stage.services);
});

afterAll(async () => {
  await stage.close();
});

const billing = () => asking(stage, ['billing']);
const officer = () => asking(stage, ['privacy-officer']);
const clinician = (id: ClinicianId) => asking(stage, ['clinician'], { clinician: id });

/** As the gateway makes it of a header, the route and the canonical body. */
const keyed = (name: RouteName, body: unknown, key: string = randomUUID()): Idempotency => {
  const { method, path, status } = routeOf(name);
  const fingerprint = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  return { key, route: `${method} ${path}`, fingerprint, status };
};

/** The gateway gives out nothing that the contract has no place for. */
const fits = (name: RouteName, body: unknown): void => {
  const read = routeOf(name).response?.safeParse(body);
  expect(read?.error?.issues ?? []).toEqual([]);
};

const codesOf = (result: {
  readonly ok: boolean;
  readonly issues?: readonly { readonly code: string; readonly path: string }[];
}) => (result.issues ?? []).map(({ code, path }) => `${code} ${path}`);

const person = (code = `C-${randomUUID().slice(0, 8)}`) =>
  ROUTES.recordClient.body.parse({
    code,
    identity: {
      firstName: 'Ottilie',
      lastName: 'Vantongeren',
      birthDate: '1991-09-30',
      sex: 'F',
      address: { line: '7 Imaginary Lane', city: 'Nowhere', region: 'OR', postal: '000000002' },
    },
  });

const covered = (insurer: Played) =>
  ROUTES.recordCoverage.body.parse({
    insurer: stage.insurer(insurer).id,
    terms: { memberId: 'ZZ000111', relationship: 'self' },
    funding: 'fully-insured',
    fundingEvidence: true,
    assignmentSigned: true,
  });

const invoiceOf = (party: Party, change: object = {}) =>
  ROUTES.submitInvoice.body.parse({
    ...party,
    clinician: stage.clinicians.oregon,
    number: 'INV-1',
    issuedOn: ago(1),
    placeOfService: '11',
    currency: 'USD',
    diagnoses: [{ id: 'D1', code: 'F331' }],
    lines: [
      {
        id: 'L1',
        date: ago(10),
        procedure: '90834',
        modifiers: [],
        units: 1,
        charge: 14_000,
        pointers: ['D1'],
        character: 'individual',
      },
    ],
    total: 14_000,
    ...change,
  });

const reportOf = (party: Party, by: ClinicianId) =>
  ROUTES.submitTreatmentReport.body.parse({
    ...party,
    clinician: by,
    attestedOn: ago(0),
    diagnoses: [{ id: 'D1', code: 'F331' }],
    functioning: 'severe',
    distress: 'moderate',
    minimumWeeks: 26,
    reasonContinuing: 'CANARYNARRATIVE',
    sessionsRequested: 12,
    from: ago(0),
    to: '2099-12-31',
  });

const draftFor = (change: object = {}) =>
  ROUTES.draftRelease.body.parse({ ...stage.terms('harbor-mutual'), ...change });

const signature = () =>
  ROUTES.signRelease.body.parse({
    signatures: [{ role: 'client', signedOn: ago(1), authorityDocumented: false, witnessed: false }],
    evidence: { kind: 'typed', digest: 'ab'.repeat(32) },
  });

interface Party {
  readonly client: ClientId;
  readonly coverage: CoverageId;
}

const assigned = async (client: ClientId, by: RequestContext, clinician: ClinicianId, change: object = {}) => {
  const body = ROUTES.assignClinician.body.parse({ clinician, ...change });
  const request = { client, assignment: body };
  return useCases.assignClinician(by, request, keyed('assignClinician', body));
};

/** Through the use cases, as the front desk does it: a client whom the clinician in Oregon treats. */
const party = async (insurer: Played = 'harbor-mutual'): Promise<Party> => {
  const body = person();
  const client = valueOf(await useCases.recordClient(billing(), body, keyed('recordClient', body))).body;
  fits('recordClient', client);
  const id = client.id as ClientId;
  const coverage = { ...covered(insurer), client: id };
  const recorded = valueOf(await useCases.recordCoverage(billing(), coverage, keyed('recordCoverage', coverage))).body;
  fits('recordCoverage', recorded);
  valueOf(await assigned(id, officer(), stage.clinicians.oregon));
  return { client: id, coverage: recorded.id as CoverageId };
};

const drafted = async (client: ClientId, change: object = {}): Promise<ReleaseId> => {
  const terms = draftFor(change);
  const release = valueOf(await useCases.draftRelease(officer(), { client, terms }, keyed('draftRelease', terms))).body;
  fits('draftRelease', release);
  return release.id as ReleaseId;
};

const signed = async (client: ClientId, change: object = {}): Promise<ReleaseId> => {
  const id = await drafted(client, change);
  valueOf(await useCases.signRelease(officer(), id, signature()));
  return id;
};

const submitted = async (
  of: Party,
  change: object = {},
): Promise<{ document: DocumentId; disclosure: DisclosureId; state: string }> => {
  const body = invoiceOf(of, change);
  const accepted = valueOf(await useCases.submitInvoice(billing(), body, keyed('submitInvoice', body))).body;
  fits('submitInvoice', accepted);
  const [disclosure] = accepted.disclosures;
  if (disclosure === undefined) throw new Error('no disclosure');
  return {
    document: accepted.document as DocumentId,
    disclosure: disclosure.id as DisclosureId,
    state: disclosure.state,
  };
};

describe('creating under a key', () => {
  it('gives the same client to the same request, and refuses another one', async () => {
    const body = person();
    const idempotency = keyed('recordClient', body);
    const first = valueOf(await useCases.recordClient(billing(), body, idempotency));
    const again = valueOf(await useCases.recordClient(billing(), body, idempotency));
    expect(first).toMatchObject({ status: 201, replayed: false });
    expect(again).toEqual({ ...first, replayed: true });
    const other = person();
    const reused = await useCases.recordClient(billing(), other, keyed('recordClient', other, idempotency.key));
    expect(codesOf(reused)).toEqual(['idempotency_key_reused Idempotency-Key']);
    expect(valueOf(await useCases.listClients(billing(), { code: other.code }, { limit: 10 })).rows).toEqual([]);
  });

  it('keeps nothing of a client beside the key', async () => {
    const body = person();
    valueOf(await useCases.recordClient(billing(), body, keyed('recordClient', body, 'receipt-of-a-client')));
    const [stored] = await stage.services.store.inPractice(stage.context, ({ idempotency }) =>
      idempotency.find([{ principal: billing().principal, route: 'POST /v1/clients', key: 'receipt-of-a-client' }]),
    );
    expect(Object.keys(JSON.parse(stored?.body ?? '{}') as object)).toEqual(['client']);
  });

  it('keeps no key of what was refused: the corrected request may use it', async () => {
    const body = person();
    valueOf(await useCases.recordClient(billing(), body, keyed('recordClient', body)));
    const taken = await useCases.recordClient(billing(), body, keyed('recordClient', body, 'second-try'));
    expect(codesOf(taken)).toEqual(['code_in_use /code']);
    const corrected = person();
    expect(
      valueOf(await useCases.recordClient(billing(), corrected, keyed('recordClient', corrected, 'second-try')))
        .replayed,
    ).toBe(false);
  });

  it('makes one client of two requests at the same moment', async () => {
    const body = person();
    const idempotency = keyed('recordClient', body);
    const both = await Promise.all([1, 2].map(() => useCases.recordClient(billing(), body, idempotency)));
    const ids = new Set(both.flatMap((one) => (one.ok ? [one.value.body.id] : [])));
    expect(ids.size).toBe(1);
    for (const one of both) if (!one.ok) expect(codesOf(one)).toEqual(['idempotency_in_progress Idempotency-Key']);
  });

  it('answers an invoice that is submitted twice with the same document', async () => {
    const of = await party();
    await signed(of.client);
    const body = invoiceOf(of);
    const idempotency = keyed('submitInvoice', body);
    const first = valueOf(await useCases.submitInvoice(billing(), body, idempotency));
    expect(first).toMatchObject({
      status: 202,
      replayed: false,
      body: { disclosures: [{ state: 'ready', format: 'x12-837p', purpose: 'HPAYMT' }] },
    });
    expect(valueOf(await useCases.submitInvoice(billing(), body, idempotency))).toEqual({ ...first, replayed: true });
    const changed = invoiceOf(of, { number: 'INV-2' });
    const reused = await useCases.submitInvoice(billing(), changed, keyed('submitInvoice', changed, idempotency.key));
    expect(codesOf(reused)).toEqual(['idempotency_key_reused Idempotency-Key']);
    const anew = await useCases.submitInvoice(billing(), changed, keyed('submitInvoice', changed));
    expect(codesOf(anew)).toEqual(['duplicate_service /lines']);
  });
});

describe('a hold', () => {
  it('is explained, and cured by signing', async () => {
    const of = await party();
    const held = await submitted(of);
    expect(held.state).toBe('held');
    const detail = valueOf(await useCases.readDisclosure(billing(), held.disclosure));
    fits('readDisclosure', detail);
    expect(detail).toMatchObject({
      state: 'held',
      cause: 'no_release',
      curer: 'client',
      client: { name: 'Ottilie Vantongeren' },
      total: 14_000,
      firstServiceOn: ago(10),
    });
    expect(detail.timeline.map((one) => one.kind)).toEqual(['accepted', 'held']);
    const explained = valueOf(await useCases.explainDisclosure(billing(), held.disclosure));
    fits('explainDisclosure', explained.view);
    expect(explained.treating).toEqual([stage.clinicians.oregon]);
    expect(explained.view.choices).toEqual(['keep-holding', 'draft-amendment']);
    const release = await drafted(of.client);
    const view = valueOf(await useCases.signRelease(officer(), release, signature()));
    fits('signRelease', view);
    expect(view).toMatchObject({ status: 'in-force', missing: [] });
    const cured = valueOf(await useCases.readDisclosure(billing(), held.disclosure));
    expect(cured.state).toBe('ready');
    expect(cured.timeline.at(-1)?.kind).toBe('resumed');
    expect(cured.version).toBeGreaterThan(detail.version);
  });

  it('says what the edits would have a person look at, and goes on saying it of what has gone', async () => {
    const of = await party();
    const edits = async (disclosure: DisclosureId): Promise<readonly string[]> => {
      const { view } = valueOf(await useCases.explainDisclosure(billing(), disclosure));
      fits('explainDisclosure', view);
      return view.warnings.map(({ code, path, severity }) => `${severity} ${code} ${path}`);
    };
    const inTime = await submitted(of);
    expect(await edits(inTime.disclosure)).toEqual([]);
    const [line] = invoiceOf(of).lines;
    // The insurer takes a session within 90 days.
    const late = await submitted(of, { number: 'INV-2', lines: [{ ...line, date: ago(85) }] });
    expect(await edits(late.disclosure)).toEqual(['warning filing_deadline_near /lines/0/date']);
    await signed(of.client);
    await stage.dispatch(late.disclosure);
    expect((await stage.record(late.disclosure)).state).toBe('sent');
    expect(await edits(late.disclosure)).toEqual(['warning filing_deadline_near /lines/0/date']);
  });

  it('by the choice of a person drafts what the client would have to sign', async () => {
    const of = await party();
    const held = await submitted(of);
    const choose = { choice: 'draft-amendment' } as const;
    const idempotency = keyed('chooseForDisclosure', choose);
    const made = valueOf(
      await useCases.chooseForDisclosure(billing(), { disclosure: held.disclosure, choose }, idempotency),
    );
    fits('chooseForDisclosure', made.body);
    const release = made.body.release as ReleaseId;
    const { view: draft } = valueOf(await useCases.readRelease(billing(), release));
    expect(draft).toMatchObject({ status: 'draft', missing: ['expiry'] });
    expect(draft.granted.map((one) => one.field)).toEqual(
      expect.arrayContaining(['client.name.last', 'diagnosis.primary', 'session.date']),
    );
    const again = valueOf(
      await useCases.chooseForDisclosure(billing(), { disclosure: held.disclosure, choose }, idempotency),
    );
    expect(again).toMatchObject({ replayed: true, body: { release } });
    expect(codesOf(await useCases.signRelease(officer(), release, signature()))).toEqual([
      'element_missing:expiry /expiry',
    ]);
  });

  it('is cancelled once, under the version that was read', async () => {
    const of = await party();
    const held = await submitted(of);
    const { version } = valueOf(await useCases.readDisclosure(billing(), held.disclosure));
    const stale = await useCases.cancelDisclosure(billing(), { disclosure: held.disclosure, version: version + 1 });
    expect(codesOf(stale)).toEqual(['precondition_failed ']);
    const cancelled = valueOf(await useCases.cancelDisclosure(billing(), { disclosure: held.disclosure, version }));
    fits('cancelDisclosure', cancelled);
    expect(cancelled.state).toBe('cancelled');
    expect(codesOf(await useCases.cancelDisclosure(billing(), { disclosure: held.disclosure }))).toEqual([
      'not_cancellable /state',
    ]);
    const choose = { choice: 'keep-holding' } as const;
    const late = await useCases.chooseForDisclosure(
      billing(),
      { disclosure: held.disclosure, choose },
      keyed('chooseForDisclosure', choose),
    );
    expect(codesOf(late)).toEqual(['not_held /state']);
  });

  it('is amended under the tag that was read, and only then', async () => {
    const of = await party();
    const held = await submitted(of);
    const read = valueOf(await useCases.readDocument(billing(), held.document));
    fits('readDocument', read.view);
    const { format: _format, ...invoice } = invoiceOf(of, { number: 'INV-9' });
    const content = { kind: 'invoice', invoice } as const;
    expect(codesOf(await useCases.amendDocument(billing(), held.document, { content, tag: 'other' }))).toEqual([
      'precondition_failed ',
    ]);
    const amended = valueOf(await useCases.amendDocument(billing(), held.document, { content, tag: read.tag }));
    fits('amendDocument', amended.view);
    expect(amended.tag).not.toBe(read.tag);
    expect(amended.view.document.content).toMatchObject({ invoice: { number: 'INV-9' } });
    await signed(of.client);
    const late = await useCases.amendDocument(billing(), held.document, { content, tag: amended.tag });
    expect(codesOf(late)).toEqual(['not_amendable /state']);
  });
});

describe('one that is parked', () => {
  const choosing = (disclosure: DisclosureId, choose: Parameters<UseCases['chooseForDisclosure']>[1]['choose']) =>
    useCases.chooseForDisclosure(billing(), { disclosure, choose }, keyed('chooseForDisclosure', choose));

  it('goes again, sealed anew, where the insurer took nothing in', async () => {
    const of = await party();
    await signed(of.client);
    const { disclosure } = await submitted(of);
    await stage.behave('harbor-mutual', { mode: 'redirect', scope: 'submissions' });
    await stage.dispatch(disclosure);
    const parked = valueOf(await useCases.readDisclosure(billing(), disclosure));
    expect(parked).toMatchObject({ state: 'parked', cause: 'redirect_refused' });
    await stage.behave('harbor-mutual', { mode: 'answers' });
    const made = valueOf(await choosing(disclosure, { choice: 'send-again' }));
    expect(made.body.disclosure.state).toBe('ready');
    expect(await stage.dispatch(disclosure)).toMatchObject({ accepted: 1 });
    const sent = valueOf(await useCases.readDisclosure(billing(), disclosure));
    fits('readDisclosure', sent);
    expect(sent.transmission?.interchangeControlNumber).not.toBe(parked.transmission?.interchangeControlNumber);
  });

  it('never goes again by itself where it may have arrived, and is closed by what the insurer says', async () => {
    const of = await party('granite-plan');
    await signed(of.client, { recipient: { kind: 'party', id: stage.insurer('granite-plan').id, class: 'insurer' } });
    const { disclosure } = await submitted(of);
    await stage.behave('granite-plan', { mode: 'silent', scope: 'submissions' });
    await stage.dispatch(disclosure);
    await stage.behave('granite-plan', { mode: 'answers', answersPaused: true });
    await stage.dispatch(disclosure);
    expect(valueOf(await useCases.readDisclosure(billing(), disclosure)).state).toBe('parked');
    await stage.dispatch(disclosure);
    expect(valueOf(await useCases.readDisclosure(billing(), disclosure)).state).toBe('parked');
    const made = valueOf(await choosing(disclosure, { choice: 'insurer-has-it', reference: 'GP-77' }));
    expect(made.body.disclosure).toMatchObject({ state: 'received', status: 'received' });
    const closed = valueOf(await useCases.readDisclosure(billing(), disclosure));
    fits('readDisclosure', closed);
    expect(closed.answers).toMatchObject([{ kind: 'interchange-accepted', payerClaimNumber: 'GP-77' }]);
  });
});

describe('a treatment report', () => {
  it('is attested to by the clinician whom it names, and by nobody else', async () => {
    const of = await party();
    const { oregon, jersey } = stage.clinicians;
    const body = reportOf(of, oregon);
    const refusal = ['attestation_required /clinician'];
    const idempotency = keyed('submitTreatmentReport', body);
    for (const other of [clinician(jersey), billing(), asking(stage, ['clinician'])]) {
      expect(codesOf(await useCases.submitTreatmentReport(other, body, idempotency))).toEqual(refusal);
      expect(codesOf(await useCases.validateTreatmentReport(other, body))).toEqual(refusal);
      expect(codesOf(await useCases.previewTreatmentReport(other, body))).toEqual(refusal);
    }
    const accepted = valueOf(await useCases.submitTreatmentReport(clinician(oregon), body, idempotency)).body;
    fits('submitTreatmentReport', accepted);
    expect(accepted.disclosures[0]).toMatchObject({ format: 'treatment-report', purpose: 'COVAUTH', state: 'held' });
  });

  it('is there for its own clinician, and for no other', async () => {
    const of = await party();
    const { oregon, jersey } = stage.clinicians;
    const body = reportOf(of, oregon);
    const accepted = valueOf(
      await useCases.submitTreatmentReport(clinician(oregon), body, keyed('submitTreatmentReport', body)),
    ).body;
    const disclosure = accepted.disclosures[0]?.id as DisclosureId;
    const document = accepted.document as DocumentId;
    expect(valueOf(await useCases.readDisclosure(clinician(oregon), disclosure)).id).toBe(disclosure);
    const stranger = clinician(jersey);
    expect(codesOf(await useCases.readDisclosure(stranger, disclosure))).toEqual(['not_found ']);
    expect(codesOf(await useCases.explainDisclosure(stranger, disclosure))).toEqual(['not_found ']);
    expect(codesOf(await useCases.readDocument(stranger, document))).toEqual(['not_found ']);
    expect(codesOf(await useCases.readClient(stranger, of.client))).toEqual(['not_found ']);
    expect(codesOf(await useCases.listReleases(stranger, of.client))).toEqual(['not_found ']);
    const theirs = reportOf(of, jersey);
    expect(codesOf(await useCases.previewTreatmentReport(stranger, theirs))).toEqual(['unknown_reference /client']);
    expect(
      codesOf(await useCases.submitTreatmentReport(stranger, theirs, keyed('submitTreatmentReport', theirs))),
    ).toEqual(['unknown_reference /client']);
    const seen = valueOf(await useCases.listDisclosures(stranger, { client: of.client }, { limit: 10 }));
    expect(seen.rows).toEqual([]);
    expect(codesOf(await useCases.readDisclosure(asking(stage, ['clinician']), disclosure))).toEqual(['not_found ']);
  });

  it('is revealed with an entry in the ledger', async () => {
    const of = await party();
    const body = reportOf(of, stage.clinicians.oregon);
    const accepted = valueOf(
      await useCases.submitTreatmentReport(
        clinician(stage.clinicians.oregon),
        body,
        keyed('submitTreatmentReport', body),
      ),
    ).body;
    const disclosure = accepted.disclosures[0]?.id as DisclosureId;
    const revealed = valueOf(await useCases.revealDisclosure(officer(), disclosure));
    fits('revealDisclosure', revealed.view);
    expect(revealed.view.rows.find((row) => row.locus.field === 'reason.continuing')?.source).toEqual({
      masked: false,
      value: 'CANARYNARRATIVE',
    });
    const rows = valueOf(await useCases.readLedger(officer(), { disclosure }, { limit: 10 }));
    fits('readLedger', rows);
    expect(rows.rows[0]).toMatchObject({ kind: 'values-revealed', actor: officer().actor, client: of.client });
  });
});

describe('who treats whom', () => {
  const tomorrow = ago(-1);
  const reads = async (by: ClinicianId, client: ClientId) =>
    codesOf(await useCases.readClient(clinician(by), client)).length === 0;

  it('is what somebody recorded: a document that names a clinician opens no chart', async () => {
    const { jersey } = stage.clinicians;
    const of = await party();
    await submitted(of, { clinician: jersey });
    expect(await reads(jersey, of.client)).toBe(false);
    const made = valueOf(await assigned(of.client, officer(), jersey));
    fits('assignClinician', made.body);
    expect(made.body).toMatchObject({
      client: of.client,
      clinician: jersey,
      from: ago(0),
      recordedBy: officer().actor,
    });
    expect(await reads(jersey, of.client)).toBe(true);
    expect(valueOf(await useCases.listClients(clinician(jersey), {}, { limit: 100 })).rows.map(({ id }) => id)).toEqual(
      [of.client],
    );
    expect(codesOf(await assigned(of.client, officer(), jersey))).toEqual(['already_treats /clinician']);
    expect(codesOf(await assigned(of.client, officer(), randomUUID() as string as ClinicianId))).toEqual([
      'unknown_reference /clinician',
    ]);
  });

  it('ends on the day that is said, and with it every look at the chart', async () => {
    const { jersey } = stage.clinicians;
    const of = await party();
    const { disclosure } = await submitted(of, { clinician: jersey });
    const { body } = valueOf(await assigned(of.client, officer(), jersey, { from: ago(30) }));
    const treating = async () => valueOf(await useCases.explainDisclosure(officer(), disclosure)).treating;
    expect(await treating()).toEqual([jersey]);
    const id = body.id as TreatmentId;
    expect(codesOf(await useCases.endTreatment(officer(), id, { until: ago(31) }))).toEqual([
      'until_before_from /until',
    ]);
    const ended = valueOf(await useCases.endTreatment(officer(), id, {}));
    fits('endTreatment', ended);
    expect(ended).toMatchObject({ from: ago(30), until: ago(0), endedBy: officer().actor });
    expect(await reads(jersey, of.client)).toBe(false);
    expect(await treating()).toEqual([]);
    expect(codesOf(await useCases.endTreatment(officer(), id, {}))).toEqual(['not_found ']);

    valueOf(await assigned(of.client, officer(), jersey));
    expect(await reads(jersey, of.client)).toBe(true);
    const rows = valueOf(await useCases.listTreatments(officer(), of.client));
    fits('listTreatments', { rows: [...rows] });
    expect(rows.filter((one) => one.clinician === jersey)).toHaveLength(2);
    const told = valueOf(await useCases.readLedger(officer(), { client: of.client }, { limit: 10 })).rows;
    expect(told.slice(0, 3).map(({ kind, subject }) => [kind, subject])).toEqual([
      ['clinician-assigned', jersey],
      ['clinician-ended', jersey],
      ['clinician-assigned', jersey],
    ]);
  });

  it('begins no earlier than said', async () => {
    const { jersey } = stage.clinicians;
    const of = await party();
    const { body } = valueOf(await assigned(of.client, officer(), jersey, { from: tomorrow }));
    expect(await reads(jersey, of.client)).toBe(false);
    expect(codesOf(await useCases.endTreatment(officer(), body.id as TreatmentId, {}))).toEqual([
      'until_before_from /until',
    ]);
    valueOf(await useCases.endTreatment(officer(), body.id as TreatmentId, { until: tomorrow }));
  });

  it('is kept by an administrator too, who sees ids and no client', async () => {
    const { jersey } = stage.clinicians;
    const of = await party();
    const administrator = asking(stage, ['administrator']);
    const { body } = valueOf(await assigned(of.client, administrator, jersey));
    expect(valueOf(await useCases.listTreatments(administrator, of.client))).toHaveLength(2);
    expect(codesOf(await useCases.readClient(administrator, of.client))).toEqual(['not_found ']);
    valueOf(await useCases.endTreatment(administrator, body.id as TreatmentId, {}));
    const nobody = randomUUID() as string as ClientId;
    expect(codesOf(await assigned(nobody, administrator, jersey))).toEqual(['not_found ']);
    expect(codesOf(await useCases.listTreatments(clinician(jersey), of.client))).toEqual(['not_found ']);
  });

  it('begins with the clinician who records a client, and not with billing', async () => {
    const { jersey } = stage.clinicians;
    const body = person();
    const made = valueOf(await useCases.recordClient(clinician(jersey), body, keyed('recordClient', body))).body;
    expect(await reads(jersey, made.id as ClientId)).toBe(true);
    expect(valueOf(await useCases.listTreatments(clinician(jersey), made.id as ClientId))).toMatchObject([
      { clinician: jersey, from: ago(0) },
    ]);
    const both = asking(stage, ['billing', 'clinician'], { clinician: jersey });
    const other = person();
    const billed = valueOf(await useCases.recordClient(both, other, keyed('recordClient', other))).body;
    expect(await reads(jersey, billed.id as ClientId)).toBe(false);
  });

  it('is asked before anybody attests, however much else they may see', async () => {
    const { jersey } = stage.clinicians;
    const of = await party();
    const both = asking(stage, ['billing', 'clinician'], { clinician: jersey });
    const body = reportOf(of, jersey);
    const refusal = ['attestation_required /clinician'];
    const submit = () => useCases.submitTreatmentReport(both, body, keyed('submitTreatmentReport', body));
    expect(codesOf(await submit())).toEqual(refusal);
    expect(codesOf(await useCases.validateTreatmentReport(both, body))).toEqual(refusal);
    expect(codesOf(await useCases.previewTreatmentReport(both, body))).toEqual(refusal);
    const { body: made } = valueOf(await assigned(of.client, officer(), jersey));
    const accepted = valueOf(await submit()).body;
    const document = accepted.document as DocumentId;
    const { tag } = valueOf(await useCases.readDocument(both, document));
    valueOf(await useCases.endTreatment(officer(), made.id as TreatmentId, {}));
    const content = { kind: 'treatment-report', report: body } as const;
    expect(codesOf(await useCases.amendDocument(both, document, { content, tag }))).toEqual([
      'attestation_required /content/report/clinician',
    ]);
  });
});

describe('before anything is kept', () => {
  it('validates and previews, and leaves nothing behind', async () => {
    const of = await party();
    await signed(of.client);
    const body = invoiceOf(of);
    const valid = valueOf(await useCases.validateInvoice(billing(), body));
    expect(valid).toMatchObject({ valid: true, outcome: 'send', gaps: [] });
    const preview = valueOf(await useCases.previewInvoice(billing(), body));
    fits('previewInvoice', preview.view);
    expect(preview.view).toMatchObject({ outcome: 'send', nextStep: 'Submit it.', releases: [{ revision: 1 }] });
    expect(preview.treating).toEqual([stage.clinicians.oregon]);
    expect(valueOf(await useCases.listDisclosures(billing(), { client: of.client }, { limit: 10 })).rows).toEqual([]);
    const wrong = invoiceOf(of, { total: 1 });
    expect(codesOf(await useCases.validateInvoice(billing(), wrong))).toContain('total_differs /total');
  });

  it('finds a service that another invoice bills, as submitting does, and takes none for itself', async () => {
    const of = await party();
    await signed(of.client);
    const body = invoiceOf(of);
    valueOf(await useCases.validateInvoice(billing(), body));
    valueOf(await useCases.previewInvoice(billing(), body));
    await submitted(of);
    const second = invoiceOf(of, { number: 'INV-2' });
    const refusal = ['duplicate_service /lines'];
    expect(codesOf(await useCases.validateInvoice(billing(), second))).toEqual(refusal);
    expect(codesOf(await useCases.previewInvoice(billing(), second))).toEqual(refusal);
    expect(codesOf(await useCases.submitInvoice(billing(), second, keyed('submitInvoice', second)))).toEqual(refusal);
  });
});

describe('a receipt', () => {
  const receiptFor = async (document: DocumentId, by: RequestContext = billing()) =>
    useCases.giveReceipt(by, { document, mediaType: 'application/json' });
  const readable = (bytes: Uint8Array) =>
    JSON.parse(Buffer.from(bytes).toString('utf8')) as { fields: Record<string, string>; lines: readonly object[] };

  it('is the client’s without a release, and stands in the ledger before it is handed out', async () => {
    const of = await party();
    const held = await submitted(of);
    expect(held.state).toBe('held');
    const receipt = valueOf(await receiptFor(held.document));
    expect(receipt.mediaType).toBe('application/json');
    expect(readable(receipt.bytes)).toMatchObject({
      schema: { name: 'sluice.receipt' },
      fields: { 'client.name.last': 'Vantongeren', 'fee.total': '140.00' },
      lines: [{ 'session.date': ago(10), 'fee.charge': '140.00', 'procedure.code': '90834' }],
    });
    const [entry] = valueOf(await useCases.readLedger(officer(), { client: of.client }, { limit: 1 })).rows;
    expect(entry).toMatchObject({
      kind: 'receipt-given',
      actor: billing().actor,
      client: of.client,
      subject: held.document,
      codes: ['PATRQT', 'receipt'],
      grounds: ['law:45-cfr-164.524'],
    });
    expect(entry?.contentDigest).toMatch(/^[0-9a-f]{64}$/);
    expect(valueOf(await useCases.readDisclosure(billing(), held.disclosure)).state).toBe('held');
    const pdf = valueOf(
      await useCases.giveReceipt(billing(), { document: held.document, mediaType: 'application/pdf' }),
    );
    expect(Buffer.from(pdf.bytes).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('tells the client what was kept from the insurer, and what a code reveals', async () => {
    const of = await party();
    const restriction = ROUTES.recordRestriction.body.parse({ kind: 'paid-in-full', serviceDates: [ago(10)] });
    const request = { client: of.client, restriction };
    valueOf(await useCases.recordRestriction(officer(), request, keyed('recordRestriction', restriction)));
    const { document } = await submitted(of, { diagnoses: [{ id: 'D1', code: 'F1020' }], paidByClient: 14_000 });
    const { fields, lines } = readable(valueOf(await receiptFor(document)).bytes);
    expect(lines).toHaveLength(1);
    expect(fields).toMatchObject({ 'diagnosis.primary': 'F1020', 'fee.paid': '140.00' });
  });

  it('keeps to what the clinician withholds', async () => {
    const of = await party();
    const restriction = ROUTES.recordRestriction.body.parse({ kind: 'clinician-limit', fields: ['diagnosis.primary'] });
    const request = { client: of.client, restriction };
    valueOf(await useCases.recordRestriction(officer(), request, keyed('recordRestriction', restriction)));
    const { document } = await submitted(of);
    const { fields } = readable(valueOf(await receiptFor(document)).bytes);
    expect(fields).not.toHaveProperty('diagnosis.primary');
    expect(fields).toHaveProperty('fee.total');
  });

  it('is given by billing and by who treats, of an invoice and of nothing else', async () => {
    const of = await party();
    const { oregon, jersey } = stage.clinicians;
    const { document } = await submitted(of);
    valueOf(await receiptFor(document, clinician(oregon)));
    expect(codesOf(await receiptFor(document, clinician(jersey)))).toEqual(['not_found ']);
    const body = reportOf(of, oregon);
    const report = valueOf(
      await useCases.submitTreatmentReport(clinician(oregon), body, keyed('submitTreatmentReport', body)),
    ).body.document as DocumentId;
    expect(codesOf(await receiptFor(report, clinician(oregon)))).toEqual(['format_not_for_document ']);
    expect(codesOf(await receiptFor(randomUUID() as string as DocumentId))).toEqual(['not_found ']);
  });
});

describe('papers', () => {
  it('are listed as they stand, with what happened to them', async () => {
    const of = await party();
    const older = await signed(of.client);
    const newer = await signed(of.client);
    const related = valueOf(await useCases.relateRelease(officer(), newer, { older, kind: 'supersedes' }));
    fits('supersedeRelease', related);
    const revocation = ROUTES.revokeRelease.body.parse({ receivedAt: '2026-01-05T10:00:00Z', channel: 'fax' });
    const revoked = valueOf(await useCases.revokeRelease(officer(), newer, revocation));
    expect(revoked).toMatchObject({ status: 'revoked', revokedAt: '2026-01-05T10:00:00.000Z' });
    const rows = valueOf(await useCases.listReleases(officer(), of.client));
    fits('listReleases', { rows: [...rows] });
    expect(rows.map(({ id, status }) => [id, status])).toEqual([
      [older, 'superseded'],
      [newer, 'revoked'],
    ]);
    const history = valueOf(await useCases.readReleaseHistory(officer(), newer));
    fits('readReleaseHistory', history);
    expect(history.events.map((one) => one.kind)).toEqual([
      'release-drafted',
      'release-signed',
      'release-related',
      'release-revoked',
    ]);
    expect(history.events[2]?.related).toBe(older);
    expect(codesOf(await useCases.signRelease(officer(), newer, signature()))).toEqual(['already_signed /status']);
  });

  it('narrow what may be told, and only against somebody who is known', async () => {
    const of = await party();
    const restriction = ROUTES.recordRestriction.body.parse({ kind: 'paid-in-full', serviceDates: [ago(10)] });
    const recorded = valueOf(
      await useCases.recordRestriction(
        officer(),
        { client: of.client, restriction },
        keyed('recordRestriction', restriction),
      ),
    ).body;
    fits('recordRestriction', recorded);
    expect(valueOf(await useCases.listRestrictions(officer(), of.client))).toEqual([recorded]);
    const nobody = ROUTES.recordRestriction.body.parse({ kind: 'confidential-communication', recipient: randomUUID() });
    const refused = await useCases.recordRestriction(
      officer(),
      { client: of.client, restriction: nobody },
      keyed('recordRestriction', nobody),
    );
    expect(codesOf(refused)).toEqual(['unknown_reference /recipient']);
  });
});

describe('the practice', () => {
  it('is shown in the shapes of the contract', async () => {
    const lists = {
      listInsurers: valueOf(await useCases.listInsurers(billing())),
      listClinicians: valueOf(await useCases.listClinicians(billing())),
      listPresets: valueOf(await useCases.listPresets(billing())),
      listCeilings: valueOf(await useCases.listCeilings(billing())),
    };
    for (const [name, rows] of Object.entries(lists)) {
      expect(rows.length).toBeGreaterThan(0);
      fits(name as keyof typeof lists, { rows: [...rows] });
    }
  });

  it('is told how an insurer is spoken to, and never tells the secret', async () => {
    const administrator = officer();
    const { id, connection: before, token } = stage.insurer('granite-plan');
    const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const secret = key.export({ type: 'pkcs8', format: 'pem' }).toString();
    const common = { receiverId: 'GRNT9', production: false };
    const sftp = {
      ...{ kind: 'sftp', ...common, url: 'sftp://files.insurer.example', hostKey: `SHA256:${'a'.repeat(43)}` },
      ...{ user: 'practice', authentication: 'private-key', inbound: '/in', outbound: { directory: '/out' }, secret },
    };
    const change = (body: object) =>
      useCases.changeConnection(administrator, id, ROUTES.changeConnection.body.parse(body));
    const changed = valueOf(await change(sftp));
    fits('changeConnection', changed);
    expect(changed.connection).toEqual({ kind: 'sftp' });
    expect(JSON.stringify(changed)).not.toContain('PRIVATE');
    const stored = await stage.services.store.inPractice(stage.context, async ({ practice }) =>
      practice.insurers([id]),
    );
    const { secret: _kept, ...expected } = sftp;
    expect(stored.get(id)).toMatchObject({ connection: expected, token: secret });
    expect(valueOf(await useCases.readLedger(officer(), {}, { limit: 1 })).rows[0]).toMatchObject({
      ...{ kind: 'settings-changed', actor: administrator.actor, insurer: id, codes: ['connection_changed'] },
    });

    expect(codesOf(await change({ ...sftp, secret: 'CANARY' }))).toEqual(['key_unreadable /secret']);
    const web = { ...common, url: 'https://insurer.example' };
    const oauth = { url: 'https://insurer.example/token', clientId: 'c', authentication: 'private-key-jwt' };
    expect(codesOf(await change({ kind: 'https-oauth2', ...web, token: oauth, secret: 'CANARY' }))).toEqual([
      'key_unreadable /secret',
    ]);
    valueOf(await change({ kind: 'https-oauth2', ...web, token: oauth, secret }));
    const certificate = await readFile(new URL('../../libs/delivery/fixtures/practice.pem', import.meta.url), 'utf8');
    const mutual = { kind: 'https-mtls', ...web, clientCertificate: certificate, certificateAuthority: certificate };
    expect(codesOf(await change({ ...mutual, secret }))).toEqual(['key_of_another_certificate /secret']);
    const empty = '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n';
    expect(codesOf(await change({ ...mutual, clientCertificate: empty, secret }))).toEqual([
      'certificate_unreadable /clientCertificate',
    ]);
    expect(codesOf(await change({ ...mutual, certificateAuthority: empty, secret }))).toEqual([
      'certificate_unreadable /certificateAuthority',
    ]);
    const stranger = { ...administrator, practice: randomUUID() as PracticeId };
    const body = ROUTES.changeConnection.body.parse(sftp);
    expect(codesOf(await useCases.changeConnection(stranger, id, body))).toEqual(['not_found ']);
    valueOf(await change({ kind: 'https', ...before, secret: token }));
  });

  it('clears a lane that was stopped, and no other', async () => {
    const { id } = stage.insurer('granite-plan');
    expect(codesOf(await useCases.clearLane(officer(), id))).toEqual(['state_conflict ']);
    await stage.services.store.inPractice(stage.context, async ({ lanes }) => {
      const lane = (await lanes.ofInsurers([id])).get(id);
      if (lane !== undefined) await lanes.save({ ...lane, breaker: 'stopped' });
    });
    const shown = valueOf(await useCases.listInsurers(billing())).find((one) => one.id === id);
    expect(shown?.lane.breaker).toBe('stopped');
    const cleared = valueOf(await useCases.clearLane(officer(), id));
    fits('clearLane', cleared);
    expect(cleared.lane).toEqual({ breaker: 'closed', slow: false });
    expect(valueOf(await useCases.readLedger(officer(), {}, { limit: 1 })).rows[0]).toMatchObject({
      ...{ kind: 'settings-changed', insurer: id, codes: ['lane_cleared'] },
    });
    const stranger = { ...officer(), practice: randomUUID() as PracticeId };
    expect(codesOf(await useCases.clearLane(stranger, id))).toEqual(['not_found ']);
  });

  it('reads a ceiling as its privacy officer signs, until that is revoked', async () => {
    const reading = ROUTES.chooseReading.body.parse({ ceiling: 'us-nj-45-14b-32', choice: { kind: 'literal' } });
    const chosen = valueOf(await useCases.chooseReading(officer(), reading, keyed('chooseReading', reading))).body;
    fits('chooseReading', chosen);
    expect(chosen.signedBy).toBe(stage.officer);
    const ceilings = valueOf(await useCases.listCeilings(officer()));
    expect(ceilings.find((one) => one.id === reading.ceiling)).toMatchObject({
      concernsPractice: true,
      chosen: { kind: 'literal' },
    });
    expect(valueOf(await useCases.revokeReading(officer(), chosen.id)).revokedAt).toBeDefined();
    expect(codesOf(await useCases.revokeReading(officer(), chosen.id))).toEqual(['not_found ']);
    const program = { ...officer(), actor: `key:${randomUUID()}` };
    expect(codesOf(await useCases.chooseReading(program, reading, keyed('chooseReading', reading)))).toEqual([
      'forbidden ',
    ]);
  });

  it('knows who is there, and writes down that they came', async () => {
    const { actor, practice } = officer();
    expect(await useCases.describeActor({ practice, actor })).toEqual({
      practice: { name: 'Lantern Street Psychotherapy', timeZone: 'UTC' },
      name: 'Invented Officer',
    });
    valueOf(await useCases.recordAccess(officer(), { kind: 'signed-in' }));
    expect(valueOf(await useCases.readLedger(officer(), {}, { limit: 1 })).rows[0]).toMatchObject({
      kind: 'signed-in',
      actor,
    });
    const verified = valueOf(await useCases.verifyLedger(officer(), {}));
    fits('verifyLedger', verified);
    expect(verified.holds).toBe(true);
  });

  it('lists its API keys without a digest, and revokes them by id', async () => {
    const administrator = asking(stage, ['administrator']);
    const { directory } = stage.opened;
    const added = async (expiresAt = Date.UTC(2100, 0, 1)) => {
      const id = randomUUID() as string as ApiKeyId;
      const digest = createHash('sha256').update(id).digest('hex');
      const key = { digest, practice: stage.practice, subject: `key:${id}`, expiresAt };
      await directory.putCredential({ ...key, kind: 'api-key', label: `Key ${id}`, roles: ['billing'] });
      return { id, digest };
    };
    const [first, second] = [await added(), await added()];
    await added(Date.UTC(2001, 0, 1));
    const listed = async () => {
      const rows = valueOf(await useCases.listApiKeys(administrator));
      fits('listApiKeys', { rows: [...rows] });
      return rows;
    };
    const rows = await listed();
    expect(rows.map(({ id }) => id).sort()).toEqual([first.id, second.id].sort());
    expect(rows.find(({ id }) => id === first.id)).toMatchObject({
      label: `Key ${first.id}`,
      roles: ['billing'],
      expiresAt: '2100-01-01T00:00:00.000Z',
    });
    expect(JSON.stringify(rows)).not.toContain(first.digest);

    valueOf(await useCases.revokeApiKey(administrator, first.id));
    expect(await directory.findCredential(first.digest)).toBeUndefined();
    expect(await directory.findCredential(second.digest)).toBeDefined();
    expect((await listed()).map(({ id }) => id)).toEqual([second.id]);
    expect(valueOf(await useCases.readLedger(officer(), {}, { limit: 1 })).rows[0]).toMatchObject({
      kind: 'settings-changed',
      actor: administrator.actor,
      subject: `key:${first.id}`,
      codes: ['api_key_revoked'],
    });
    expect(codesOf(await useCases.revokeApiKey(administrator, first.id))).toEqual(['not_found ']);

    const stranger = { ...administrator, practice: randomUUID() as PracticeId };
    expect(valueOf(await useCases.listApiKeys(stranger))).toEqual([]);
    expect(codesOf(await useCases.revokeApiKey(stranger, second.id))).toEqual(['not_found ']);
    expect(await directory.findCredential(second.digest)).toBeDefined();
  });

  it('pages its worklist', async () => {
    const first = valueOf(await useCases.listDisclosures(billing(), {}, { limit: 2 }));
    fits('listDisclosures', first);
    expect(first.rows).toHaveLength(2);
    const after = first.next ?? '';
    const second = valueOf(await useCases.listDisclosures(billing(), {}, { limit: 2, after }));
    expect(second.rows.some((row) => first.rows.some((one) => one.id === row.id))).toBe(false);
  });

  it('goes on only after a place that the same list gave', async () => {
    const refusal = ['cursor_invalid ?/after'];
    const { next: after } = valueOf(await useCases.readLedger(officer(), {}, { limit: 1 }));
    for (const foreign of ['CANARY', after ?? '', Buffer.from('[1,"x"]').toString('base64url')]) {
      const paging = { limit: 2, after: foreign };
      expect(codesOf(await useCases.listDisclosures(billing(), {}, paging))).toEqual(refusal);
      expect(codesOf(await useCases.listClients(billing(), {}, paging))).toEqual(refusal);
      expect(codesOf(await useCases.listClients(billing(), { code: person().code }, paging))).toEqual(refusal);
    }
    const { next: ofClients } = valueOf(await useCases.listClients(billing(), {}, { limit: 1 }));
    const ledger = await useCases.readLedger(officer(), {}, { limit: 2, after: ofClients ?? '' });
    expect(codesOf(ledger)).toEqual(refusal);
  });
});
