import type { Transaction } from '#libs/application';
import { DatabaseError } from './database-error.js';
import { AnswerRows } from './repositories/answer-repository.js';
import { AuthorityRows } from './repositories/authority-repository.js';
import { ClientRows } from './repositories/client-repository.js';
import { ToldDisclosureRows } from './repositories/told-disclosures.js';
import { DisclosureListRows } from './repositories/disclosure-lists.js';
import { DocumentRows } from './repositories/document-repository.js';
import { IdempotencyRows } from './repositories/idempotency-repository.js';
import { ImportRows } from './repositories/import-repository.js';
import { InsightRows } from './repositories/insight-repository.js';
import { LaneRows } from './repositories/lane-repository.js';
import { LedgerRows } from './repositories/ledger-repository.js';
import { PracticeRows } from './repositories/practice-repository.js';
import { ReminderRows } from './repositories/reminder-repository.js';
import { ScanRows } from './repositories/scan-repository.js';
import { RouteRows } from './repositories/route-repository.js';
import { SigningLinkRows } from './repositories/signing-link-repository.js';
import { StaffAccountRows } from './repositories/staff-repository.js';
import { SystemRows } from './repositories/system-repository.js';
import { TransmissionRows } from './repositories/transmission-repository.js';
import { TreatmentRows } from './repositories/treatment-repository.js';
import { ViewRows } from './repositories/view-repository.js';
import { WebhookRows } from './repositories/webhook-repository.js';
import { WorkRows } from './repositories/work-repository.js';
import type { Scope } from './scope.js';
import type { PracticeWork } from './with-practice.js';

const clockOf = async (scope: Scope): Promise<number> => {
  const [row] = await scope.sql.rows(`SELECT date_trunc('milliseconds', clock_timestamp()) AS now`);
  if (row === undefined) throw new DatabaseError('unexpected_row');
  return row.instant('now');
};

/** The repositories of one transaction. */
export const transactionOf = ({ scope, record, happened }: PracticeWork): Transaction => ({
  now: scope.now,
  clock: () => clockOf(scope),
  practice: new PracticeRows(scope),
  clients: new ClientRows(scope),
  imports: new ImportRows(scope),
  scans: new ScanRows(scope),
  signingLinks: new SigningLinkRows(scope),
  reminders: new ReminderRows(scope),
  treatments: new TreatmentRows(scope),
  authority: new AuthorityRows(scope),
  documents: new DocumentRows(scope),
  disclosures: new ToldDisclosureRows(scope, happened),
  transmissions: new TransmissionRows(scope),
  answers: new AnswerRows(scope),
  lists: new DisclosureListRows(scope),
  work: new WorkRows(scope),
  views: new ViewRows(scope),
  lanes: new LaneRows(scope),
  routes: new RouteRows(scope),
  idempotency: new IdempotencyRows(scope),
  ledger: new LedgerRows(scope, record),
  webhooks: new WebhookRows(scope, happened),
  system: new SystemRows(scope),
  insight: new InsightRows(scope),
  staffAccounts: new StaffAccountRows(scope),
});
