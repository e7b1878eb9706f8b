import { z } from 'zod';
import type { ClinicianId } from '#libs/kernel';
import { STAFF_ROLES } from './actions.js';
import { id, line } from './scalars.js';

const roles = z.array(z.enum(STAFF_ROLES)).min(1).max(STAFF_ROLES.length);

/** Somebody who may sign in. */
export const staffAccount = z
  .strictObject({
    id: z.uuid(),
    signIn: line(120),
    name: line(200),
    roles,
    clinician: z.uuid().exactOptional(),
    disabled: z.boolean(),
    /** The password was given out by somebody else, and nothing can be done before it is changed. */
    mustChangePassword: z.boolean(),
    /** Raised by every change; the entity tag is `"v<version>"`. */
    version: z.int().min(0),
  })
  .meta({ id: 'StaffAccount' });

export const createStaffAccount = z
  .strictObject({ signIn: line(120), name: line(200), roles, clinician: id<ClinicianId>().exactOptional() })
  .meta({ id: 'CreateStaffAccount' });

/** `clinician` absent: the person is none, any more. */
export const changeStaffRoles = z
  .strictObject({ roles, clinician: id<ClinicianId>().exactOptional() })
  .meta({ id: 'ChangeStaffRoles' });

/** `password` is shown here and never again; whoever signs in with it must change it before anything else. */
export const staffPassword = z
  .strictObject({ account: staffAccount, password: z.string().min(1).max(100) })
  .meta({ id: 'StaffPassword' });

/** At least twelve characters, and not the one so far. Every other session of the person ends. */
export const changePassword = z
  .strictObject({ current: z.string().min(1).max(1_000), next: z.string().min(12).max(1_000) })
  .meta({ id: 'ChangePassword' });

export type StaffAccountView = z.input<typeof staffAccount>;
export type CreateStaffAccount = z.output<typeof createStaffAccount>;
export type ChangeStaffRoles = z.output<typeof changeStaffRoles>;
export type ChangePassword = z.output<typeof changePassword>;
