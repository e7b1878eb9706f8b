import {
  addClient,
  addCoverage,
  assignClinician,
  draftRelease,
  type PracticeContext,
  restrict,
  type ReleaseDraft,
  type Services,
  signRelease,
} from '#libs/application';
import {
  addDays,
  type ClientId,
  type ClinicianId,
  type InsurerId,
  issue,
  type PlainDate,
  type ReleaseId,
} from '#libs/kernel';
import type { DemoClient, DemoRelease } from '../demo/demo-schema.js';
import type { Demo } from '../demo/load-demo.js';
import { orRefuse, SeedRefused } from './refused.js';
import { paperDigest } from './world.js';

interface Surroundings {
  readonly demo: Demo;
  readonly clinicians: ReadonlyMap<string, ClinicianId>;
  readonly insurers: ReadonlyMap<string, InsurerId>;
  readonly today: PlainDate;
}

const known = <Id>(ids: ReadonlyMap<string, Id>, label: string): Id => {
  const id = ids.get(label);
  if (id === undefined) throw new SeedRefused([issue('demo.unknown-reference', `config/demo#${label}`)]);
  return id;
};

const daysBefore = (today: PlainDate, days: number): PlainDate => addDays(today, -days);

/** The statements that every release must make. */
const STATEMENTS: ReleaseDraft['statements'] = ['revocation', 'conditioning', 'redisclosure'];

const draftOf = (release: DemoRelease, around: Surroundings): ReleaseDraft => {
  const signedOn = daysBefore(around.today, release.signedDaysAgo);
  const { recipient, preset } = release;
  return {
    recipient:
      'insurer' in recipient
        ? { kind: 'party', id: known(around.insurers, recipient.insurer), class: 'insurer' }
        : { kind: 'class', class: recipient.class },
    purposes: release.purposes,
    grants: release.grants,
    ...(preset === undefined ? {} : { preset }),
    validFrom: signedOn,
    validUntil: addDays(signedOn, release.validForDays),
    statements: STATEMENTS,
    blanket: false,
    jurisdiction: release.jurisdiction,
    parentConsentedToTreatment: true,
  };
};

const addReleases = async (
  services: Services,
  context: PracticeContext,
  of: { readonly client: ClientId; readonly releases: readonly DemoRelease[]; readonly around: Surroundings },
): Promise<void> => {
  const papers = new Map<string, ReleaseId>();
  for (const release of of.releases) {
    const draft = orRefuse(
      await draftRelease(services, context, { client: of.client, draft: draftOf(release, of.around) }),
    );
    papers.set(release.label, draft.id);
    const { relation } = release;
    orRefuse(
      await signRelease(services, context, {
        release: draft.id,
        signatures: release.signers.map((role) => ({
          role,
          signedOn: daysBefore(of.around.today, release.signedDaysAgo),
          authorityDocumented: role !== 'client',
          witnessed: false,
        })),
        evidence: { kind: 'typed', digest: paperDigest(release.label) },
        ...(relation === undefined ? {} : { relation: { kind: relation.kind, older: known(papers, relation.older) } }),
      }),
    );
  }
};

const addOne = async (
  services: Services,
  context: PracticeContext,
  from: { readonly one: DemoClient; readonly around: Surroundings },
): Promise<void> => {
  const { one, around } = from;
  const { bornDaysAgo, phone, ...identity } = one.identity;
  const born = { birthDate: daysBefore(around.today, bornDaysAgo), ...(phone === undefined ? {} : { phone }) };
  const client = orRefuse(
    await addClient(services, context, { code: one.code, identity: { ...identity, ...born } }),
  ).id;
  for (const label of one.clinicians)
    orRefuse(await assignClinician(services, context, { client, clinician: known(around.clinicians, label) }));
  for (const { insurer, memberId, groupNumber, relationship, subscriber, ...coverage } of one.coverages) {
    const terms = {
      memberId,
      relationship,
      ...(groupNumber === undefined ? {} : { groupNumber }),
      ...(subscriber === undefined ? {} : { subscriber }),
    };
    orRefuse(
      await addCoverage(services, context, { ...coverage, client, insurer: known(around.insurers, insurer), terms }),
    );
  }
  await addReleases(services, context, { client, releases: one.releases, around });
  for (const { kind, daysAgo } of one.restrictions) {
    const serviceDates = daysAgo.map((days) => daysBefore(around.today, days));
    orRefuse(await restrict(services, context, { client, restriction: { kind, serviceDates } }));
  }
};

/** Clients with their coverages, releases and restrictions, in the order of the data. Throws `SeedRefused`. */
export const seedClients = async (
  services: Services,
  context: PracticeContext,
  around: Surroundings,
): Promise<void> => {
  for (const one of around.demo.clients) await addOne(services, context, { one, around });
};
