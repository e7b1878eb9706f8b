import type { ReleaseView } from '#libs/contracts';

const sameRecipient = (left: ReleaseView, right: ReleaseView): boolean => {
  const [one, other] = [left.terms.recipient, right.terms.recipient];
  if (one === undefined || other === undefined || one.class !== other.class) return false;
  return one.kind === 'class' || other.kind === 'class' || one.id === other.id;
};

/** Releases in force that an earlier or later one for the same recipient may replace or add to. */
export const relatable = (release: ReleaseView, all: readonly ReleaseView[]): readonly ReleaseView[] =>
  all.filter(
    (other) =>
      other.id !== release.id &&
      other.status === 'in-force' &&
      other.addsTo !== release.id &&
      release.addsTo !== other.id &&
      sameRecipient(release, other),
  );

/** Of those, the ones for a purpose that both have: until somebody says how they go together, both hold. */
export const ambiguousWith = (
  release: ReleaseView,
  all: readonly ReleaseView[],
  purposesOf: (release: ReleaseView) => readonly string[],
): readonly ReleaseView[] =>
  release.status !== 'in-force'
    ? []
    : relatable(release, all).filter((other) => purposesOf(other).some((one) => purposesOf(release).includes(one)));
