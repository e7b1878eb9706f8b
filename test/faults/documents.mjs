/** Invented clients of a batch, and what the practice bills and reports for them. */
import { randomUUID } from 'node:crypto';
import { valueOf } from './ground.mjs';
import { INSURERS, OVER_FILES } from './insurers.mjs';

/** The insurer that asks for reports. */
const REPORTS_TO = 'cobalt-valley-hmo';

const day = (daysAgo) => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);

/** A client of the batch's practice with a coverage, and with a release if there is a preset. */
export const newClient = async (batch, insurer, { lastName = 'Vantongeren', preset }) => {
  const { addClient, addCoverage, assignClinician, draftRelease, signRelease } = await batch.site.lib('application');
  const { services, context } = batch;
  const memberId = `ZZ${String(++batch.counter).padStart(6, '0')}`;
  const identity = {
    firstName: 'Ottilie',
    lastName,
    birthDate: '1991-09-30',
    sex: 'F',
    address: { line: '7 Imaginary Lane', city: 'Nowhere', region: 'OR', postal: '000000002' },
  };
  const client = valueOf(await addClient(services, context, { code: `C-${randomUUID().slice(0, 8)}`, identity }));
  valueOf(await assignClinician(services, context, { client: client.id, clinician: batch.clinician }));
  const of = batch.insurers.get(insurer).id;
  const coverage = valueOf(
    await addCoverage(services, context, {
      client: client.id,
      insurer: of,
      terms: { memberId, relationship: 'self' },
      funding: 'fully-insured',
      fundingEvidence: true,
      assignmentSigned: true,
    }),
  );
  if (preset === undefined) return { client: client.id, coverage: coverage.id, memberId };
  const draft = {
    recipient: { kind: 'party', id: of, class: 'insurer' },
    purposes: [],
    grants: [],
    preset,
    validFrom: day(90),
    validUntil: '2099-12-31',
    statements: ['revocation', 'conditioning', 'redisclosure'],
    blanket: false,
    parentConsentedToTreatment: 'unknown',
  };
  const drafted = valueOf(await draftRelease(services, context, { client: client.id, draft }));
  const signatures = [{ role: 'client', signedOn: day(1), authorityDocumented: false, witnessed: false }];
  const { release } = valueOf(
    await signRelease(services, context, {
      release: drafted.id,
      signatures,
      evidence: { kind: 'typed', digest: 'x' },
    }),
  );
  return { client: client.id, coverage: coverage.id, memberId, release: release.id };
};

/** `charge` in cents is this document's alone: by it the insurer's ledger is read. */
export const newInvoice = (batch, party, { note, daysAgo = 10 } = {}) => {
  const charge = 10_000 + ++batch.counter;
  const { client, coverage } = party;
  const line = {
    id: 'L1',
    date: day(daysAgo),
    procedure: '90834',
    modifiers: [],
    units: 1,
    charge,
    pointers: ['D1'],
    character: 'individual',
  };
  const invoice = {
    client,
    coverage,
    clinician: batch.clinician,
    number: `INV-${charge}`,
    issuedOn: day(1),
    placeOfService: '11',
    currency: 'USD',
    diagnoses: [{ id: 'D1', code: 'F331' }],
    lines: [line],
    total: charge,
    ...(note === undefined ? {} : { note }),
  };
  return { identity: `charge:${charge}`, path: '/v1/invoices', body: invoice };
};

const newReport = (batch, party) => {
  const { client, coverage, memberId } = party;
  const canary = () => batch.canaries.next();
  const report = {
    client,
    coverage,
    clinician: batch.clinician,
    attestedOn: day(0),
    diagnoses: [{ id: 'D1', code: 'F331' }],
    functioning: 'severe',
    distress: 'moderate',
    minimumWeeks: 26,
    reasonContinuing: canary(),
    prognosisText: canary(),
    goals: canary(),
    historyTrauma: canary(),
    sessionsRequested: 12,
    from: day(0),
    to: '2099-12-31',
  };
  return { identity: `member:${memberId}`, path: '/v1/treatment-reports', body: report };
};

/** For every insurer one invoice with a canary and one without; one for which there is no release; and a report full of canaries. */
export const makeDocuments = async (batch) => {
  const made = [];
  const add = (insurer, document, sendable) => made.push({ key: randomUUID(), insurer, sendable, ...document });
  for (const insurer of Object.keys(INSURERS)) {
    const party = await newClient(batch, insurer, { preset: 'claim-basic' });
    add(insurer, newInvoice(batch, party, { daysAgo: 10, note: batch.canaries.next() }), true);
    add(insurer, newInvoice(batch, party, { daysAgo: 11 }), true);
    if (batch.together && insurer === OVER_FILES)
      for (const daysAgo of [12, 13, 14]) add(insurer, newInvoice(batch, party, { daysAgo }), true);
  }
  const silent = await newClient(batch, 'harbor-mutual', { lastName: batch.canaries.next() });
  add('harbor-mutual', newInvoice(batch, silent, { note: batch.canaries.next() }), false);
  const reported = await newClient(batch, REPORTS_TO, {
    lastName: batch.canaries.next(),
    preset: 'treatment-report-min',
  });
  add(REPORTS_TO, newReport(batch, reported), true);
  return made;
};
