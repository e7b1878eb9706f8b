import { hashPassword } from '#libs/access';
import {
  chooseReading,
  type NewStaff,
  type PracticeContext,
  type Services,
  type StaffRecord,
  type Transaction,
} from '#libs/application';
import {
  type ClinicianId,
  failed,
  type InsurerId,
  issue,
  type LaneId,
  ok,
  type PlainDate,
  type PracticeId,
  type Result,
  type StaffId,
} from '#libs/kernel';
import type { Demo } from '../demo/load-demo.js';
import type { OpenServices } from '../store/open-services.js';
import { orRefuse, SeedRefused } from './refused.js';
import { seedClients } from './seed-clients.js';

/** Where the insurers of the sandbox answer, and the secret agreed with each. */
export interface SandboxAccess {
  readonly baseUrl: string;
  readonly tokens: ReadonlyMap<string, string>;
}

export interface Seeding {
  readonly demo: Demo;
  readonly sandbox: SandboxAccess;
  /** The day from which all days of the demonstration are counted. */
  readonly today: PlainDate;
}

/** The same use cases, all in one transaction: a practice is there whole, or not at all. */
const within = (services: Services, transaction: Transaction): Services => ({
  ...services,
  store: { inPractice: (_context, work) => work(transaction) },
});

const practiceIdOf = (demo: Demo): PracticeId => demo.practice.id as PracticeId;

/** Whether the fictitious practice is here, complete. */
export const isSeeded = async ({ services, directory }: OpenServices, demo: Demo): Promise<boolean> => {
  const practice = practiceIdOf(demo);
  if (!(await directory.practices()).includes(practice)) return false;
  return services.store.inPractice(
    { practice, actor: 'setup' },
    async (transaction) => (await transaction.practice.staff()).length > 0,
  );
};

const hashes = async (demo: Demo): Promise<Result<ReadonlyMap<string, string>>> => {
  const found = new Map<string, string>();
  for (const { label, password } of demo.staff) {
    const hash = await hashPassword(password);
    if (!hash.ok) return hash;
    found.set(label, hash.value);
  }
  return ok(found);
};

const addClinicians = async (
  services: Services,
  transaction: Transaction,
  demo: Demo,
): Promise<ReadonlyMap<string, ClinicianId>> => {
  const ids = new Map<string, ClinicianId>();
  for (const { label, ...clinician } of demo.clinicians) {
    const id = services.ids.uuid() as ClinicianId;
    ids.set(label, id);
    await transaction.practice.addClinician({ ...clinician, id });
  }
  return ids;
};

const addInsurers = async (
  open: OpenServices,
  transaction: Transaction,
  seeding: Seeding,
): Promise<ReadonlyMap<string, InsurerId>> => {
  const ids = new Map<string, InsurerId>();
  for (const { profile: name, participation } of seeding.demo.insurers) {
    const profile = open.insurers.find((one) => one.id === name);
    const token = seeding.sandbox.tokens.get(name);
    if (profile === undefined || token === undefined)
      throw new SeedRefused([issue('demo.unknown-insurer', `config/insurers/${name}.json`)]);
    const { uuid } = open.services.ids;
    const id = uuid() as InsurerId;
    ids.set(name, id);
    const connection = {
      url: `${seeding.sandbox.baseUrl}/insurers/${name}`,
      receiverId: profile.payerId,
      production: false,
      ...(participation === undefined ? {} : { participation }),
    };
    await transaction.practice.addInsurer({ id, profile, connection, token }, uuid() as LaneId);
  }
  return ids;
};

const addStaff = async (
  services: Services,
  transaction: Transaction,
  from: {
    readonly demo: Demo;
    readonly passwords: ReadonlyMap<string, string>;
    readonly clinicians: ReadonlyMap<string, ClinicianId>;
  },
): Promise<readonly StaffRecord[]> => {
  const added: StaffRecord[] = [];
  for (const { label, signIn, name, roles, clinician } of from.demo.staff) {
    const clinicianId = clinician === undefined ? undefined : from.clinicians.get(clinician);
    const member: NewStaff = {
      id: services.ids.uuid() as StaffId,
      signIn,
      name,
      passwordHash: from.passwords.get(label) ?? '',
      roles,
      ...(clinicianId === undefined ? {} : { clinician: clinicianId }),
    };
    await transaction.practice.addStaff(member);
    added.push(member);
  }
  return added;
};

/** Readings that were chosen before the story begins, signed by the privacy officer. */
const chooseReadings = async (services: Services, demo: Demo, staff: readonly StaffRecord[]): Promise<void> => {
  const officer = staff.find((one) => one.roles.includes('privacy-officer'));
  if (officer === undefined) throw new SeedRefused([issue('demo.privacy-officer-missing', 'config/demo')]);
  const context: PracticeContext = { practice: practiceIdOf(demo), actor: `staff:${officer.id}` };
  for (const { ceiling, choice } of demo.readings) {
    const chosen = choice.kind === 'literal' ? 'literal' : { reading: choice.reading, version: choice.version };
    orRefuse(await chooseReading(services, context, { ceiling, choice: chosen, signedBy: officer.id }));
  }
};

/**
 * Makes the fictitious practice, in one transaction and by the same use cases as everything else. False when it is there
 * already. Codes of the use cases, or `demo.…` for data that does not fit.
 */
export const seed = async (open: OpenServices, seeding: Seeding): Promise<Result<boolean>> => {
  const { demo, today } = seeding;
  if (await isSeeded(open, demo)) return ok(false);
  const passwords = await hashes(demo);
  if (!passwords.ok) return passwords;
  const practice = practiceIdOf(demo);
  if (!(await open.directory.practices()).includes(practice))
    await open.addPractice({ ...demo.practice, id: practice });
  try {
    await open.services.store.inPractice({ practice, actor: 'setup' }, async (transaction) => {
      const services = within(open.services, transaction);
      const clinicians = await addClinicians(services, transaction, demo);
      const insurers = await addInsurers(open, transaction, seeding);
      const staff = await addStaff(services, transaction, { demo, passwords: passwords.value, clinicians });
      await chooseReadings(services, demo, staff);
      const author = staff.find((one) => one.roles.includes('clinician')) ?? staff[0];
      await seedClients(
        services,
        { practice, actor: author === undefined ? 'setup' : `staff:${author.id}` },
        { demo, clinicians, insurers, today },
      );
    });
    return ok(true);
  } catch (error) {
    if (error instanceof SeedRefused) return failed(...error.issues);
    throw error;
  }
};
