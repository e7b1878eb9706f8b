import { FIELD_IDS, type FieldId, fieldOf } from './catalogue.js';
import type { FieldCategory } from './field.js';
import type { Purpose } from './purpose.js';

/**
 * The most that a purpose can need (minimum necessary, 45 CFR 164.502(b), applied here under a release too): whole
 * categories, plus single fields that the purpose needs out of categories it otherwise does not.
 */
const CATEGORIES: Readonly<Record<Purpose, readonly FieldCategory[]>> = {
  HPAYMT: ['administrative', 'session', 'fees', 'procedure', 'diagnosis', 'enclosure'],
  COVAUTH: [
    'administrative',
    'session',
    'diagnosis',
    'status',
    'necessity',
    'clinical',
    'prognosis',
    'plan',
    'progress',
    'risk',
    'medication',
    'history',
    'special',
    'enclosure',
  ],
  CLMATTCH: [
    'administrative',
    'session',
    'procedure',
    'diagnosis',
    'status',
    'necessity',
    'clinical',
    'prognosis',
    'plan',
    'progress',
    'special',
    'enclosure',
  ],
  TREAT: [
    'administrative',
    'session',
    'diagnosis',
    'status',
    'necessity',
    'clinical',
    'prognosis',
    'plan',
    'progress',
    'risk',
    'medication',
    'history',
    'special',
    'testing',
    'enclosure',
  ],
  HLEGAL: [
    'administrative',
    'session',
    'fees',
    'procedure',
    'diagnosis',
    'status',
    'necessity',
    'clinical',
    'prognosis',
    'plan',
    'progress',
    'risk',
    'medication',
    'history',
    'special',
    'testing',
    'enclosure',
  ],
  PATRQT: [
    'administrative',
    'session',
    'fees',
    'procedure',
    'diagnosis',
    'status',
    'necessity',
    'clinical',
    'prognosis',
    'plan',
    'progress',
    'risk',
    'medication',
    'history',
    'special',
    'testing',
    'enclosure',
  ],
};

const NEVER_FOR_PAYMENT: readonly FieldId[] = [
  'session.participants',
  'session.purposeBrief',
  'diagnosis.rationale',
  'diagnosis.differential',
  'diagnosis.specifier',
  'client.employer',
  'client.occupation',
  'client.phone',
  'client.email',
];

const sets = new Map<Purpose, ReadonlySet<FieldId>>();

/** The fields that a purpose can need at all. */
export const neededFor = (purpose: Purpose): ReadonlySet<FieldId> => {
  const known = sets.get(purpose);
  if (known) return known;
  const categories = CATEGORIES[purpose];
  const set = new Set(
    FIELD_IDS.filter(
      (id) => categories.includes(fieldOf(id).category) && !(purpose === 'HPAYMT' && NEVER_FOR_PAYMENT.includes(id)),
    ),
  );
  sets.set(purpose, set);
  return set;
};
