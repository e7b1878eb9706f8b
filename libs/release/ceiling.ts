import type { FieldId, FormatId, Purpose } from '#libs/catalogue';
import type { RecipientClass, SignerRole } from './release.js';

export type Funding = 'fully-insured' | 'self-insured' | 'government' | 'unknown';

/** The licence of a clinician, as far as ceilings ask. */
export interface Licence {
  readonly jurisdiction: string;
  readonly profession: string;
}

/** A practice's signed interpretation of a ceiling for one format and purpose: which required elements it takes to be administrative, with the argument for each. */
export interface Reading {
  readonly id: string;
  readonly version: string;
  readonly format: FormatId;
  readonly purpose: Purpose;
  readonly fields: readonly { readonly field: FieldId; readonly argument: string }[];
}

export interface AgeBand {
  /** Applies to signers younger than this at signing. */
  readonly below: number;
  /** Every role of one alternative must have signed. */
  readonly alternatives: readonly {
    readonly roles: readonly SignerRole[];
    readonly onlyIfParentDidNotConsent: boolean;
  }[];
}

/** A statutory cap that no release lifts. Data of config/ceilings. */
export interface Ceiling {
  readonly id: string;
  readonly version: string;
  readonly jurisdiction: string;
  readonly citation: string;
  readonly textAsOf: string;
  readonly verification: 'verified' | 'unverified';
  readonly enabled: boolean;
  readonly appliesTo: {
    readonly professions: readonly string[];
    readonly recipientClasses: readonly RecipientClass[];
    readonly purposes: readonly Purpose[];
    /** Funding that takes a coverage out of the ceiling, if there is evidence for it. */
    readonly exemptFunding: readonly Funding[];
  };
  readonly fields: readonly FieldId[];
  /** Shapes that a value must have: a closed list of words. */
  readonly valueShapes: readonly { readonly field: FieldId; readonly values: readonly string[] }[];
  /** Longest life of a release, in days from its signature. */
  readonly longestReleaseDays?: number;
  readonly signerRule: readonly AgeBand[];
  readonly enclosures: readonly string[];
  readonly waivable: boolean;
  readonly readings: readonly Reading[];
}

/** What a privacy officer chose for one ceiling: its letter, or one of its readings. */
export interface ReadingChoice {
  readonly ceiling: string;
  readonly choice: 'literal' | { readonly reading: string; readonly version: string };
  /** Identifies the signed choice. */
  readonly revision: string;
}
