import { fault } from '#fault';
import { bulkItem, type RouteInput, ROUTES } from '#libs/contracts';
import { issue, type Issue } from '#libs/kernel';
import { ProblemError } from './problem-error.js';
import { issuesOf } from './schema-issues.js';

type Invoice = RouteInput<'submitInvoice'>['body'];

/** One item of a batch: an invoice as the single route reads it, or the problem that it would give. */
export type BatchItem = { readonly index: number; readonly key?: string } & (
  { readonly key: string; readonly invoice: Invoice } | { readonly problem: ProblemError }
);

const refused = (place: { readonly index: number; readonly key?: string }, issues: readonly Issue[]): BatchItem => ({
  ...place,
  problem: new ProblemError('invalid_request', { issues }),
});

const readItem = (item: unknown, index: number, keys: Set<string>): BatchItem => {
  const pointer = `/items/${index}`;
  const shape = bulkItem.safeParse(item);
  if (!shape.success) return refused({ index }, issuesOf(shape.error, item, pointer));
  const { key, invoice } = shape.data;
  if (keys.has(key)) return refused({ index, key }, [issue('key_repeated', `${pointer}/key`, 'each key once')]);
  keys.add(key);
  const read = ROUTES.submitInvoice.body.safeParse(invoice);
  return read.success
    ? { index, key, invoice: read.data }
    : refused({ index, key }, issuesOf(read.error, invoice, `${pointer}/invoice`));
};

/** Reads every item before any is acted on: a batch that breaks off in the reading has left nothing behind. */
export const readBatch = async (items: readonly unknown[]): Promise<readonly BatchItem[]> => {
  const read: BatchItem[] = [];
  const keys = new Set<string>();
  for (const [index, item] of items.entries()) {
    if (index === items.length >> 1) await fault('K6');
    read.push(readItem(item, index, keys));
  }
  return read;
};

/** Where in the batch an issue of one item stands. */
export const inItem = (index: number, { path, ...said }: Issue): Issue => {
  const pointer = `/items/${index}`;
  if (path === 'Idempotency-Key') return { ...said, path: `${pointer}/key` };
  return { ...said, path: path.startsWith('/') ? `${pointer}/invoice${path}` : pointer };
};
