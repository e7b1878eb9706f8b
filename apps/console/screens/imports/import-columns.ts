import type { ImportKind } from '#libs/contracts';

/**
 * The header that a file of each kind has, in any order; the gateway refuses any other column and says which.
 * test/browser/imports.test.ts holds the templates to what the gateway takes.
 */
export const IMPORT_COLUMNS: Readonly<Record<ImportKind, readonly string[]>> = {
  clients: [
    ...['code', 'first_name', 'last_name', 'birth_date', 'sex'],
    ...['address_line', 'city', 'region', 'postal', 'phone', 'email'],
  ],
  coverages: [
    ...['client_code', 'insurer_code', 'member_id', 'group_number', 'plan_name', 'relationship'],
    ...['subscriber_first_name', 'subscriber_last_name', 'subscriber_birth_date'],
    ...['funding', 'funding_evidence', 'assignment_signed'],
  ],
  insurers: ['insurer_code', 'url', 'receiver_id', 'production', 'participation', 'pin', 'token'],
  releases: [
    ...['reference', 'client_code', 'recipient_insurer_code', 'recipient_class', 'preset', 'purposes', 'grants'],
    ...['service_from', 'service_to', 'valid_from', 'valid_until', 'expiry_event', 'statements', 'blanket'],
    ...['jurisdiction', 'parent_consented'],
  ],
};
