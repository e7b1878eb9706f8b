import type {
  ApiKeyRecord,
  ClinicianRecord,
  InboxCredentialRecord,
  InsurerRecord,
  NewStaff,
  PracticeRecord,
  PracticeRepository,
  ReadingRecord,
  Role,
  StaffRole,
  StaffRecord,
} from '#libs/application';
import type { ApiKeyId, ClinicianId, InboxCredentialId, InsurerId, LaneId, StaffId, TimeZone } from '#libs/kernel';
import type { ReadingChoice } from '#libs/release';
import { DatabaseError } from '../database-error.js';
import type { Row } from '../row.js';
import type { Scope } from '../scope.js';
import { instantOf, optionalInstantOf } from '../sql.js';

const tokenPlace = (insurer: InsurerId) => ({ class: 'secret', row: `${insurer}/token` }) as const;

/** How the subject of a program’s key begins. */
const KEY = 'key:';

/** How the subject of an insurer’s credentials and tokens begins; their id follows. */
const subjectOf = (insurer: InsurerId): string => `insurer:${insurer}/`;

const choiceOf = (row: Row): ReadingRecord['choice'] => {
  const reading = row.optionalText('reading');
  return reading === undefined ? 'literal' : { reading, version: row.text('reading_version') };
};

const clinicianOf = (row: Row): ClinicianRecord => {
  const supervisor = row.optionalText('supervisor_id');
  return {
    id: row.text('id') as ClinicianId,
    firstName: row.text('first_name'),
    lastName: row.text('last_name'),
    credential: row.text('credential'),
    npi: row.text('npi'),
    taxonomy: row.text('taxonomy'),
    jurisdiction: row.text('jurisdiction'),
    profession: row.text('profession'),
    ...(supervisor === undefined ? {} : { supervisor: supervisor as ClinicianId }),
  };
};

const readingOf = (row: Row): ReadingRecord => {
  const revokedAt = row.optionalInstant('revoked_at');
  return {
    id: row.text('id'),
    ceiling: row.text('ceiling'),
    choice: choiceOf(row),
    signedBy: row.text('signed_by') as StaffId,
    signedAt: row.instant('signed_at'),
    ...(revokedAt === undefined ? {} : { revokedAt }),
  };
};

const staffOf = (row: Row): StaffRecord => {
  const clinician = row.optionalText('clinician_id');
  return {
    id: row.text('id') as StaffId,
    signIn: row.text('sign_in'),
    name: row.text('name'),
    roles: row.texts('roles') as readonly StaffRole[],
    ...(clinician === undefined ? {} : { clinician: clinician as ClinicianId }),
  };
};

/** The practice, its clinicians, insurers, staff and readings. */
export class PracticeRows implements PracticeRepository {
  #timeZone: Promise<TimeZone> | undefined;

  constructor(private readonly scope: Scope) {}

  async get(): Promise<PracticeRecord> {
    const { sql, practice } = this.scope;
    const [row] = await sql.rows('SELECT * FROM practice WHERE practice_id = $1', [practice]);
    if (row === undefined) throw new DatabaseError('practice_unknown');
    const timeZone = row.text('time_zone') as TimeZone;
    this.#timeZone = Promise.resolve(timeZone);
    return {
      id: practice,
      name: row.text('name'),
      npi: row.text('npi'),
      taxId: row.text('tax_id'),
      taxonomy: row.text('taxonomy'),
      address: row.json('address') as PracticeRecord['address'],
      phone: row.text('phone'),
      contactName: row.text('contact_name'),
      submitterId: row.text('submitter_id'),
      part2Program: row.flag('part2_program'),
      timeZone,
    };
  }

  timeZone(): Promise<TimeZone> {
    return this.#timeZone ?? this.get().then(({ timeZone }) => timeZone);
  }

  async setTimeZone(zone: TimeZone): Promise<boolean> {
    const { sql, practice } = this.scope;
    const changed = await sql.run(
      `UPDATE practice SET time_zone = $2
        WHERE practice_id = $1 AND EXISTS (SELECT 1 FROM pg_timezone_names z WHERE z.name = $2)`,
      [practice, zone],
    );
    if (changed === 1) this.#timeZone = Promise.resolve(zone);
    return changed === 1;
  }

