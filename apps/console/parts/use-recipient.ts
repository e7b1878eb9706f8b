import type { ReleaseView } from '#libs/contracts';
import { useRead } from '../ask/queries.js';
import { useWords } from '../words/language.js';
import { releaseWords } from '../words/releases.js';

/** The name of whoever a release is made out to. */
export const useRecipient = (): ((recipient: ReleaseView['terms']['recipient']) => string) => {
  const words = useWords(releaseWords);
  const insurers = useRead('GET /v1/insurers', {});
  return (recipient) => {
    if (recipient === undefined) return '';
    if (recipient.kind === 'class') return words.class[recipient.class];
    return insurers.data?.rows.find(({ id }) => id === recipient.id)?.name ?? words.class[recipient.class];
  };
};
