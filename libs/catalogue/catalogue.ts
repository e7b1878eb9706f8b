import type { FieldDefinition } from './field.js';
import { ADMINISTRATIVE_FIELDS } from './fields/administrative.js';
import { CLINICAL_FIELDS } from './fields/clinical.js';
import { OTHER_COVERAGE_FIELDS } from './fields/other-coverage.js';
import { PROTECTED_FIELDS } from './fields/protected.js';
import { SERVICE_FIELDS } from './fields/services.js';

/** Raised by one whenever an id is added. A release stores the version under which its groups were expanded. */
export const CATALOGUE_VERSION = 2;

const FIELDS = {
  ...ADMINISTRATIVE_FIELDS,
  ...OTHER_COVERAGE_FIELDS,
  ...SERVICE_FIELDS,
  ...CLINICAL_FIELDS,
  ...PROTECTED_FIELDS,
};

/** `domain.element[.part]`: the only names under which anything about a client is known here. */
export type FieldId = keyof typeof FIELDS;

const BY_ID: ReadonlyMap<string, FieldDefinition> = new Map(Object.entries(FIELDS));

export const FIELD_IDS: readonly FieldId[] = Object.keys(FIELDS) as FieldId[];

export const isFieldId = (text: string): text is FieldId => BY_ID.has(text);

export const fieldOf = (id: FieldId): FieldDefinition => FIELDS[id];

/** Whether 42 CFR part 2 protects it, where a programme under that part knows it. */
export const isPart2 = (id: FieldId): boolean => fieldOf(id).laws.includes('42 CFR part 2');

/** The ids that this one can become, each less than the id itself: birth date → age → age band. */
export const generalisationsOf = (id: FieldId): readonly FieldId[] => {
  const found: FieldId[] = [];
  for (const { to } of fieldOf(id).generalisations) {
    if (!isFieldId(to) || found.includes(to)) continue;
    found.push(to, ...generalisationsOf(to).filter((further) => !found.includes(further)));
  }
  return found;
};

/** Granting a field grants what it can be generalised to by a derivation; a sibling is a field of its own and is granted by itself. */
export const closureOf = (granted: Iterable<FieldId>): ReadonlySet<FieldId> => {
  const closure = new Set<FieldId>();
  for (const id of granted) {
    closure.add(id);
    for (const { to, by } of fieldOf(id).generalisations) {
      if (by === 'sibling' || !isFieldId(to)) continue;
      for (const less of closureOf([to])) closure.add(less);
    }
  }
  return closure;
};

/** Expands `session.*` and exact ids at signing, so that a field added later is never granted silently. Groups never reach what needs a grant of its own. */
export const expandGrants = (
  patterns: readonly string[],
): { readonly ids: readonly FieldId[]; readonly unknown: readonly string[] } => {
  const ids = new Set<FieldId>();
  const unknown: string[] = [];
  for (const pattern of patterns) {
    if (isFieldId(pattern)) {
      ids.add(pattern);
      continue;
    }
    const prefix = pattern.endsWith('.*') ? pattern.slice(0, -1) : undefined;
    const members =
      prefix === undefined ? [] : FIELD_IDS.filter((id) => id.startsWith(prefix) && fieldOf(id).sensitivity < 5);
    if (members.length === 0) unknown.push(pattern);
    for (const id of members) ids.add(id);
  }
  return { ids: [...ids].sort(), unknown };
};
