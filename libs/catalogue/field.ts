/** How closely a field touches the client: 0 practice, 1 identity, 2 service and money, 3 coarse clinical, 4 clinical detail, 5 specially protected (own grant), 6 never by an ordinary release. */
export type Sensitivity = 0 | 1 | 2 | 3 | 4 | 5 | 6;

export type FieldKind = 'text' | 'name' | 'coded' | 'date' | 'money' | 'count' | 'flag' | 'list' | 'file';

export type FieldCategory =
  | 'administrative'
  | 'session'
  | 'fees'
  | 'procedure'
  | 'diagnosis'
  | 'status'
  | 'necessity'
  | 'clinical'
  | 'prognosis'
  | 'plan'
  | 'progress'
  | 'history'
  | 'risk'
  | 'medication'
  | 'special'
  | 'testing'
  | 'notes'
  | 'enclosure';

/** Ceilings bind information about the client (and people round the client), not the practice, the payer or the envelope. */
export type FieldSubject = 'client' | 'thirdPerson' | 'practice' | 'payer' | 'envelope';

/** Where a field occurs: once in a document, once a service line (or session), or once a diagnosis. */
export type FieldScope = 'document' | 'line' | 'diagnosis';

/** A pure derivation, or a sibling that a clinician filled in. Text is never interpreted. */
export type Generalisation =
  { readonly to: string; readonly by: DerivationName } | { readonly to: string; readonly by: 'sibling' };

export type DerivationName = 'ageAtLastService' | 'yearOfDate' | 'fiveYearBand' | 'firstThreeCharacters';

/** What is computed from what is sent, never taken from intake. */
export type Aggregate = { readonly of: string; readonly by: 'sum' | 'count' };

export interface FieldDefinition {
  readonly label: string;
  /** The same in words that a client reads on a release. */
  readonly clientWords: string;
  readonly category: FieldCategory;
  readonly sensitivity: Sensitivity;
  readonly kind: FieldKind;
  readonly about: FieldSubject;
  readonly scope: FieldScope;
  readonly generalisations: readonly Generalisation[];
  readonly aggregate?: Aggregate;
  /** Says something about all lines together: it stays as soon as one line of the document does. */
  readonly ofAllLines: boolean;
  /** Closed list of values, where the field has one. */
  readonly values?: readonly string[];
  /** Longest text, in characters. */
  readonly longest?: number;
  readonly laws: readonly string[];
  /** Catalogue version in which the id first appeared; ids are never reused and never change meaning. */
  readonly since: number;
}

type Optional = Partial<Omit<FieldDefinition, 'label' | 'clientWords' | 'category' | 'sensitivity' | 'kind'>>;

/** One row of the dictionary: label, the client's words, then what deviates from the ordinary document-level client field. */
export const define =
  (category: FieldCategory, sensitivity: Sensitivity) =>
  (kind: FieldKind, words: readonly [label: string, clientWords: string], more: Optional = {}): FieldDefinition => ({
    label: words[0],
    clientWords: words[1],
    category,
    sensitivity,
    kind,
    about: more.about ?? 'client',
    scope: more.scope ?? 'document',
    generalisations: more.generalisations ?? [],
    laws: more.laws ?? [],
    ofAllLines: more.ofAllLines ?? false,
    since: more.since ?? 1,
    ...(more.aggregate ? { aggregate: more.aggregate } : {}),
    ...(more.values ? { values: more.values } : {}),
    ...(more.longest === undefined ? {} : { longest: more.longest }),
  });
