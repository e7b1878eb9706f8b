import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { DisclosureSummary } from '#libs/contracts';
import { useSession } from '../../app/session.js';
import { type AskFailure, rehearse, type Rehearsed } from '../../ask/ask.js';
import { useDo, useRead } from '../../ask/queries.js';
import { Failure } from '../../parts/failure.js';
import { NotRead } from '../../parts/not-read.js';
import { common } from '../../words/common.js';
import { useWords } from '../../words/language.js';
import { type BulkActionName, type BulkBody, bulkActionsFor, bulkBodyOf } from './bulk-action.js';
import { BulkResults } from './bulk-results.js';
import { bulkWords } from './bulk-words.js';

interface BulkDialogProps {
  readonly rows: readonly DisclosureSummary[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** First what would come of it, then the thing itself, then what came of each. */
export const BulkDialog = ({ rows: selected, onClose, onDone }: BulkDialogProps) => {
  // What was selected when it was opened: the selection is given up once it is done, its results are not.
  const [rows] = useState(selected);
  const words = useWords(bulkWords);
  const { close, cancel } = useWords(common);
  const { may } = useSession();
  const [name, setName] = useState<BulkActionName>();
  const [staff, setStaff] = useState<string | null>(null);
  const [until, setUntil] = useState('');
  const [refused, setRefused] = useState(false);
  const people = useRead('GET /v1/staff', {}, { enabled: name === 'assign' && may('practice.read') });
  const trial = useMutation<Rehearsed<'POST /v1/disclosures/bulk'>, AskFailure, BulkBody>({
    mutationFn: (body) => rehearse('POST /v1/disclosures/bulk', { body }),
  });
  const run = useDo('POST /v1/disclosures/bulk', { then: onDone });
  const byId = useMemo(() => new Map(rows.map((row) => [row.id, row])), [rows]);
  const look = (): void => {
    const told = name !== undefined && (name !== 'snooze' || until !== '');
    setRefused(!told);
    if (told) trial.mutate(bulkBodyOf(name, rows, { staff, until }));
  };
  // While it is being done nobody can look away from what comes of each.
  const leave = (): void => {
    if (!run.isPending) onClose();
  };
  const doable = trial.data?.results.filter(({ outcome }) => outcome === 'would').length ?? 0;
  const failure = run.error ?? trial.error;
  const lost = run.error?.code === 'unreachable';
  const shown = run.data ?? trial.data;
  return (
    <Modal
      opened
      onClose={leave}
      title={words.title(rows.length)}
      size="lg"
      closeButtonProps={{ 'aria-label': close, disabled: run.isPending }}
    >
      <Stack>
        {shown === undefined ? (
          <>
            <Select
              label={words.action}
              data={bulkActionsFor(may).map((value) => ({ value, label: words.actions[value] }))}
              value={name ?? null}
              onChange={(value) => setName(bulkActionsFor(may).find((one) => one === value))}
              error={refused && name === undefined ? words.needed : undefined}
              allowDeselect={false}
              data-autofocus
            />
            {name === 'assign' ? (
              <>
                <NotRead of={[people]} />
                <Select
                  label={words.staff}
                  placeholder={words.nobody}
                  data={(people.data?.rows ?? []).map((one) => ({ value: one.id, label: one.name }))}
                  value={staff}
                  onChange={setStaff}
                  clearable
                />
              </>
            ) : null}
            {name === 'snooze' ? (
              <TextInput
                type="date"
                label={words.until}
                value={until}
                error={refused && until === '' ? words.needed : undefined}
                onChange={(event) => setUntil(event.currentTarget.value)}
              />
            ) : null}
          </>
        ) : (
          <div role="status">
            {run.data === undefined ? <Text size="sm">{words.rehearsed}</Text> : null}
            <Text fw={600}>
              {run.data === undefined ? words.summary(shown.summary) : words.done(shown.summary.done)}
            </Text>
            {run.data === undefined ? null : <Text size="sm">{words.summary(shown.summary)}</Text>}
          </div>
        )}
        {failure === null ? null : <Failure error={failure} />}
        {shown === undefined ? null : <BulkResults results={shown.results} rows={byId} />}
        {run.data === undefined ? (
          <Text size="xs" c="dimmed">
            {words.everyGate}
          </Text>
        ) : null}
        <Group justify="flex-end">
          {run.data !== undefined ? (
            <Button onClick={onClose}>{close}</Button>
          ) : trial.data === undefined ? (
            <>
              <Button variant="default" onClick={onClose}>
                {cancel}
              </Button>
              <Button loading={trial.isPending} onClick={look}>
                {words.rehearse}
              </Button>
            </>
          ) : (
            <>
              <Button
                variant="default"
                disabled={run.isPending}
                onClick={() => {
                  trial.reset();
                  run.reset();
                }}
              >
                {words.back}
              </Button>
              <Button
                loading={run.isPending}
                disabled={doable === 0}
                onClick={() => run.mutate({ body: trial.variables })}
              >
                {lost ? words.again : words.confirm(doable)}
              </Button>
            </>
          )}
        </Group>
      </Stack>
    </Modal>
  );
};
