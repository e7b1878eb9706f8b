import { REVEAL_WORDS } from '#libs/catalogue';
import type { ReasonCode } from '#libs/release';

const EXACT: Readonly<Record<string, string>> = {
  granted: 'The release grants it.',
  no_release: 'There is no release for this client.',
  not_yet_valid: 'The release is not valid yet.',
  expired: 'The release has expired.',
  revoked: 'The client has revoked the release.',
  known_false: 'The release was found to rest on something false.',
  not_specific: 'The release asks for any and all information, which is not specific.',
  signer_incomplete: 'Not everybody who must sign has signed.',
  compound_psynotes: 'The release joins psychotherapy notes with other things, which makes it unusable.',
  recipient_mismatch: 'The release does not name this recipient.',
  purpose_not_granted: 'The release does not name this purpose.',
  ambiguous_releases: 'Two releases apply and nobody has said how they relate.',
  format_not_for_purpose: 'This format does not serve this purpose.',
  agent_agreement_missing: 'The clearinghouse that it would go through has no agreement with the practice today.',
  channel_not_permitted: 'Nobody recorded that this format may go to this insurer.',
  enclosure_channel: 'A notice must travel along, and this format has no place for it.',
  eob_exposure: 'The policy holder would learn of it, and the client asked for confidential communication.',
  cob_unsupported: 'Another insurer is involved, and what it decided is not known.',
  not_asked: 'The form does not ask for it.',
  not_needed: 'The purpose does not need it.',
  never_by_release: 'No ordinary release can grant it.',
  service_date_out_of_scope: 'The release does not cover these sessions.',
  field_not_granted: 'The release does not grant it.',
  restricted_522: 'The client paid in full and asked that the plan be told nothing of it.',
  client_restriction: 'The client asked that it be kept back.',
  clinician_limit: 'The clinician keeps it back.',
  unclassified_code: 'Nobody has said what this code reveals.',
  unclassified_field: 'The catalogue does not know it.',
  line_excluded: 'The line does not go.',
  not_writable: 'It cannot be written in this format, which has no place for some character of it or for its length.',
  missing: 'It is not there.',
  sibling_missing: 'The clinician has not filled in the word that may go in its place.',
};

const revealed: ReadonlyMap<string, string> = new Map(Object.entries(REVEAL_WORDS));

/** The reason in a sentence: the same in the API, on the command line, in the console and on the phone. */
export const sentenceOf = (code: ReasonCode): string => {
  const exact = EXACT[code];
  if (exact !== undefined) return exact;
  const kind = code.slice(0, code.indexOf(':'));
  const rest = code.slice(code.indexOf(':') + 1);
  switch (kind) {
    case 'reading':
      return `The practice reads the law so that it may go (${rest}).`;
    case 'within_ceiling':
      return `The law lets it go (${rest}).`;
    case 'ceiling':
      return `The law does not let it go (${rest}).`;
    case 'value_shape':
      return `The law asks for one of its own words (${rest}).`;
    case 'special_category':
      return `It tells something that needs a permission of its own (${revealed.get(rest) ?? rest}).`;
    case 'element_missing':
      return `The release lacks an element (${rest}).`;
    case 'transport_requires':
      return `The format cannot be made without it (${rest}).`;
    default:
      return 'It stays.';
  }
};
