/** Closed words of the wire that have their home in libs which the console may not see; a test of the API holds them to those. */
export const DELIVERY_STATES = [
  'drafted',
  'held',
  'ready',
  'sealed',
  'sending',
  'sent',
  'received',
  'unknown',
  'parked',
  'blocked',
  'cancelled',
  'superseded',
] as const;

export const SHOWN_STATUSES = [
  ...DELIVERY_STATES,
  'accepted',
  'rejected',
  'pended',
  'approved',
  'partly paid',
  'paid',
  'denied',
  'reversed',
  'voided',
] as const;

export const ANSWER_KINDS = [
  'interchange-accepted',
  'interchange-rejected',
  'interchange-duplicate',
  'set-accepted',
  'set-rejected',
  'claim-received',
  'claim-accepted',
  'claim-rejected',
  'claim-unbalanced',
  'paid',
  'partly-paid',
  'denied',
  'reversed',
  'forwarded',
  'remittance-unbalanced',
  'report-approved',
  'report-modified',
  'report-pended',
  'report-denied',
  'statement-received',
  'unreadable',
] as const;

export const CORRECTION_KINDS = ['replacement', 'void', 'resubmission'] as const;

/** What a claim says that it is (CLM05-3): an original, a replacement, a void. */
export const CLAIM_FREQUENCIES = ['1', '7', '8'] as const;

/** Why an insurer does not take what it fetched. */
export const INBOX_REJECTIONS = [
  'unreadable',
  'not-for-us',
  'unknown-member',
  'duplicate',
  'format-not-accepted',
  'incomplete',
] as const;

export const CURERS = ['client', 'chart', 'office', 'practice', 'nobody'] as const;

/** Columns by which the list of disclosures can be sorted. */
export const DISCLOSURE_SORTS = [
  'createdAt',
  'updatedAt',
  'state',
  'format',
  'purpose',
  'filingDeadline',
  'firstServiceOn',
  'lastServiceOn',
  'total',
] as const;

/** Columns that a list of disclosures can show. */
export const DISCLOSURE_COLUMNS = [
  'client',
  'insurer',
  'format',
  'purpose',
  'status',
  'nextStep',
  'curer',
  'correction',
  'filingDeadline',
  'firstServiceOn',
  'lastServiceOn',
  'total',
  'createdAt',
  'updatedAt',
] as const;

/**
 * What waits for somebody. `edit-failed`: interchange or set did not pass the syntax check of insurer or clearinghouse
 * (TA1, 999), or the clearinghouse turned the claim away; `rejected`: the insurer refused the claim before looking at it
 * (277CA); `unbalanced`: what the insurer answered does not add up (277CA, 835), and decides nothing; `no-answer`: sent, and nothing heard for NO_ANSWER_DAYS.
 */
export const WORKLIST_QUEUES = [
  'needs-release',
  'gap-chart',
  'gap-office',
  'gap-practice',
  'gap-nobody',
  'edit-failed',
  'rejected',
  'unbalanced',
  'no-answer',
  'filing-deadline',
  'release-expiring',
  'duplicate',
  'unknown',
  'parked',
] as const;

export const RECIPIENT_CLASSES = ['insurer', 'physician', 'naturopath', 'lawyer', 'agency', 'client'] as const;

export const SIGNER_ROLES = ['client', 'parent', 'guardian', 'representative'] as const;

export const STATEMENTS = ['revocation', 'conditioning', 'redisclosure', 'part2', 'inspection'] as const;

export const REVOCATION_CHANNELS = ['in-person', 'letter', 'fax', 'portal', 'other'] as const;

/** Why a paper carries nothing any more though nobody revoked it (45 CFR 164.508(b)(2)(i), (v)). */
export const RELEASE_ENDS = ['event-occurred', 'known-false'] as const;

export const FUNDINGS = ['fully-insured', 'self-insured', 'government', 'unknown'] as const;

export const CURRENCIES = ['USD', 'CAD'] as const;

export const SESSION_CHARACTERS = ['individual', 'group', 'couple', 'family'] as const;

export const RELATIONSHIPS = ['self', 'spouse', 'child', 'other'] as const;

export const EVIDENCE_KINDS = ['typed', 'drawn', 'scan', 'fax'] as const;

export const LEDGER_KINDS = [
  'accepted',
  'decided',
  'held',
  'blocked',
  'cancelled',
  'sealed',
  'permitted',
  'sent',
  'not-sent',
  'unknown',
  'parked',
  'answered',
  'resumed',
  'choice-made',
  'correction-submitted',
  'superseded',
  'release-drafted',
  'release-signed',
  'release-revoked',
  'release-ended',
  'scan-attached',
  'scan-checked',
  'signing-link-made',
  'signing-link-opened',
  'signing-link-ended',
  'reminder-due',
  'release-related',
  'restriction-recorded',
  'reading-chosen',
  'reading-revoked',
  'values-revealed',
  'receipt-given',
  'shadow-run',
  'release-simulated',
  'bytes-shown',
  'connection-checked',
  'test-claim-sent',
  'test-claim-answered',
  'client-recorded',
  'client-amended',
  'client-forgotten',
  'clinician-assigned',
  'clinician-ended',
  'signed-in',
  'password-changed',
  'settings-changed',
  'route-recorded',
  'keys-retired',
  'work-assigned',
  'work-snoozed',
  'work-noted',
  'list-exported',
] as const;

/** What the endpoint of a practice can ask to be told. */
export const WEBHOOK_EVENTS = [
  'disclosure.accepted',
  'disclosure.moved',
  'disclosure.answered',
  'release.signed',
  'release.revoked',
  'release.ended',
  'release.expiring',
] as const;

export const WEBHOOK_DELIVERY_STATES = ['pending', 'delivered', 'failed'] as const;

export const LEDGER_BREAKS = [
  'entry_changed',
  'root_mismatch',
  'chain_broken',
  'height_gap',
  'head_mismatch',
  'checkpoint_forged',
  'checkpoint_contradicted',
] as const;
