import type { AgeBand, Ceiling } from './ceiling.js';
import type { Signature, SignedRelease } from './release.js';

/** Under this age somebody else signs (45 CFR 164.502(g)(3)). */
const MAJORITY: AgeBand = {
  below: 18,
  alternatives: [
    { roles: ['parent'], onlyIfParentDidNotConsent: false },
    { roles: ['guardian'], onlyIfParentDidNotConsent: false },
    { roles: ['representative'], onlyIfParentDidNotConsent: false },
    // A minor who lawfully consented to treatment alone is the one who may release it.
    { roles: ['client'], onlyIfParentDidNotConsent: true },
  ],
};

/** A parent acts for a child; for who is of age it takes a guardian or a representative (45 CFR 164.502(g)). */
const mayAct = ({ role, authorityDocumented }: Signature, age: number): boolean =>
  role === 'client' || (authorityDocumented && (role !== 'parent' || age < MAJORITY.below));

/** Every role has signed, and everybody but the client has shown by what authority. */
const meets = (release: SignedRelease, band: AgeBand): boolean =>
  band.alternatives.some(
    ({ roles, onlyIfParentDidNotConsent }) =>
      (!onlyIfParentDidNotConsent || release.signerFacts.parentConsentedToTreatment === false) &&
      roles.every((role) =>
        release.signatures.some((one) => one.role === role && (role === 'client' || one.authorityDocumented)),
      ),
  );

/** The narrowest band that the age at signing falls in. */
const bandFor = (age: number, bands: readonly AgeBand[]): AgeBand | undefined =>
  [...bands].sort((left, right) => left.below - right.below).find((band) => age < band.below);

/** The general rule and that of every ceiling must be met: a ceiling never makes it easier to sign. */
export const signersComplete = (release: SignedRelease, ceilings: readonly Ceiling[]): boolean => {
  const age = release.signerFacts.ageAtSigning;
  const somebody = release.signatures.some((one) => mayAct(one, age));
  const bands = [[MAJORITY], ...ceilings.map((ceiling) => ceiling.signerRule)].map((rule) => bandFor(age, rule));
  return somebody && bands.every((band) => band === undefined || meets(release, band));
};
