/** Who somebody of a practice is. One person may have several. */
export const STAFF_ROLES = ['billing', 'clinician', 'privacy-officer', 'administrator', 'auditor', 'operator'] as const;

/** Everybody who may ask; an insurer is nobody's role but its own. */
export const ROLES = [...STAFF_ROLES, 'insurer'] as const;

export type Role = (typeof ROLES)[number];

export type StaffRole = (typeof STAFF_ROLES)[number];

/** Roles that a program's key may have: it submits, or it watches. What is attested, signed, revealed or administered needs a person. */
export const API_KEY_ROLES = ['billing', 'operator'] as const;

export type ApiKeyRole = (typeof API_KEY_ROLES)[number];

/** What can be done. Each route names one; one matrix says which roles may. */
export const ACTIONS = [
  'invoices.submit',
  'reports.submit',
  'documents.read',
  'documents.amend',
  'receipts.give',
  'disclosures.read',
  'disclosures.reveal',
  'disclosures.sent-bytes',
  'disclosures.choose',
  'disclosures.cancel',
  'worklist.read',
  'worklist.write',
  'clients.read',
  'clients.write',
  'coverages.write',
  'imports.run',
  'insurers.write',
  'treatments.read',
  'treatments.write',
  'releases.read',
  'releases.draft',
  'releases.sign',
  'releases.relate',
  'releases.revoke',
  'restrictions.write',
  'readings.read',
  'readings.write',
  'ledger.read',
  'ledger.verify',
  'accounting.read',
  'dashboard.read',
  'practice.read',
  'practice.write',
  'insurers.connect',
  'routes.write',
  'api-keys.manage',
  'webhooks.manage',
  'staff.manage',
  'system.read',
  'inbox.use',
] as const;

export type Action = (typeof ACTIONS)[number];
