import type { ClaimFrequency } from '#libs/disclosure';
import type { Issue } from '#libs/kernel';
import type { Authority } from '#libs/release';
import { numbersOf } from '../dispatch/numbers.js';
import { renderDisclosed } from '../dispatch/render-disclosed.js';
import { withoutFailing } from '../dispatch/without-failing.js';
import type { Dossier } from '../dossier/dossier.js';
import type { DataKey } from '../ports/keys.js';
import type { Services } from '../ports/services.js';
import type { Judgement } from './judge.js';

/** A number and a claim that are given to nobody: what is made with them is thrown away. */
const SOME_NUMBER = 1;
const SOME_CLAIM = 'X1';

/** What is in the way of a rendering, and where. */
type Refused = Pick<Issue, 'code' | 'path'>;

const FAILED: Refused = { code: 'rendering_failed', path: '' };

/**
 * Renders what a decision sends, and throws it away: tells what would be in the way, as the rendering at dispatch will. It is
 * for what no single value says; what one does say, `decide` is told of.
 */
export const rehearse = (
  services: Pick<Services, 'keys' | 'book' | 'ids' | 'log'>,
  one: {
    readonly dossier: Dossier;
    readonly judgement: Judgement;
    readonly authority: Authority;
    readonly key: DataKey;
    readonly now: number;
    readonly frequency?: ClaimFrequency;
  },
): Refused | undefined => {
  const { dossier, judgement, authority, key, now, frequency = '1' } = one;
  const { practice, insurer } = dossier;
  const made = withoutFailing(services, dossier, () =>
    renderDisclosed({
      ...{ dossier, judgement, now, salt: key.digestSalt, reference: services.ids.uuid() },
      numbers: numbersOf(services.keys, { practice, insurer, number: SOME_NUMBER }),
      resubmission: frequency === '1' ? { frequency } : { frequency, payerClaimNumber: SOME_CLAIM },
      notices: services.book.notices,
      releases: authority.releases.filter(({ id }) => judgement.decision.releases.includes(id)),
    }),
  );
  return made?.ok === true ? undefined : (made?.issues[0] ?? FAILED);
};
