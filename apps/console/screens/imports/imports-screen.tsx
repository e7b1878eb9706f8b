import { Alert, Anchor, Button, Code, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { IMPORT_KINDS, type ImportKind } from '#libs/contracts';
import { useSession } from '../../app/session.js';
import { ConfirmDialog } from '../../parts/confirm-dialog.js';
import { Failure } from '../../parts/failure.js';
import { FileField } from '../../parts/file-field.js';
import { saveCsv } from '../../parts/save-file.js';
import { Screen } from '../../parts/screen.js';
import { Section } from '../../parts/section.js';
import { useWords } from '../../words/language.js';
import { IMPORT_COLUMNS } from './import-columns.js';
import { ImportProgress } from './import-progress.js';
import { ImportResult } from './import-report.js';
import { useImport } from './use-import.js';
import { importWords } from './words.js';

const LARGEST_FILE = 64 * 1_048_576;

const ACTION = {
  clients: 'imports.run',
  coverages: 'imports.run',
  insurers: 'insurers.write',
  releases: 'imports.run',
};

const isKind = (word: string | undefined): word is ImportKind => IMPORT_KINDS.some((one) => one === word);

/** One kind of file: chosen, rehearsed, looked at, run. */
const ImportOf = ({ kind }: { readonly kind: ImportKind }) => {
  const words = useWords(importWords);
  const [file, setFile] = useState<File>();
  const [wrong, setWrong] = useState<string>();
  const [asking, dialog] = useDisclosure(false);
  const { state, start, stop, forget } = useImport(kind, file);
  const busy = state.kind === 'under-way';
  const take = (chosen: File): void => {
    forget();
    const fault =
      chosen.size === 0
        ? words.emptyFile
        : chosen.size > LARGEST_FILE
          ? words.tooLarge
          : /\.(csv|txt)$/i.test(chosen.name)
            ? undefined
            : words.notCsv;
    setWrong(fault);
    setFile(fault === undefined ? chosen : undefined);
  };
  const rehearsed = state.kind === 'told' && state.report.dryRun ? state.report : undefined;
  return (
    <Stack>
      <Section title={words.kinds[kind]} about={words.aboutKind[kind]}>
        <Text size="sm">
          {words.columns}: <Code fz="xs">{IMPORT_COLUMNS[kind].join(', ')}</Code>{' '}
          <Anchor
            component="button"
            type="button"
            size="sm"
            onClick={() => saveCsv(`${kind}.csv`, [IMPORT_COLUMNS[kind]])}
          >
            {words.template}
          </Anchor>
        </Text>
        <FileField
          file={file}
          accept=".csv,text/csv"
          choose={words.choose}
          other={words.other}
          hint={words.drop}
          disabled={busy}
          onFile={take}
        />
        {wrong === undefined ? null : (
          <Alert color="red" role="alert">
            {wrong}
          </Alert>
        )}
        {busy ? (
          <ImportProgress state={state} onStop={stop} />
        ) : (
          <Group>
            <Button disabled={file === undefined} onClick={() => start(true)}>
              {words.rehearse}
            </Button>
            <Text size="sm" c="dimmed">
              {words.rehearseAbout}
            </Text>
          </Group>
        )}
        {state.kind === 'stopped' ? (
          <Alert color="gray" role="status">
            {state.dryRun ? words.stoppedRehearsal : words.stopped}
          </Alert>
        ) : null}
        {state.kind === 'failed' ? <Failure error={state.error} onRetry={() => start(state.dryRun)} /> : null}
      </Section>
      {state.kind === 'told' ? <ImportResult key={String(state.report.dryRun)} report={state.report} /> : null}
      {state.kind !== 'told' ? null : (
        <Group>
          {rehearsed === undefined ? null : (
            <Button disabled={rehearsed.made === 0} onClick={dialog.open}>
              {words.run(rehearsed.made, kind)}
            </Button>
          )}
          <Text size="sm">
            <strong>{words.nextStep}:</strong>{' '}
            {rehearsed === undefined
              ? words.nextDone
              : rehearsed.made === 0
                ? words.nothingToRun
                : rehearsed.refused > 0
                  ? words.nextRefused
                  : words.nextRun}
          </Text>
        </Group>
      )}
      {rehearsed === undefined ? null : (
        <ConfirmDialog
          opened={asking}
          title={words.runTitle}
          confirm={words.run(rehearsed.made, kind)}
          busy={busy}
          onClose={dialog.close}
          onConfirm={() => {
            dialog.close();
            start(false);
          }}
        >
          <Text>{words.runStates(rehearsed.made, rehearsed.there, rehearsed.refused)}</Text>
          <Text size="sm" c="dimmed">
            {words.runSafe}
          </Text>
        </ConfirmDialog>
      )}
    </Stack>
  );
};

export const ImportsScreen = () => {
  const words = useWords(importWords);
  const { session } = useSession();
  const navigate = useNavigate();
  const { kind } = useSearch({ from: '/imports' });
  const allowed = IMPORT_KINDS.filter((one) => session.actions.some((action) => action === ACTION[one]));
  const shown = isKind(kind) && allowed.includes(kind) ? kind : allowed[0];
  return (
    <Screen title={words.title} about={words.about}>
      {shown === undefined ? (
        <Text>{words.mayNot}</Text>
      ) : (
        <>
          <Group>
            <SegmentedControl
              aria-label={words.kind}
              value={shown}
              onChange={(next) => void navigate({ to: '/imports', search: { kind: next } })}
              data={allowed.map((one) => ({ value: one, label: words.kinds[one] }))}
            />
          </Group>
          <ImportOf key={shown} kind={shown} />
        </>
      )}
    </Screen>
  );
};
