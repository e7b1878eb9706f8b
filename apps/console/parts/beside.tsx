import { Alert, Paper, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useDeferredValue } from 'react';
import type { AskFailure } from '../ask/ask.js';
import type { Preview } from '#libs/contracts';
import { catalogue } from '../words/language.js';
import { useWords } from '../words/language.js';
import classes from './beside.module.css';
import { DisclosureView } from './disclosure-view.js';
import { Failure } from './failure.js';

const besideWords = catalogue({
  en: {
    title: 'What would leave, if you sent it now',
    missing: 'The decision appears here, field by field, once these are filled in:',
    wrong: 'Nothing can be decided yet: put right what is marked in the form.',
  },
});

interface BesideProps {
  readonly children: ReactNode;
  readonly preview: Preview | undefined;
  readonly failure: AskFailure | undefined;
  readonly stale: boolean;
  /** What is still to be filled in before anything can be decided. */
  readonly missing: readonly string[];
  readonly onRetry: () => void;
}

const Decision = ({ preview, failure, stale, missing, onRetry }: Omit<BesideProps, 'children'>) => {
  const words = useWords(besideWords);
  const shown = useDeferredValue(preview);
  if (missing.length > 0)
    return (
      <div>
        <Text size="sm">{words.missing}</Text>
        <Text size="sm" fw={600}>
          {missing.join(' · ')}
        </Text>
      </div>
    );
  if (failure !== undefined)
    return failure.status === 422 ? (
      <Alert color="yellow" title={words.wrong} />
    ) : (
      <Failure error={failure} onRetry={onRetry} />
    );
  if (shown === undefined) return null;
  return (
    <div className={stale || shown !== preview ? classes.stale : undefined}>
      <DisclosureView value={shown} />
    </div>
  );
};

/** A form, and beside it what the gateway would make of it. */
export const Beside = ({ children, ...decision }: BesideProps) => {
  const words = useWords(besideWords);
  return (
    <div className={classes.columns}>
      <div>{children}</div>
      <Paper
        withBorder
        p="md"
        className={classes.decision}
        component="section"
        aria-label={words.title}
        aria-busy={decision.stale}
        tabIndex={0}
      >
        <Stack gap="sm">
          <Title order={2} size="h4">
            {words.title}
          </Title>
          <Decision {...decision} />
        </Stack>
      </Paper>
    </div>
  );
};
