import type { Issue, Result } from '#libs/kernel';

/** Rolls the whole seeding back; what refused is told by its code. */
export class SeedRefused extends Error {
  override readonly name = 'SeedRefused';
  constructor(readonly issues: readonly Issue[]) {
    super('seeding was refused');
  }
}

/** For a use case inside the seeding transaction: refused by one, refused as a whole. */
export const orRefuse = <T>(result: Result<T>): T => {
  if (!result.ok) throw new SeedRefused(result.issues);
  return result.value;
};
