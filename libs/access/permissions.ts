import { type FieldCategory, type FieldId, fieldOf } from '#libs/catalogue';
import { type Action, ACTIONS, type Role } from '#libs/contracts';
import type { ClinicianId } from '#libs/kernel';

/** Who may do what. The only matrix there is: guards, the console's menus and the tests read it. */
const ALLOWED: Readonly<Record<Action, readonly Role[]>> = {
  'invoices.submit': ['billing'],
  'reports.submit': ['clinician'],
  'documents.read': ['billing', 'clinician'],
  'documents.amend': ['billing', 'clinician'],
  'receipts.give': ['billing', 'clinician'],
  'disclosures.read': ['billing', 'clinician', 'privacy-officer'],
  'disclosures.reveal': ['privacy-officer'],
  // Whoever asks must also be allowed to see every value that was sent (`maySeeValue`).
  'disclosures.sent-bytes': ['billing', 'clinician', 'privacy-officer'],
  'disclosures.choose': ['billing', 'clinician', 'privacy-officer'],
  'disclosures.cancel': ['billing', 'clinician', 'privacy-officer'],
  'worklist.read': ['billing', 'clinician', 'privacy-officer'],
  'worklist.write': ['billing', 'clinician', 'privacy-officer'],
  'clients.read': ['billing', 'clinician', 'privacy-officer'],
  'clients.write': ['billing', 'clinician'],
  'coverages.write': ['billing'],
  'imports.run': ['billing'],
  'insurers.write': ['administrator'],
  'treatments.read': ['billing', 'clinician', 'privacy-officer', 'administrator'],
  // Whoever may say who treats whom says who reads whose chart.
  'treatments.write': ['privacy-officer', 'administrator'],
  'releases.read': ['billing', 'clinician', 'privacy-officer'],
  'releases.draft': ['billing', 'clinician', 'privacy-officer'],
  'releases.sign': ['clinician', 'privacy-officer'],
  'releases.relate': ['clinician', 'privacy-officer'],
  // Whoever receives a revocation records it: nothing may stand in its way.
  'releases.revoke': ['billing', 'clinician', 'privacy-officer'],
  'restrictions.write': ['billing', 'clinician', 'privacy-officer'],
  'readings.read': ['billing', 'clinician', 'privacy-officer', 'administrator', 'auditor'],
  'readings.write': ['privacy-officer'],
  // The ledger has ids and codes of every client, and no word about any.
  'ledger.read': ['privacy-officer', 'auditor'],
  'ledger.verify': ['privacy-officer', 'administrator', 'auditor'],
  'accounting.read': ['clinician', 'privacy-officer'],
  'dashboard.read': ['billing', 'clinician', 'privacy-officer'],
  'practice.read': ['billing', 'clinician', 'privacy-officer', 'administrator', 'auditor'],
  // Its time zone moves the first and the last day of every release.
  'practice.write': ['privacy-officer', 'administrator'],
  'insurers.connect': ['administrator'],
  // Who may act for the practice towards insurers is a matter of its contracts.
  'routes.write': ['privacy-officer', 'administrator'],
  'api-keys.manage': ['administrator'],
  'webhooks.manage': ['administrator'],
  'staff.manage': ['administrator'],
  // Queues and health know lanes and counts; no client.
  'system.read': ['administrator', 'operator'],
  'inbox.use': ['insurer'],
};

export const mayDo = (roles: readonly Role[], action: Action): boolean =>
  ALLOWED[action].some((role) => roles.includes(role));

export const actionsOf = (roles: readonly Role[]): readonly Action[] =>
  ACTIONS.filter((action) => mayDo(roles, action));

/** Who looks: their roles, and which clinician they are. */
export interface Viewer {
  readonly roles: readonly Role[];
  readonly clinician?: ClinicianId;
}

/** What is looked at: the clinicians who treat the client, and whether the look was recorded in the ledger. */
export interface Sight {
  readonly treating: readonly ClinicianId[];
  readonly revealed: boolean;
}

/** Everybody of the practice, or only the clients whom one clinician treats, or `nothing`. */
export type Reach =
  | { readonly kind: 'practice' }
  | { readonly kind: 'own'; readonly clinician: ClinicianId }
  | { readonly kind: 'nothing' };

/** Billing and privacy officers work for every client; clinicians for their own; administrators, auditors and operators for none. */
export const reachOf = ({ roles, clinician }: Viewer): Reach => {
  if (roles.includes('billing') || roles.includes('privacy-officer')) return { kind: 'practice' };
  return roles.includes('clinician') && clinician !== undefined ? { kind: 'own', clinician } : { kind: 'nothing' };
};

/** What a bill is made of. A diagnosis code is on it; what somebody wrote about the client is not. */
const BILLING: ReadonlySet<FieldCategory> = new Set<FieldCategory>([
  'administrative',
  'session',
  'fees',
  'procedure',
  'diagnosis',
  'enclosure',
]);

const isBillingField = (field: FieldId): boolean => {
  const { category, sensitivity, kind } = fieldOf(field);
  return BILLING.has(category) && sensitivity <= 3 && !(kind === 'text' && sensitivity === 3);
};

const treats = (viewer: Viewer, sight: Sight): boolean =>
  viewer.clinician !== undefined && sight.treating.includes(viewer.clinician);

const roleSees = (role: Role, field: FieldId, look: { readonly viewer: Viewer; readonly sight: Sight }): boolean => {
  const { sensitivity } = fieldOf(field);
  switch (role) {
    case 'billing':
      return isBillingField(field);
    case 'clinician':
      return treats(look.viewer, look.sight) && sensitivity <= 5;
    case 'privacy-officer':
      return isBillingField(field) || (look.sight.revealed && sensitivity <= 5);
    case 'administrator':
    case 'auditor':
    case 'operator':
    case 'insurer':
      return false;
  }
};

/**
 * Whether somebody sees the value of a field, on either side of a disclosure; that the field is there, what becomes of it
 * and why is seen by everybody who may read the disclosure. Nobody is shown what no ordinary release can grant.
 */
export const maySeeValue = (viewer: Viewer, field: FieldId, sight: Sight): boolean =>
  viewer.roles.some((role) => roleSees(role, field, { viewer, sight }));

/** Invoices are the business of billing and of the clinician who worked; a treatment report is its clinician's alone. */
export const mayReadDocument = (
  viewer: Viewer,
  document: { readonly kind: 'invoice' | 'treatment-report'; readonly treating: readonly ClinicianId[] },
): boolean =>
  (viewer.roles.includes('clinician') && treats(viewer, { treating: document.treating, revealed: false })) ||
  (document.kind === 'invoice' && viewer.roles.includes('billing'));
