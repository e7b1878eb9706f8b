import { Alert, Button, Group, NativeSelect, Progress, Stack, Tabs, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ShadowReport } from '#libs/contracts';
import { useToday } from '../../app/today.js';
import { Unchecked } from '../../ask/ask.js';
import { useDo } from '../../ask/queries.js';
import { asError } from '../../parts/as-error.js';
import { Empty } from '../../parts/empty.js';
import { Failure } from '../../parts/failure.js';
import { FileField } from '../../parts/file-field.js';
import { useWords } from '../../words/language.js';
import { daysBefore } from '../../parts/days.js';
import { invoicesSince } from './gather.js';
import { invoicesIn, type ShadowFault } from './invoices-in.js';
import { shadowWords } from './words.js';

const DAYS = ['30', '60', '90'] as const;

type Source = 'here' | 'file' | 'paste';

interface Gathering {
  readonly done: number;
  readonly of: number;
}

const isSource = (word: string | null): word is Source => word === 'here' || word === 'file' || word === 'paste';

interface ShadowSourceProps {
  readonly onReport: (report: ShadowReport | undefined) => void;
}

/** Which invoices are decided: those that are here, or somebody’s own. */
export const ShadowSource = ({ onReport }: ShadowSourceProps) => {
  const words = useWords(shadowWords);
  const [source, setSource] = useState<Source>('here');
  const [days, setDays] = useState<(typeof DAYS)[number]>('30');
  const [file, setFile] = useState<File>();
  const [text, setText] = useState('');
  const [fault, setFault] = useState<ShadowFault | 'none_here'>();
  const today = useToday();
  const [gathering, setGathering] = useState<Gathering>();
  const [failure, setFailure] = useState<Error>();
  const [decided, setDecided] = useState(0);
  const shadow = useDo('POST /v1/shadow-runs', { then: onReport });
  const decide = (invoices: readonly unknown[]): void => {
    setDecided(invoices.length);
    shadow.mutate({ body: new Unchecked({ invoices }) });
  };
  const fromText = (given: string): void => {
    const read = invoicesIn(given);
    if (read.ok) decide(read.invoices);
    else setFault(read.fault);
  };
  const gather = async (): Promise<void> => {
    setGathering({ done: 0, of: 0 });
    const invoices = await invoicesSince(daysBefore(today, Number(days)), setGathering);
    if (invoices.length === 0) setFault('none_here');
    else decide(invoices);
  };
  const run = (): void => {
    setFault(undefined);
    setFailure(undefined);
    shadow.reset();
    onReport(undefined);
    const fail = (error: unknown): void => setFailure(asError(error));
    if (source === 'paste') fromText(text);
    else if (source === 'file') file?.text().then(fromText, fail);
    else
      gather()
        .catch(fail)
        .finally(() => setGathering(undefined));
  };
  const busy = gathering !== undefined || shadow.isPending;
  const ready = source === 'here' || (source === 'file' ? file !== undefined : text.trim() !== '');
  const error = failure ?? shadow.error;
  return (
    <Stack>
      <Tabs value={source} onChange={(next) => isSource(next) && setSource(next)} keepMounted={false}>
        <Tabs.List aria-label={words.source}>
          <Tabs.Tab value="here">{words.here}</Tabs.Tab>
          <Tabs.Tab value="file">{words.file}</Tabs.Tab>
          <Tabs.Tab value="paste">{words.paste}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="here" pt="md">
          <NativeSelect
            maw={280}
            label={words.days}
            description={words.hereAbout}
            value={days}
            onChange={(event) => setDays(DAYS.find((one) => one === event.currentTarget.value) ?? '30')}
            data={DAYS.map((one) => ({ value: one, label: words.dayCounts[one] }))}
          />
        </Tabs.Panel>
        <Tabs.Panel value="file" pt="md">
          <FileField
            file={file}
            accept=".json,application/json"
            choose={words.choose}
            other={words.other}
            hint={words.hint}
            disabled={busy}
            onFile={setFile}
          />
        </Tabs.Panel>
        <Tabs.Panel value="paste" pt="md">
          <Textarea
            label={words.text}
            description={words.textHint}
            autosize
            minRows={6}
            maxRows={16}
            ff="monospace"
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </Tabs.Panel>
      </Tabs>
      <Group>
        <Button onClick={run} loading={busy} disabled={!ready}>
          {words.run}
        </Button>
        {busy ? (
          <Text size="sm" role="status">
            {gathering === undefined
              ? words.deciding(decided)
              : gathering.of === 0
                ? words.looking
                : words.gathering(gathering.done, gathering.of)}
          </Text>
        ) : null}
      </Group>
      {gathering === undefined ? null : (
        <Progress aria-label={words.looking} value={gathering.of === 0 ? 0 : (100 * gathering.done) / gathering.of} />
      )}
      {fault === undefined ? null : fault === 'none_here' ? (
        <Empty title={words.noneHere}>{words.noneHereAbout}</Empty>
      ) : (
        <Alert color="red" role="alert">
          {words.faults[fault]}
        </Alert>
      )}
      {error === null ? null : <Failure error={error} />}
    </Stack>
  );
};
