import type { Role, StaffAccount, StaffAccountRepository } from '#libs/application';
import type { ClinicianId, StaffId } from '#libs/kernel';
import type { Row } from '../row.js';
import type { Scope } from '../scope.js';

const COLUMNS = 'id, sign_in, name, roles, clinician_id, disabled, must_change, version';

const accountOf = (row: Row): StaffAccount => {
  const clinician = row.optionalText('clinician_id');
  return {
    id: row.text('id') as StaffId,
    signIn: row.text('sign_in'),
    name: row.text('name'),
    roles: row.texts('roles') as readonly Role[],
    disabled: row.flag('disabled'),
    mustChangePassword: row.flag('must_change'),
    version: row.number('version'),
    ...(clinician === undefined ? {} : { clinician: clinician as ClinicianId }),
  };
};

/** Who may sign in, without anything by which they do. */
export class StaffAccountRows implements StaffAccountRepository {
  constructor(private readonly scope: Scope) {}

  async all(): Promise<readonly StaffAccount[]> {
    const rows = await this.scope.sql.rows(`SELECT ${COLUMNS} FROM staff WHERE practice_id = $1 ORDER BY name, id`, [
      this.scope.practice,
    ]);
    return rows.map(accountOf);
  }

  async lockAll(): Promise<readonly StaffAccount[]> {
    const rows = await this.scope.sql.rows(
      `SELECT ${COLUMNS} FROM staff WHERE practice_id = $1 ORDER BY id FOR NO KEY UPDATE`,
      [this.scope.practice],
    );
    return rows.map(accountOf);
  }

  async change(account: StaffAccount): Promise<void> {
    await this.scope.sql.run(
      `UPDATE staff SET roles = $3, clinician_id = $4, disabled = $5, must_change = $6, version = $7
        WHERE practice_id = $1 AND id = $2`,
      [
        this.scope.practice,
        account.id,
        account.roles,
        account.clinician ?? null,
        account.disabled,
        account.mustChangePassword,
        account.version,
      ],
    );
  }

  async setPassword(id: StaffId, passwordHash: string): Promise<void> {
    await this.scope.sql.run('UPDATE staff SET password_hash = $3 WHERE practice_id = $1 AND id = $2', [
      this.scope.practice,
      id,
      passwordHash,
    ]);
  }

  async endSessions(id: StaffId): Promise<void> {
    await this.scope.sql.run(
      `UPDATE credential SET revoked_at = now()
        WHERE practice_id = $1 AND kind = 'session' AND subject = $2 AND revoked_at IS NULL`,
      [this.scope.practice, `staff:${id}`],
    );
  }
}
