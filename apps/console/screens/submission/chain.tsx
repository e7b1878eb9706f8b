import { Text } from '@mantine/core';
import type { DisclosureDetail } from '#libs/contracts';
import { instant } from '../../parts/format.js';
import { InnerLink } from '../../parts/inner-link.js';
import { useWords } from '../../words/language.js';
import classes from './submission.module.css';
import { submissionWords } from './words.js';

/** The first claim and everything that corrected it since. */
export const CorrectionChain = ({ detail }: { readonly detail: DisclosureDetail }) => {
  const { chain: words } = useWords(submissionWords);
  const { chain, id } = detail;
  if (chain === undefined || chain.length < 2) return null;
  return (
    <section aria-label={words.title}>
      <Text size="sm" fw={600}>
        {words.title}
      </Text>
      <ol className={classes.chain} aria-label={words.label}>
        {chain.map((link) => (
          <li key={link.id} aria-current={link.id === id ? 'true' : undefined}>
            {link.id === id ? (
              <strong>
                {words.kind[link.kind]} ({words.here})
              </strong>
            ) : (
              <InnerLink href={`/claims/${link.id}`} size="sm">
                {words.kind[link.kind]}
              </InnerLink>
            )}{' '}
            · {link.state} · {instant(link.createdAt)}
          </li>
        ))}
      </ol>
    </section>
  );
};
