import { define } from '../field.js';

const special = define('special', 5);
const history = define('history', 5);
const risk = define('risk', 5);
const notes = define('notes', 6);
const enclosure = define('enclosure', 1);
const envelope = { about: 'envelope' } as const;
const WHETHER = ['yes', 'no', 'unknown'] as const;
const part2 = { laws: ['42 CFR part 2'] } as const;

/** What needs a grant of its own, what no ordinary release can grant, and what travels along. */
export const PROTECTED_FIELDS = {
  'client.ssn': special('coded', ['Social security number', 'your social security number']),
  'client.photo': special('file', ['Photograph', 'your photograph']),
  'client.genderIdentity': special('text', ['Gender identity', 'your gender identity']),
  'client.sexualOrientation': special('text', ['Sexual orientation', 'your sexual orientation']),
  'client.ethnicity': special('text', ['Ethnicity', 'your ethnicity']),
  'client.immigrationStatus': special('text', ['Immigration status', 'your immigration status']),
  'client.criminalRecord': special('text', ['Criminal record', 'your criminal record']),
  'history.trauma': history('text', ['Trauma history', 'what was done to you']),
  'risk.abuseVictim': risk('coded', ['Victim of abuse', 'that you were abused'], { values: WHETHER }),
  'risk.abusePerpetrator': risk('coded', ['Perpetrator of abuse', 'that you abused somebody'], { values: WHETHER }),
  'risk.safetyPlan': risk('text', ['Safety plan', 'your safety plan']),
  'risk.threatTarget': risk('text', ['Target of a threat', 'whom you threatened'], { about: 'thirdPerson' }),
  'sud.present': special('coded', ['Substance use', 'that you have or had a problem with alcohol or drugs'], {
    ...part2,
    values: WHETHER,
  }),
  'sud.diagnosis': special('coded', ['Substance use diagnosis', 'a diagnosis about alcohol or drugs'], part2),
  'sud.substances': special('list', ['Substances', 'which substances'], part2),
  'sud.history': special('text', ['Substance use history', 'your history with substances'], part2),
  'sud.toxicology': special('text', ['Toxicology', 'drug tests'], part2),
  'sud.relapse': special('text', ['Relapse', 'relapses'], part2),
  'sud.program': special('text', ['Substance use programme', 'that you are in a programme for substance use'], part2),
  'medication.sud': special('text', ['Medication for substance use', 'medication for substance use'], part2),
  'hiv.status': special('coded', ['HIV', 'anything about HIV'], { laws: ['NY PHL 27-F'] }),
  'sti.status': special('coded', ['Sexually transmitted infection', 'anything about sexually transmitted infections']),
  'reproductive.status': special('coded', ['Reproductive health', 'anything about pregnancy or reproduction']),
  'genetic.status': special('coded', ['Genetic information', 'genetic information'], { laws: ['GINA'] }),
  'sud.counselingNotes': notes('text', ['SUD counselling notes', 'notes of substance use counselling'], {
    laws: ['42 CFR 2.31(b)'],
  }),
  'test.rawData': notes('file', ['Raw test data', 'raw test data']),
  'note.psychotherapy': notes('text', ['Psychotherapy notes', 'your therapist’s separate notes'], {
    laws: ['45 CFR 164.508(a)(2)'],
  }),
  'note.personal': notes('text', ['Personal notes', 'your therapist’s personal notes'], {
    laws: ['DC 7-1201.03', 'IL 740 ILCS 110'],
  }),
  'note.thirdPartyConfidence': notes('text', ['Confidences of others', 'what others told in confidence'], {
    about: 'thirdPerson',
  }),
  'note.supervision': notes('text', ['Supervision notes', 'notes of supervision']),
  'release.copy': enclosure('file', ['Copy of the release', 'a copy of this release'], envelope),
  'release.scopeStatement': enclosure('text', ['Scope of the release', 'what this release allows'], envelope),
  'notice.redisclosure': enclosure('text', ['Redisclosure notice', 'a notice not to pass it on'], envelope),
} as const;
