/** A body, a query or a path that is not as the contract has it. */
const SHAPE = {
  body_not_expected: 'The route takes no body; send none.',
  date_out_of_range: 'Give a real day from 1900 to 2199.',
  filter_invalid: 'A filter of the list is not one that the route has, or has a value that it does not take.',
  invalid: 'The value breaks the rule that is named beside it.',
  invalid_id: 'Give an id as the gateway gave it.',
  item_repeated: 'Name each item once.',
  key_repeated: 'Give each invoice of the batch a key of its own.',
  not_allowed: 'Give one of the words that the rule lists.',
  one_relation: 'A release either adds to another one or supersedes it; say one of the two.',
  range_reversed: 'Let the range end on the day on which it begins, or later.',
  required: 'The member is missing; give it.',
  sort_unknown: 'Sort by one of the columns that the contract names.',
  too_big: 'The value is longer or larger than the rule allows.',
  too_small: 'The value is shorter or smaller than the rule allows.',
  unknown_member: 'The contract does not know a member; remove the one that the rule counts to.',
  unknown_time_zone: 'Name the time zone as the IANA database does, such as America/Los_Angeles.',
  wrong_format: 'Write the value in the format that the rule names.',
  wrong_type: 'Give a value of the type that the rule names.',
} as const;

/** Who asks, and what there is. */
const ASKING = {
  attestation_required: 'Let the clinician who treats the client submit the report, signed in as a person.',
  cursor_invalid: 'Begin at the first page again; a cursor holds for the list that gave it.',
  forbidden: 'Your roles do not allow it, or it needs a person.',
  idempotency_in_progress: 'The same request is being worked on; ask again under the same key.',
  idempotency_key_reused: 'The key was used for something else; take a new one.',
  not_accepted: 'It could not be decided whether this is accepted; nothing was kept, so submit it again.',
  not_found: 'There is no such thing, or none within your reach.',
  password_too_long: 'Choose a shorter password.',
  password_too_short: 'Choose a longer password.',
  password_unchanged: 'Choose a password that is another one.',
  precondition_failed: 'Somebody changed it meanwhile; read it again.',
  second_person_required: 'Let somebody else do it than who did the first half.',
  state_conflict: 'It stands elsewhere by now; read it again.',
  temporarily_unavailable: 'Ask again in a moment.',
  unknown_reference: 'It names something that is not there, or is not within your reach.',
  view_name_taken: 'Give the view another name.',
} as const;

/** Invoices, reports and what becomes of them. */
const DOCUMENTS = {
  clinician_missing: 'Record a clinician first.',
  correction_astray: 'The claim that this one corrects is not in its chain; correct the newest claim.',
  digest_mismatch: 'The stored bytes are not those that were sealed; tell an operator, who verifies the ledger.',
  document_kind_differs: 'Replace an invoice by an invoice, and a report by a report.',
  duplicate_service:
    'A line bills a service that was billed before; cancel, replace or void that claim, or take the line out.',
  enclosure_unknown: 'A paper that must travel along is not known here; the configuration must have it.',
  format_not_accepted: 'Choose a smaller format that this insurer takes.',
  currency_not_for_format: 'A claim (837P) is in US dollars; send a statement, or bill in dollars.',
  format_not_for_document: 'Choose a format that this kind of document can have.',
  item_gone: 'It may not go any more; list the inbox again.',
  not_a_report: 'Decide on treatment reports only; what is decided on a claim comes as X12.',
  not_amendable: 'Something of it has gone, or is on its way; correct what was sent instead.',
  not_cancellable: 'It has gone, or may have; void the claim instead.',
  not_held: 'It does not wait any more.',
  not_parked: 'It does not wait for a person any more.',
  not_sent_yet: 'Nothing has been sent yet.',
  not_the_same_document: 'Amend it for the same client and in the same kind; submit anything else anew.',
  nothing_to_amend: 'No amendment of a release would let it go.',
  numbers_missing: 'There was no control number left for it; it is tried again.',
  rehearsed: 'It was only tried out.',
  test_claim_held:
    'Not even a claim about nobody may go by this route; look at its agreement, its payer id and its formats.',
  test_claim_unsupported: 'Only an insurer that is sent 837P claims is sent a test.',
  unclassified_field: 'A release grants, or a document offers, what the catalogue does not have.',
} as const;

