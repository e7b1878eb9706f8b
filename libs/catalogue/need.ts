import { FIELD_IDS, type FieldId, fieldOf } from './catalogue.js';
import type { FieldCategory } from './field.js';
import type { Purpose } from './purpose.js';

/** What whoever treats a client writes down about how the client is. */
const COURSE = ['status', 'necessity', 'clinical', 'prognosis', 'plan', 'progress'] as const;
/** What a look at the whole treatment takes beside it. */
const BACKGROUND = ['risk', 'medication', 'history'] as const;
const BILLING = ['fees', 'procedure'] as const;

/** Every category that any release can grant. */
const RECORD = ['session', ...BILLING, 'diagnosis', ...COURSE, ...BACKGROUND, 'special', 'testing'] as const;

/**
 * The most that a purpose can need (minimum necessary, 45 CFR 164.502(b), applied here under a release too): whole
 * categories, plus single fields that the purpose needs out of categories it otherwise does not.
 */
const CATEGORIES: Readonly<Record<Purpose, readonly FieldCategory[]>> = {
  HPAYMT: ['administrative', 'session', ...BILLING, 'diagnosis', 'enclosure'],
  COVAUTH: ['administrative', 'session', 'diagnosis', ...COURSE, ...BACKGROUND, 'special', 'enclosure'],
  CLMATTCH: ['administrative', 'session', 'procedure', 'diagnosis', ...COURSE, 'special', 'enclosure'],
  TREAT: ['administrative', 'session', 'diagnosis', ...COURSE, ...BACKGROUND, 'special', 'testing', 'enclosure'],
  HLEGAL: ['administrative', ...RECORD, 'enclosure'],
  PATRQT: ['administrative', ...RECORD, 'enclosure'],
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
