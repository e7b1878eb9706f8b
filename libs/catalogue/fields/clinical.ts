import { define } from '../field.js';

const SEVERITY = ['mild', 'moderate', 'severe', 'extreme'] as const;
/** The four steps of utilisation review forms, and that nobody assessed it. */
const RISK = ['none', 'low', 'moderate', 'high', 'not-assessed'] as const;
const MODALITIES = ['CBT', 'DBT', 'IPT', 'ERP', 'brief-dynamic', 'supportive', 'other'] as const;
const FREQUENCIES = [
  'more-than-weekly',
  'weekly',
  'every-two-weeks',
  'every-three-weeks',
  'monthly',
  'less-than-monthly',
  'as-needed',
] as const;
const status = define('status', 3);
const level = define('necessity', 3);
const necessity = define('necessity', 4);
const clinical = define('clinical', 4);
const prognosis = define('prognosis', 3);
const plan = define('plan', 3);
const planDetail = define('plan', 4);
const progress = define('progress', 3);
const history = define('history', 4);
const risk = define('risk', 4);
const medication = define('medication', 4);
const testing = define('testing', 4);

/** What a treatment report may be made of. */
export const CLINICAL_FIELDS = {
  'status.legal': status('coded', ['Legal status', 'whether treatment is voluntary'], {
    values: ['voluntary', 'involuntary'],
  }),
  'status.setting': status('coded', ['Setting', 'whether you are treated in or out of hospital'], {
    values: ['inpatient', 'outpatient'],
  }),
  'reason.admission': necessity('text', ['Reason for admission', 'why treatment began'], {
    generalisations: [{ to: 'functioning.level', by: 'sibling' }],
  }),
  'reason.continuing': necessity('text', ['Reason for continuing', 'why treatment goes on, in words'], {
    generalisations: [{ to: 'functioning.level', by: 'sibling' }],
  }),
  'functioning.level': level('coded', ['Level of functioning', 'how well you manage, in one of four words'], {
    values: SEVERITY,
  }),
  'distress.level': level('coded', ['Level of distress', 'how much you suffer, in one of four words'], {
    values: SEVERITY,
  }),
  'functioning.domains': clinical('text', ['Functioning by domain', 'how you manage at work, at home and elsewhere']),
  'functioning.score': clinical('count', ['Functioning score', 'the score of a questionnaire on functioning']),
  'symptoms.list': clinical('list', ['Symptoms', 'your symptoms']),
  'symptoms.severity': clinical('coded', ['Symptom severity', 'how strong your symptoms are']),
  'mentalStatus.exam': clinical('text', ['Mental status', 'your therapist’s examination']),
  'prognosis.estimatedDuration': prognosis('count', [
    'Estimated duration',
    'the least number of weeks that treatment may still need',
  ]),
  'prognosis.text': define('prognosis', 4)('text', ['Prognosis', 'your outlook, in words'], {
    generalisations: [{ to: 'prognosis.estimatedDuration', by: 'sibling' }],
  }),
  'plan.modality': plan('coded', ['Modality', 'the method of treatment'], { values: MODALITIES }),
  'plan.frequency': plan('coded', ['Frequency', 'how often you meet'], { values: FREQUENCIES }),
  'plan.sessionsRequested': plan('count', ['Sessions requested', 'how many more sessions are asked for']),
  'plan.startDate': plan('date', ['Start of period', 'from when they are asked for']),
  'plan.endDate': plan('date', ['End of period', 'until when they are asked for']),
  'plan.exists': define('plan', 2)('flag', ['Plan exists', 'that there is a treatment plan']),
  'plan.goals': planDetail('text', ['Goals', 'the goals of treatment']),
  'plan.interventions': planDetail('text', ['Interventions', 'what your therapist does']),
  'plan.dischargeCriteria': planDetail('text', ['Discharge criteria', 'when treatment will end']),
  'plan.referrals': planDetail('text', ['Referrals', 'to whom you were referred']),
  'plan.familyInvolvement': planDetail('text', ['Family involvement', 'whether your family takes part'], {
    about: 'thirdPerson',
  }),
  'progress.rating': progress('coded', ['Progress', 'how far you have come, in one word'], {
    values: ['none', 'some', 'good', 'met'],
  }),
  'progress.goalAttainment': progress('coded', ['Goal attainment', 'which goals are met']),
  'progress.summary': define('progress', 4)('text', ['Progress summary', 'how treatment goes, in words'], {
    generalisations: [{ to: 'progress.rating', by: 'sibling' }],
  }),
  'progress.note': define('progress', 4)('text', ['Progress note', 'notes of single sessions']),
  'treatment.description': progress('text', ['Treatment in general', 'a general description of treatment']),
  'history.presenting': history('text', ['Presenting problem', 'what brought you here']),
  'history.psychiatric': history('text', ['Psychiatric history', 'earlier treatment']),
  'history.hospitalization': history('text', ['Hospital stays', 'earlier stays in hospital']),
  'history.medical': history('text', ['Medical history', 'earlier illnesses']),
  'history.social': history('text', ['Social history', 'your life so far']),
  'history.family': history('text', ['Family history', 'your family’s history'], { about: 'thirdPerson' }),
  'history.legal': history('text', ['Legal history', 'trouble with the law']),
  'risk.level': risk('coded', ['Risk level', 'how high a risk is'], { values: RISK }),
  'risk.suicide': risk('coded', ['Risk of suicide', 'thoughts of suicide'], { values: RISK }),
  'risk.selfHarm': risk('coded', ['Risk of self-harm', 'harm done to yourself'], { values: RISK }),
  'risk.homicide': risk('coded', ['Risk of homicide', 'thoughts of killing'], { values: RISK }),
  'risk.violence': risk('coded', ['Risk of violence', 'violence'], { values: RISK }),
  'risk.text': risk('text', ['Risk in words', 'risks in words']),
  'medication.name': medication('text', ['Medication', 'your medication']),
  'medication.dose': medication('text', ['Dose', 'its dose']),
  'medication.prescriber': medication('name', ['Prescriber', 'who prescribes it'], { about: 'thirdPerson' }),
  'medication.adherence': medication('coded', ['Adherence', 'whether you take it']),
  'test.summary': testing('text', ['Test summary', 'a summary of tests']),
  'test.scores': testing('text', ['Test scores', 'the scores of tests']),
} as const;
