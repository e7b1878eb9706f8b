import { Alert, Button, Code, Group, List, Stack, Text } from '@mantine/core';
import { IconCheck, IconMinus, IconPlugConnected, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { ConnectionCheck, InsurerView } from '#libs/contracts';
import { useSession } from '../../app/session.js';
import { useDo } from '../../ask/queries.js';
import { FactList } from '../../parts/fact-list.js';
import { Failure } from '../../parts/failure.js';
import { instant } from '../../parts/format.js';
import { Section } from '../../parts/section.js';
import { StateBadge } from '../../parts/state-badge.js';
import { useWords } from '../../words/language.js';
import { ConnectionEditor } from './connection-editor.js';
import { SendTestClaim } from './test-claim.js';
import { insurerWords } from './words.js';

const SIGNS = { ok: IconCheck, failed: IconX, skipped: IconMinus } as const;

/** Each step of opening the connection, in order, and the one at which it failed. */
const CheckResult = ({ check }: { readonly check: ConnectionCheck }) => {
  const words = useWords(insurerWords);
  return (
    <Alert
      color={check.ok ? 'green' : 'red'}
      role="status"
      title={check.ok ? words.checkOk : words.checkFailed}
      data-check={check.ok ? 'ok' : 'failed'}
    >
      <List size="sm" listStyleType="none" spacing={4}>
        {check.steps.map(({ step, outcome, code, status }) => {
          const Sign = SIGNS[outcome];
          return (
            <List.Item key={step} icon={<Sign size={16} aria-hidden />}>
              {words.steps[step]}: {words.stepOutcomes[outcome]}
              {status === undefined ? null : ` (${words.http(status)})`}{' '}
              {code === undefined ? null : <Code>{code}</Code>}
            </List.Item>
          );
        })}
      </List>
      <Text size="xs" mt="xs">
        {words.checkAt(instant(check.at))}
      </Text>
    </Alert>
  );
};

/** It is sent claims, and does not come for them. */
const takesTests = ({ formats, routes, connection }: InsurerView): boolean =>
  formats.includes('x12-837p') && (routes.find(({ current }) => current)?.transport ?? connection.kind) !== 'inbox';

/** How an insurer is spoken to; whoever may can change it, try it without sending anything, and send it a test. */
export const ConnectionSection = ({ insurer }: { readonly insurer: InsurerView }) => {
  const words = useWords(insurerWords);
  const { may } = useSession();
  const [editing, setEditing] = useState(false);
  const [told, setTold] = useState<ConnectionCheck>();
  const check = useDo('POST /v1/insurers/{id}/connection/check', { then: setTold });
  const mayConnect = may('insurers.connect');
  return (
    <Section
      title={words.connection}
      about={words.connectionAbout}
      actions={
        mayConnect ? (
          <Button size="xs" variant="default" onClick={() => setEditing(true)}>
            {words.change}
          </Button>
        ) : undefined
      }
    >
      <FactList
        rows={[
          [words.transport, words.transports[insurer.connection.kind]],
          [
            words.environment,
            <StateBadge key="environment" tone={insurer.production ? 'good' : 'off'}>
              {insurer.production ? words.live : words.test}
            </StateBadge>,
          ],
          [words.participation, words.participations[insurer.participation]],
        ]}
      />
      {mayConnect ? (
        <Stack gap="xs">
          <Group gap="sm">
            <Button
              size="xs"
              leftSection={<IconPlugConnected size={14} aria-hidden />}
              loading={check.isPending}
              onClick={() => {
                setTold(undefined);
                check.mutate({ params: { id: insurer.id } });
              }}
            >
              {words.check}
            </Button>
            <Text size="sm" c="dimmed">
              {check.isPending ? words.checking : words.checkAbout}
            </Text>
          </Group>
          {check.error === null ? null : <Failure error={check.error} />}
          {told === undefined ? null : <CheckResult check={told} />}
          {takesTests(insurer) ? <SendTestClaim insurer={insurer} /> : null}
        </Stack>
      ) : null}
      {editing ? <ConnectionEditor insurer={insurer} onClose={() => setEditing(false)} /> : null}
    </Section>
  );
};
