import { Alert, Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import type { InsurerView } from '#libs/contracts';
import { useSession } from '../../app/session.js';
import { useDo } from '../../ask/queries.js';
import { ConfirmDialog } from '../../parts/confirm-dialog.js';
import { FactList } from '../../parts/fact-list.js';
import { instant } from '../../parts/format.js';
import { LaneHealth } from '../../parts/lane-health.js';
import { Section } from '../../parts/section.js';
import { useWords } from '../../words/language.js';
import { insurerWords } from './words.js';

/** A lane that was stopped because somebody else answered; only a person who has found out why lets it go on. */
const Stopped = ({ insurer }: { readonly insurer: InsurerView }) => {
  const words = useWords(insurerWords);
  const { may } = useSession();
  const [asking, setAsking] = useState(false);
  const [compared, setCompared] = useState(false);
  const clear = useDo('POST /v1/insurers/{id}/clear-lane', {
    then: () => {
      notifications.show({ message: words.cleared });
      setAsking(false);
    },
  });
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />} title={words.stoppedTitle}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{words.stoppedAbout}</Text>
        <Text size="sm">{words.stoppedNext}</Text>
        {may('insurers.connect') ? (
          <Button size="xs" color="red" onClick={() => setAsking(true)}>
            {words.clear}
          </Button>
        ) : null}
      </Stack>
      <ConfirmDialog
        opened={asking}
        dangerous
        title={words.clearTitle}
        confirm={words.clear}
        busy={clear.isPending}
        disabled={!compared}
        error={clear.error}
        onClose={() => setAsking(false)}
        onConfirm={() => clear.mutate({ params: { id: insurer.id } })}
      >
        <Text>{words.clearStates(insurer.name)}</Text>
        <Checkbox
          label={words.clearConfirm}
          checked={compared}
          onChange={(event) => setCompared(event.currentTarget.checked)}
        />
      </ConfirmDialog>
    </Alert>
  );
};

export const ReachSection = ({ insurer }: { readonly insurer: InsurerView }) => {
  const words = useWords(insurerWords);
  const current = insurer.routes.find((one) => one.current);
  const lane = current ?? insurer.lane;
  return (
    <Section title={words.reach}>
      {lane.breaker === 'stopped' ? <Stopped insurer={insurer} /> : null}
      {lane.breaker === 'open' ? (
        <Alert color="yellow" role="status" title={words.openTitle}>
          {words.openAbout}
        </Alert>
      ) : null}
      {lane.slow ? (
        <Alert color="yellow" role="status">
          {words.slowAbout}
        </Alert>
      ) : null}
      <Group>
        <LaneHealth lane={lane} />
      </Group>
      {current === undefined ? null : (
        <FactList
          rows={[
            [
              words.lastAnswer,
              current.lastAnsweredAt === undefined ? words.neverAnswered : instant(current.lastAnsweredAt),
            ],
            [words.failures, current.failures],
          ]}
        />
      )}
    </Section>
  );
};
