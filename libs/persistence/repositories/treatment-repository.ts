import type { TreatmentRecord, TreatmentRepository } from '#libs/application';
import type { ClientId, ClinicianId, PlainDate, TreatmentId } from '#libs/kernel';
import type { Row } from '../row.js';
import type { Scope } from '../scope.js';
import { instantOf } from '../sql.js';

/** Days as text: the driver would make moments of them, in the zone of this machine. */
const COLUMNS =
  'id, client_id, clinician_id, starts_on::text, ends_on::text, recorded_by, recorded_at, ended_by, ended_at';

const treatmentOf = (row: Row): TreatmentRecord => {
  const until = row.optionalText('ends_on');
  const endedBy = row.optionalText('ended_by');
  const endedAt = row.optionalInstant('ended_at');
  return {
    id: row.text('id') as TreatmentId,
    client: row.text('client_id') as ClientId,
    clinician: row.text('clinician_id') as ClinicianId,
    from: row.text('starts_on') as PlainDate,
    recordedBy: row.text('recorded_by'),
    recordedAt: row.instant('recorded_at'),
    ...(until === undefined ? {} : { until: until as PlainDate }),
    ...(endedBy === undefined ? {} : { endedBy }),
    ...(endedAt === undefined ? {} : { endedAt }),
  };
};

/** Who treats whom. */
export class TreatmentRows implements TreatmentRepository {
  constructor(private readonly scope: Scope) {}

  async add(treatment: TreatmentRecord): Promise<void> {
    await this.scope.sql.run(
      `INSERT INTO client_clinician (practice_id, id, client_id, clinician_id, starts_on, recorded_by, recorded_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        this.scope.practice,
        treatment.id,
        treatment.client,
        treatment.clinician,
        treatment.from,
        treatment.recordedBy,
        instantOf(treatment.recordedAt),
      ],
    );
  }

  async byId(id: TreatmentId): Promise<TreatmentRecord | undefined> {
    const [row] = await this.scope.sql.rows(
      `SELECT ${COLUMNS} FROM client_clinician WHERE practice_id = $1 AND id = $2`,
      [this.scope.practice, id],
    );
    return row === undefined ? undefined : treatmentOf(row);
  }

  async end(ended: Parameters<TreatmentRepository['end']>[0]): Promise<boolean> {
    const changed = await this.scope.sql.run(
      `UPDATE client_clinician SET ends_on = $3, ended_by = $4, ended_at = $5
        WHERE practice_id = $1 AND id = $2 AND ends_on IS NULL`,
      [this.scope.practice, ended.id, ended.until, ended.endedBy, instantOf(ended.endedAt)],
    );
    return changed === 1;
  }

  async of(client: ClientId): Promise<readonly TreatmentRecord[]> {
    const rows = await this.scope.sql.rows(
      `SELECT ${COLUMNS} FROM client_clinician WHERE practice_id = $1 AND client_id = $2 ORDER BY recorded_at DESC, id`,
      [this.scope.practice, client],
    );
    return rows.map(treatmentOf);
  }

  async treatedBy(clinician: ClinicianId, clients: readonly ClientId[], on: PlainDate): Promise<ReadonlySet<ClientId>> {
    const rows = await this.scope.sql.rows(
      `SELECT DISTINCT client_id FROM client_clinician WHERE practice_id = $1 AND client_id = ANY ($2::uuid[])
        AND clinician_id = $3 AND starts_on <= $4::date AND (ends_on IS NULL OR ends_on > $4::date)`,
      [this.scope.practice, clients, clinician, on],
    );
    return new Set(rows.map((row) => row.text('client_id') as ClientId));
  }
}
