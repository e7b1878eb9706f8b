import type { ClientId, ClinicianId, CoverageId, PlainDate } from '#libs/kernel';
import type { Diagnosis } from './invoice.js';

/**
 * What a clinician tells managed care to have further sessions approved. Every clinical member is optional: the
 * clinician writes what the insurer’s form asks and the release may allow. Coded members are closed words of the
 * catalogue; `editReport` checks them.
 */
export interface TreatmentReport {
  readonly client: ClientId;
  readonly coverage: CoverageId;
  readonly clinician: ClinicianId;
  /** The day on which the clinician attests to it; the report is about the client as of that day. */
  readonly attestedOn: PlainDate;
  readonly diagnoses: readonly Diagnosis[];
  /** `mild`, `moderate`, `severe` or `extreme`. */
  readonly functioning?: string;
  /** The same four words. */
  readonly distress?: string;
  /** The least number of weeks that treatment may still need. */
  readonly minimumWeeks?: number;
  readonly reasonContinuing?: string;
  readonly prognosisText?: string;
  readonly sessionsRequested: number;
  /** Period for which the sessions are asked. */
  readonly from: PlainDate;
  readonly to: PlainDate;
  /** One of the words of `plan.frequency`. */
  readonly frequency?: string;
  /** One of the words of `plan.modality`. */
  readonly modality?: string;
  readonly goals?: string;
  /** `none`, `some`, `good` or `met`. */
  readonly progressRating?: string;
  readonly progressSummary?: string;
  readonly symptoms?: readonly string[];
  /** One of the words of `risk.suicide`. */
  readonly riskSuicide?: string;
  /** One of the words of `risk.homicide`. */
  readonly riskHomicide?: string;
  readonly medication?: string;
  readonly historyPresenting?: string;
  readonly historyTrauma?: string;
  /** `voluntary` or `involuntary`. */
  readonly statusLegal?: string;
  /** `inpatient` or `outpatient`. */
  readonly statusSetting?: string;
  /** One of the words of `sud.present`. */
  readonly substanceUse?: string;
  readonly priorAuthorization?: string;
  /** Sessions held so far. They leave as a count only. */
  readonly sessionDates?: readonly PlainDate[];
}