  /** The transaction must be that practice's own. */
  async add(record: PracticeRecord): Promise<void> {
    await this.scope.sql.run(
      `INSERT INTO practice (practice_id, name, npi, tax_id, taxonomy, address, phone, contact_name, submitter_id, part2_program, time_zone)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        record.id,
        record.name,
        record.npi,
        record.taxId,
        record.taxonomy,
        JSON.stringify(record.address),
        record.phone,
        record.contactName,
        record.submitterId,
        record.part2Program,
        record.timeZone,
      ],
    );
  }

  async clinicians(ids?: readonly ClinicianId[]): Promise<ReadonlyMap<ClinicianId, ClinicianRecord>> {
    const rows = await this.scope.sql.rows(
      'SELECT * FROM clinician WHERE practice_id = $1 AND ($2::uuid[] IS NULL OR id = ANY ($2)) ORDER BY last_name, first_name, id',
      [this.scope.practice, ids ?? null],
    );
    return new Map(rows.map(clinicianOf).map((clinician) => [clinician.id, clinician]));
  }

  async insurers(ids?: readonly InsurerId[]): Promise<ReadonlyMap<InsurerId, InsurerRecord>> {
    const rows = await this.scope.sql.rows(
      'SELECT * FROM insurer WHERE practice_id = $1 AND ($2::uuid[] IS NULL OR id = ANY ($2)) ORDER BY id',
      [this.scope.practice, ids ?? null],
    );
    const records = rows.map((row): InsurerRecord => {
      const id = row.text('id') as InsurerId;
      return {
        id,
        profile: row.json('profile') as InsurerRecord['profile'],
        connection: row.json('connection') as InsurerRecord['connection'],
        token: this.scope.vault.ofPractice.open(tokenPlace(id), row.bytes('token')) as string,
      };
    });
    return new Map(records.map((insurer) => [insurer.id, insurer]));
  }

  async readings(): Promise<readonly ReadingRecord[]> {
    const rows = await this.scope.sql.rows(
      'SELECT * FROM reading_choice WHERE practice_id = $1 ORDER BY signed_at, id',
      [this.scope.practice],
    );
    return rows.map(readingOf);
  }

  /** The last one signed for each ceiling, unless it was revoked: an earlier one does not revive. */
  async choices(): Promise<readonly ReadingChoice[]> {
    const rows = await this.scope.sql.rows(
      `SELECT * FROM (
        SELECT DISTINCT ON (ceiling) * FROM reading_choice WHERE practice_id = $1 ORDER BY ceiling, signed_at DESC, id DESC
      ) AS latest WHERE revoked_at IS NULL`,
      [this.scope.practice],
    );
    return rows.map((row) => ({ ceiling: row.text('ceiling'), choice: choiceOf(row), revision: row.text('id') }));
  }

  async addReading(reading: ReadingRecord): Promise<void> {
    const read = reading.choice === 'literal' ? undefined : reading.choice;
    await this.scope.sql.run(
      `INSERT INTO reading_choice (practice_id, id, ceiling, reading, reading_version, signed_by, signed_at, revoked_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        this.scope.practice,
        reading.id,
        reading.ceiling,
        read?.reading ?? null,
        read?.version ?? null,
        reading.signedBy,
        instantOf(reading.signedAt),
        optionalInstantOf(reading.revokedAt),
      ],
    );
  }

  async revokeReading(id: string, at: number): Promise<boolean> {
    const changed = await this.scope.sql.run(
      'UPDATE reading_choice SET revoked_at = $3 WHERE practice_id = $1 AND id = $2 AND revoked_at IS NULL',
      [this.scope.practice, id, instantOf(at)],
    );
    return changed === 1;
  }

