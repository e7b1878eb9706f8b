import { Alert, Button, Code, Group, Progress, Stack, Text } from '@mantine/core';
import { useSession } from '../../app/session.js';
import { useRead } from '../../ask/queries.js';
import { FactList } from '../../parts/fact-list.js';
import { Failure } from '../../parts/failure.js';
import { instant } from '../../parts/format.js';
import { Loaded } from '../../parts/loaded.js';
import { Section } from '../../parts/section.js';
import { StateBadge } from '../../parts/state-badge.js';
import { useWords } from '../../words/language.js';
import { useVerify, type Verifying } from './use-verify.js';
import { ledgerWords } from './words.js';

const Outcome = ({ state }: { readonly state: Verifying }) => {
  const words = useWords(ledgerWords);
  const { broken, blocks, entries, checkpoints, head } = state;
  if (broken !== undefined)
    return (
      <Alert color="red" role="alert" title={words.broken(broken.height)}>
        <Text size="sm">{words.breaks[broken.code]}</Text>
        <Text size="sm">{words.brokenAbout}</Text>
      </Alert>
    );
  if (!state.done) return checkpoints === 0 ? null : <Text size="sm">{words.checkpointsPartly(checkpoints)}</Text>;
  return (
    <Alert color="green" role="status" title={words.holds}>
      <Text size="sm">{words.holdsAbout(blocks, entries)}</Text>
      <Text size="sm">{words.checkpointsAbout(checkpoints)}</Text>
      <FactList rows={[[words.head, <Code key="head">{head}</Code>]]} />
    </Alert>
  );
};

const Checkpoint = () => {
  const words = useWords(ledgerWords);
  const health = useRead('GET /v1/system/health', {});
  return (
    <Loaded of={health}>
      {({ checks }) => {
        const check = checks.find(({ name }) => name === 'checkpoint');
        return (
          <FactList
            rows={[
              [words.lastCheckpoint, check?.last === undefined ? words.noCheckpoint : instant(check.last)],
              [
                words.checkpoints,
                <StateBadge key="state" tone={check?.status === 'ok' ? 'good' : 'look'}>
                  {check?.status === 'ok' ? words.onTime : words.overdue}
                </StateBadge>,
              ],
            ]}
          />
        );
      }}
    </Loaded>
  );
};

/** Whether the ledger is as it was written, walked range by range, and where it was last signed. */
export const ProofView = () => {
  const words = useWords(ledgerWords);
  const { may } = useSession();
  const { state, failure, start, goOn, pause } = useVerify();
  const percent = state === undefined || state.of === 0 ? 0 : Math.min(100, (100 * state.blocks) / state.of);
  return (
    <Section title={words.verify} about={words.verifyAbout}>
      <Stack gap="sm">
        <Group>
          {state === undefined || (state.done && !state.running) ? (
            <Button onClick={start}>{state === undefined ? words.start : words.again}</Button>
          ) : state.running ? (
            <Button variant="default" onClick={pause}>
              {words.pause}
            </Button>
          ) : (
            <Button onClick={goOn}>{words.goOn}</Button>
          )}
          {state === undefined ? null : (
            <Text size="sm" role="status">
              {words.progress(state.blocks, Math.max(state.of, state.blocks))}
            </Text>
          )}
        </Group>
        {state === undefined ? null : (
          <Progress value={state.done && state.of === 0 ? 100 : percent} aria-label={words.verify} size="lg" />
        )}
        {state === undefined ? null : <Outcome state={state} />}
        {failure === undefined ? null : <Failure error={failure} onRetry={goOn} />}
        {may('system.read') ? <Checkpoint /> : null}
      </Stack>
    </Section>
  );
};
