import type { FieldId, Reveal } from '#libs/catalogue';

/** Why a locus goes, changes or stays, or why a whole document does: stable codes that never depend on a withheld value. */
export type ReasonCode =
  // grounds on which something goes
  | 'granted'
  | `reading:${string}`
  | `within_ceiling:${string}`
  // the whole document
  | 'no_release'
  | 'not_yet_valid'
  | 'expired'
  | 'revoked'
  | 'known_false'
  | `element_missing:${string}`
  | 'not_specific'
  | 'signer_incomplete'
  | 'compound_psynotes'
  | 'recipient_mismatch'
  | 'purpose_not_granted'
  | 'ambiguous_releases'
  | 'format_not_for_purpose'
  | 'agent_agreement_missing'
  | 'channel_not_permitted'
  | 'enclosure_channel'
  | 'eob_exposure'
  | 'cob_unsupported'
  | 'request_gate'
  | 'legal_review'
  | 'outcome_unknown'
  // one locus
  | 'not_asked'
  | 'not_needed'
  | 'never_by_release'
  | 'service_date_out_of_scope'
  | 'field_not_granted'
  | `ceiling:${string}`
  | `value_shape:${string}`
  | `special_category:${Reveal}`
  | 'restricted_522'
  | 'client_restriction'
  | 'clinician_limit'
  | 'unclassified_code'
  | 'unclassified_field'
  | 'line_excluded'
  // granted, and the format has no way to write it
  | 'not_writable'
  // a gap
  | `transport_requires:${FieldId}`
  | 'missing'
  | 'sibling_missing';

/** One ground of a ruling. `source` names the release, ceiling, reading, restriction or format; `revision` the version of it that was read. */
export interface Reason {
  readonly code: ReasonCode;
  readonly source: string;
  readonly revision: string;
}

/** Who can cure a gap. */
export type Curer = 'client' | 'chart' | 'office' | 'practice' | 'nobody';
