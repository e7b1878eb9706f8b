import type { BulkSubmitted, BulkValidated } from '#libs/contracts';
import type { GatewayClient } from '#libs/client';
import { ok, type Result } from '#libs/kernel';
import { answered } from '../gateway/answered.js';
import { unread } from '../gateway/unread.js';
import type { Screen } from '../up/screen.js';
import { type Batch, type BatchFile, readBatchFile } from './batch-file.js';
import { inColumns } from './columns.js';
import { connect } from './connection.js';
import { allNamesReplaced } from './names-in-documents.js';
import type { Said } from './said.js';
import type { GatewayOptions } from './shell.js';

export interface BatchOptions extends GatewayOptions {
  /** Only says what would become of it; keeps nothing. */
  readonly dryRun?: boolean;
  /** Absent: one is made of the file's content, so that the same file twice is one batch. */
  readonly idempotencyKey?: string;
}

type Item = BulkSubmitted['results'][number] | BulkValidated['results'][number];

interface Line {
  readonly row: string;
  readonly outcome: string;
  readonly what: string;
}

const lineOf = (item: Item, from: number): Line => {
  const row = String(from + item.index + 1);
  switch (item.outcome) {
    case 'accepted': {
      const [disclosure] = item.accepted.disclosures;
      const outcome = `${disclosure?.state ?? ''}${item.replayed ? ' (before)' : ''}`;
      return { row, outcome, what: `${disclosure?.id ?? ''}  ${disclosure?.nextStep ?? ''}` };
    }
    case 'valid': {
      const { outcome, gaps } = item.validated;
      const [gap] = gaps;
      return outcome === 'send' || gap === undefined
        ? { row, outcome: 'would go', what: '' }
        : { row, outcome: 'would wait', what: `${gap.curer}: ${gap.sentence}` };
    }
    case 'refused': {
      const { code, issues } = item.problem;
      const [first] = issues;
      return { row, outcome: 'refused', what: first === undefined ? code : `${first.code} ${first.path}` };
    }
  }
};

const tableOf = (lines: readonly Line[]): readonly string[] => {
  const digits = Math.max('Row'.length, ...lines.map(({ row }) => row.length));
  return inColumns(
    ['Row'.padStart(digits), 'Outcome', 'What'],
    lines.map(({ row, outcome, what }) => [row.padStart(digits), outcome, what]),
  );
};

const CURERS = ['client', 'chart', 'office', 'practice', 'nobody'] as const;

const totalOf = (answers: readonly (BulkSubmitted | BulkValidated)[]): string => {
  const sum = (name: 'ready' | 'waiting' | 'refused'): number =>
    answers.reduce((total, { summary }) => total + summary[name], 0);
  const curers = CURERS.flatMap((curer) => {
    const count = answers.reduce((total, { summary }) => total + ('curers' in summary ? summary.curers[curer] : 0), 0);
    return count === 0 ? [] : [`${curer} ${count}`];
  });
  const gaps = curers.length === 0 ? '' : ` (gaps for ${curers.join(', ')})`;
  return `${sum('ready')} ready, ${sum('waiting')} waiting${gaps}, ${sum('refused')} refused`;
};

const send = async (
  client: GatewayClient,
  batch: Batch,
  how: { readonly dryRun: boolean; readonly key: string },
): Promise<Result<BulkSubmitted | BulkValidated>> => {
  const named = await allNamesReplaced(
    client,
    batch.rows.map(({ invoice }) => invoice),
  );
  if (!named.ok) return named;
  const items = batch.rows.map(({ key }, index) => ({ key, invoice: named.value[index] }));
  const body = unread<'submitInvoices'>({ items });
  return how.dryRun
    ? answered(client.tryOut('submitInvoices', { body }))
    : answered(client.ask('submitInvoices', { body, idempotencyKey: `${how.key}-${batch.from}` }));
};

const sendAll = async (
  client: GatewayClient,
  { file, options, screen }: { readonly file: BatchFile; readonly options: BatchOptions; readonly screen: Screen },
): Promise<Result<readonly (readonly [Batch, BulkSubmitted | BulkValidated])[]>> => {
  const of = file.batches.reduce((sum, { rows }) => sum + rows.length, 0);
  const how = { dryRun: options.dryRun === true, key: options.idempotencyKey ?? `cli-${file.digest}` };
  const answers: (readonly [Batch, BulkSubmitted | BulkValidated])[] = [];
  for (const batch of file.batches) {
    const answer = await send(client, batch, how);
    // What was taken in stays so: the same command again goes on where this one ended.
    if (!answer.ok) return answer;
    answers.push([batch, answer.value]);
    screen.count(how.dryRun ? 'Checked' : 'Submitted', { done: batch.from + batch.rows.length, of });
  }
  return ok(answers);
};

/** Submits the invoices of a file, or says what would become of them. Not well: one is refused, or waits. */
export const submitBatch = async (
  path: string,
  options: BatchOptions,
  { input, screen }: { readonly input: NodeJS.ReadableStream; readonly screen: Screen },
): Promise<Result<Said>> => {
  const file = await readBatchFile(path);
  if (!file.ok) return file;
  const client = await connect(options, input);
  if (!client.ok) return client;
  const answered = await sendAll(client.value, { file: file.value, options, screen });
  if (!answered.ok) return answered;
  const answers = answered.value.map(([, answer]) => answer);
  const lines = answered.value.flatMap(([{ from }, { results }]) =>
    results.map((result: Item) => lineOf(result, from)),
  );
  return ok({
    lines: [...tableOf(lines), totalOf(answers)],
    isWell: answers.every(({ summary }) => summary.refused === 0 && summary.waiting === 0),
    data: answers,
  });
};
