import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type AskFailure, rehearse, type Rehearsed } from '../../ask/ask.js';
import { Failure } from '../../parts/failure.js';
import { useWords } from '../../words/language.js';
import type { Invoice } from './invoice-form.js';
import { submissionWords } from './words.js';

export type TriedRoute = 'POST /v1/disclosures/{id}/replacement' | 'POST /v1/disclosures/{id}/resubmission';

interface CorrectionTrialProps {
  readonly route: TriedRoute;
  readonly disclosure: string;
  readonly insurer: string;
  /** Gives the invoice as it is typed, or nothing where a field is still wrong. */
  readonly read: () => Invoice | undefined;
  /** As it is typed now, right or wrong: what was tried out is told of nothing else. */
  readonly typed: Invoice;
}

/** What would come of the correction if it were submitted now. Nothing is kept. */
export const CorrectionTrial = ({ route, disclosure, insurer, read, typed }: CorrectionTrialProps) => {
  const { trial: words } = useWords(submissionWords);
  const trial = useMutation<Rehearsed<TriedRoute>, AskFailure, Invoice>({
    mutationFn: (invoice) => rehearse(route, { params: { id: disclosure }, body: invoice }),
  });
  const look = (): void => {
    const invoice = read();
    if (invoice !== undefined) trial.mutate(invoice);
  };
  const isOfThis = JSON.stringify(trial.variables) === JSON.stringify(typed);
  const told = isOfThis ? trial.data : undefined;
  return (
    <Stack gap="xs">
      <Group>
        <Button variant="light" loading={trial.isPending} onClick={look}>
          {words.look}
        </Button>
      </Group>
      {trial.error === null || !isOfThis ? null : <Failure error={trial.error} />}
      {told === undefined ? null : (
        <Alert
          role="status"
          color={told.outcome === 'send' ? 'teal' : 'yellow'}
          title={told.outcome === 'send' ? words.goes(insurer) : words.stays(told.gaps.length)}
        >
          {told.gaps.map(({ sentence }, place) => (
            <Text size="sm" key={place}>
              {sentence}
            </Text>
          ))}
          <Text size="sm">{words.kept}</Text>
        </Alert>
      )}
    </Stack>
  );
};
