import type { ClinicianId } from '#libs/kernel';

/** Whose clients somebody may see: everybody's of the practice, those whom one clinician treats, or nobody's. */
export type ClientReach =
  | { readonly kind: 'practice' }
  | { readonly kind: 'own'; readonly clinician: ClinicianId }
  | { readonly kind: 'nothing' };
