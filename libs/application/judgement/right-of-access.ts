import { CATALOGUE_VERSION, FIELD_IDS, fieldOf } from '#libs/catalogue';
import { type PracticeId, plainDate, type ReleaseId } from '#libs/kernel';
import type { Authority, SignedRelease } from '#libs/release';

/** How the ledger and a ruling name it. No release has an id of this shape. */
export const RIGHT_OF_ACCESS = 'law:45-cfr-164.524';

/** What is kept apart from the record stays apart (45 CFR 164.524(a)(1)(i)): psychotherapy, personal and supervision notes. */
const NEVER = 6;

const OPEN_TO_THE_CLIENT = FIELD_IDS.filter((id) => fieldOf(id).sensitivity < NEVER);

const ALWAYS = { from: plainDate('1900-01-01'), until: plainDate('2199-12-31') } as const;

/**
 * What stands for a release where the client asks for the own record: nobody’s authorization is needed for that (45 CFR
 * 164.502(a)(1)(i), 164.524). It has the form that `decide` knows, and is never stored, shown or counted among the
 * client’s papers. Those do not matter here, and neither does what was restricted against others; what the clinician
 * holds back from the client does, and what the client asked not to be told.
 */
export const rightOfAccess = (authority: Authority, discloser: PracticeId): Authority => {
  const { client, epoch, restrictions } = authority;
  const release: SignedRelease = {
    id: RIGHT_OF_ACCESS as ReleaseId,
    revision: 1,
    client,
    discloser,
    recipient: { kind: 'party', id: client, class: 'client' },
    purposes: ['PATRQT'],
    grants: OPEN_TO_THE_CLIENT,
    catalogueVersion: CATALOGUE_VERSION,
    validFrom: ALWAYS.from,
    validUntil: ALWAYS.until,
    signedAt: 0,
    // The request itself; whose it is has been seen to by whoever hands the paper out.
    signatures: [{ role: 'client', signedOn: ALWAYS.from, authorityDocumented: false, witnessed: false }],
    statements: [],
    blanket: false,
    jurisdiction: 'US',
    signerFacts: { ageAtSigning: 18, parentConsentedToTreatment: 'unknown' },
  };
  return {
    ...{ client, epoch, releases: [release], revocations: [], relations: [] },
    restrictions: restrictions.filter(
      (one) => one.kind === 'clinician-limit' || (one.kind === 'client-restriction' && one.recipient === client),
    ),
  };
};
