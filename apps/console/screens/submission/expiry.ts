import { useRead } from '../../ask/queries.js';
import { useSession } from '../../app/session.js';
import { day } from '../../parts/format.js';
import type { Shown } from '../../parts/row-state.js';
import { useWords } from '../../words/language.js';
import { submissionWords } from './words.js';

/** “ under release v3, expires Jan 10, 2027”: what a disclosure rests on, for a confirmation; empty where nothing is known. */
export const useUnderRelease = (explanation: Shown | undefined): string => {
  const words = useWords(submissionWords);
  const { may } = useSession();
  const release = explanation?.releases[0];
  const read = useRead(
    'GET /v1/releases/{id}',
    { params: { id: release?.id ?? '' } },
    { enabled: release !== undefined && may('releases.read') },
  );
  if (release === undefined) return '';
  const until = read.data?.terms.validUntil;
  return words.under(release.revision, until === undefined ? undefined : day(until));
};
