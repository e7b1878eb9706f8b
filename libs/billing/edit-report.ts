import type { Issue } from '#libs/kernel';
import { DIAGNOSIS_EDITS } from './diagnosis-edits.js';
import { type Edit, runEdits } from './edit.js';
import { REPORT_EDITS as OWN_EDITS, type ReportSetting, type ReportUnderEdit } from './report-edits.js';
import type { TreatmentReport } from './treatment-report.js';

/** All edits of a treatment report. */
export const REPORT_EDITS: readonly Edit<ReportUnderEdit>[] = [
  ...OWN_EDITS,
  ...DIAGNOSIS_EDITS.map((edit): Edit<ReportUnderEdit> => ({ ...edit, find: ({ report }) => edit.find(report) })),
];

/** Everything that is wrong with a report before anybody asks what may be told of it. Paths are JSON pointers. */
export const editReport = (report: TreatmentReport, setting: ReportSetting): readonly Issue[] =>
  runEdits(REPORT_EDITS, { report, setting });