/** Clients and their releases. */
const RELEASES = {
  already_checked: 'The scan was checked before.',
  already_signed: 'The release was signed before; make a revision.',
  already_treats: 'The clinician treats the client already.',
  code_in_use: 'Another client has this code; choose another one.',
  compound_psynotes: 'Grant psychotherapy notes in a release of their own, with nothing else in it.',
  disclosure_under_way: 'Something about this client is being sent; wait until it is clear what became of it.',
  draft_changed: 'The draft is not the text that was read; read it again, then sign.',
  ended_in_future: 'Enter when it came, or was found; that moment has not come yet.',
  link_unusable: 'Ask the practice for a new link.',
  signed_in_future: 'Enter the day on which it was signed; that day has not come yet.',
  picture_differs: 'Send the PNG of which the digest is, with a drawn signature only.',
  media_type_differs: 'Send the scan under the media type that it has.',
  name_missing: 'Type your name to sign.',
  no_expiry_event: 'The release names no event that ends it; revoke it, or record that it rests on something false.',
  not_signed: 'Only a release that is signed can be ended, related to others or renewed.',
  not_specific: 'Name what may be told, or choose a preset; a release of everything is none.',
  recipient_twice: 'Name a party or a class, not both.',
  release_revoked: 'What was revoked is not renewed; let the client sign a new release.',
  same_release: 'A release cannot be related to itself.',
  scan_check_required: 'Attach the scan, and let a second person check it; it is signed by that.',
  signer_incomplete: 'Somebody who must sign this has not signed; the law that applies says who.',
  subscriber_missing: 'Say who the subscriber is, since it is not the client.',
  unknown_preset: 'Choose a preset of the configuration.',
  until_before_from: 'Let it end later than it begins.',
} as const;

/** The practice, its insurers and its programs. */
const PRACTICE = {
  agreement_ends_before_it_begins: 'Let the agreement end after it was signed.',
  assignee_out_of_reach: 'Assign it to somebody who may see the client.',
  assignee_unknown: 'Assign it to somebody who works here.',
  certificate_unreadable: 'Give the certificate as PEM.',
  day_not_to_come: 'Put it off to a day that is yet to come.',
  egress_denied: 'Nothing is sent to this address; an operator can list private networks of insurers.',
  insurer_in_use: 'The practice has this insurer already.',
  key_of_another_certificate: 'Give the private key that belongs to the certificate.',
  key_unreadable: 'Give the private key as PEM, or as OpenSSH writes it for SFTP, without a passphrase.',
  last_administrator: 'Make somebody else an administrator first.',
  name_not_resolved: 'The name of the host has no address; look for a slip of the pen.',
  period_too_long: 'Ask for a shorter period.',
  plain_connection: 'Use https or sftp; nothing goes in clear.',
  too_many_endpoints: 'Remove an endpoint first.',
  too_many_notes: 'There is no room for more notes on it.',
  too_many_views: 'Remove a view first.',
  unknown_ceiling: 'Name a ceiling of the configuration.',
  unknown_profile: 'Name an insurer of the configuration.',
  unknown_reading: 'Name a reading that this ceiling has.',
} as const;

/** Answers that insurers bring, and what is set aside of them. */
const ANSWERS = {
  answer_not_json: 'The answer is no JSON in UTF-8.',
  answer_unreadable: 'The answer is not one of the kinds that are read; nothing of it was kept.',
} as const;

/**
 * What each code of an issue means, or what to do about it, in one sentence. Codes of edits and of corrections have their
 * sentence where they are made (`fix` of the issue), and a code with a colon says after it which element is meant.
 */
export const ISSUES: Readonly<Record<string, string>> = {
  ...{ ...SHAPE, ...ASKING, ...DOCUMENTS, ...RELEASES, ...PRACTICE, ...ANSWERS },
  'element_missing:…':
    'A core element of the release is missing (45 CFR 164.508(c)); the part after the colon names it.',
};

/** The sentence of a code, or of its kind where it names an element after a colon. */
export const sentenceOf = (code: string): string | undefined => ISSUES[code] ?? ISSUES[code.replace(/:.*$/s, ':…')];
