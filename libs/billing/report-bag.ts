import { FieldBag } from '#libs/catalogue';
import { fillDiagnoses } from './diagnosis-values.js';
import { circumstanceOf, type Party, partyValues } from './identity-values.js';
import { fill, type Offered } from './offered.js';
import type { TreatmentReport } from './treatment-report.js';

/**
 * All that a treatment report could tell. Sessions held are lines with nothing but a date, so that a restriction on one
 * of them takes it out of the count.
 */
export const reportBag = (report: TreatmentReport, party: Party): Offered => {
  const bag = new FieldBag();
  const sessions = (report.sessionDates ?? []).map((date, index) => ({ id: `L${index + 1}`, date }));
  fill(bag, {
    ...partyValues(party),
    'coverage.authorizationNumber': report.priorAuthorization,
    'functioning.level': report.functioning,
    'distress.level': report.distress,
    'reason.continuing': report.reasonContinuing,
    'prognosis.estimatedDuration': report.minimumWeeks,
    'prognosis.text': report.prognosisText,
    'plan.sessionsRequested': report.sessionsRequested,
    'plan.startDate': report.from,
    'plan.endDate': report.to,
    'plan.frequency': report.frequency,
    'plan.modality': report.modality,
    'plan.goals': report.goals,
    'progress.rating': report.progressRating,
    'progress.summary': report.progressSummary,
    'symptoms.list': report.symptoms,
    'risk.suicide': report.riskSuicide,
    'risk.homicide': report.riskHomicide,
    'medication.name': report.medication,
    'history.presenting': report.historyPresenting,
    'history.trauma': report.historyTrauma,
    'status.legal': report.statusLegal,
    'status.setting': report.statusSetting,
    'sud.present': report.substanceUse,
    'session.count': sessions.length === 0 ? undefined : sessions.length,
  });
  fillDiagnoses(bag, report.diagnoses);
  for (const { id, date } of sessions) fill(bag, { 'session.date': date }, id);
  return {
    bag,
    serviceDates: new Map(sessions.map(({ id, date }) => [id, date])),
    aboutDates: [report.attestedOn],
    circumstances: [circumstanceOf(party.coverage)],
  };
};