  async addClinician(clinician: ClinicianRecord): Promise<void> {
    await this.scope.sql.run(
      `INSERT INTO clinician (practice_id, id, first_name, last_name, credential, npi, taxonomy, jurisdiction, profession, supervisor_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        this.scope.practice,
        clinician.id,
        clinician.firstName,
        clinician.lastName,
        clinician.credential,
        clinician.npi,
        clinician.taxonomy,
        clinician.jurisdiction,
        clinician.profession,
        clinician.supervisor ?? null,
      ],
    );
  }

  async addInsurer(insurer: InsurerRecord, lane: LaneId): Promise<void> {
    const { sql, practice, vault } = this.scope;
    await sql.run(
      `WITH added AS (
        INSERT INTO insurer (practice_id, id, profile, connection, token) VALUES ($1, $2, $3, $4, $5) RETURNING practice_id, id
      )
      INSERT INTO lane (practice_id, id, insurer_id, route, breaker, open_until, failures, slow, answers_cursor)
        SELECT practice_id, $6, id, 'direct', 'closed', to_timestamp(0), 0, false, '' FROM added`,
      [
        practice,
        insurer.id,
        JSON.stringify(insurer.profile),
        JSON.stringify(insurer.connection),
        vault.ofPractice.close(tokenPlace(insurer.id), insurer.token),
        lane,
      ],
    );
  }

  async changeConnection(id: InsurerId, to: Pick<InsurerRecord, 'connection' | 'token'>): Promise<void> {
    const { sql, practice, vault } = this.scope;
    await sql.run('UPDATE insurer SET connection = $3, token = $4 WHERE practice_id = $1 AND id = $2', [
      practice,
      id,
      JSON.stringify(to.connection),
      vault.ofPractice.close(tokenPlace(id), to.token),
    ]);
  }

  async staff(): Promise<readonly StaffRecord[]> {
    const rows = await this.scope.sql.rows(
      'SELECT id, sign_in, name, roles, clinician_id FROM staff WHERE practice_id = $1 ORDER BY name, id',
      [this.scope.practice],
    );
    return rows.map(staffOf);
  }

  async addStaff(staff: NewStaff): Promise<void> {
    await this.scope.sql.run(
      `INSERT INTO staff (practice_id, id, sign_in, name, password_hash, roles, clinician_id, disabled, must_change, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, false, $8, 0)`,
      [
        this.scope.practice,
        staff.id,
        staff.signIn,
        staff.name,
        staff.passwordHash,
        staff.roles,
        staff.clinician ?? null,
        staff.mustChangePassword ?? false,
      ],
    );
  }
  async apiKeys(): Promise<readonly ApiKeyRecord[]> {
    const rows = await this.scope.sql.rows(
      `SELECT subject, label, roles, created_at, expires_at FROM credential
        WHERE practice_id = $1 AND kind = 'api-key' AND revoked_at IS NULL AND expires_at > now()
        ORDER BY created_at DESC, subject`,
      [this.scope.practice],
    );
    return rows.map((row) => ({
      id: row.text('subject').slice(KEY.length) as ApiKeyId,
      label: row.text('label'),
      roles: row.texts('roles') as readonly Role[],
      createdAt: row.instant('created_at'),
      expiresAt: row.instant('expires_at'),
    }));
  }

  async revokeApiKey(id: ApiKeyId): Promise<boolean> {
    const changed = await this.scope.sql.run(
      `UPDATE credential SET revoked_at = now()
        WHERE practice_id = $1 AND kind = 'api-key' AND subject = $2 AND revoked_at IS NULL AND expires_at > now()`,
      [this.scope.practice, `${KEY}${id}`],
    );
    return changed === 1;
  }

  async inboxCredentials(insurer: InsurerId): Promise<readonly InboxCredentialRecord[]> {
    const rows = await this.scope.sql.rows(
      `SELECT subject, label, created_at, expires_at FROM credential
        WHERE practice_id = $1 AND kind = 'inbox-credential' AND starts_with(subject, $2)
          AND revoked_at IS NULL AND expires_at > now()
        ORDER BY created_at DESC, subject`,
      [this.scope.practice, subjectOf(insurer)],
    );
    return rows.map((row) => ({
      id: row.text('subject').slice(subjectOf(insurer).length) as InboxCredentialId,
      insurer,
      label: row.text('label'),
      createdAt: row.instant('created_at'),
      expiresAt: row.instant('expires_at'),
    }));
  }

  async revokeInboxCredential(insurer: InsurerId, id: InboxCredentialId): Promise<boolean> {
    const rows = await this.scope.sql.rows(
      `UPDATE credential SET revoked_at = now()
        WHERE practice_id = $1 AND kind IN ('inbox-credential', 'inbox-token') AND subject = $2
          AND revoked_at IS NULL AND expires_at > now()
        RETURNING kind`,
      [this.scope.practice, `${subjectOf(insurer)}${id}`],
    );
    return rows.some((row) => row.text('kind') === 'inbox-credential');
  }
}
