import { type DisclosureSummary, MOST_SHADOWED } from '#libs/contracts';
import { ask } from '../../ask/ask.js';

/** Documents asked for at the same time. */
const AT_ONCE = 6;

const isInvoice = ({ format }: DisclosureSummary): boolean => format === 'x12-837p' || format === 'statement';

/** Documents with services since that day, newest first, each once. */
const documentsSince = async (from: string): Promise<readonly string[]> => {
  const found = new Set<string>();
  let after: string | undefined;
  do {
    const page = await ask('GET /v1/disclosures', {
      query: { limit: '100', ...(after === undefined ? {} : { after }) },
    });
    for (const row of page.rows)
      if (isInvoice(row) && (row.lastServiceOn ?? '') >= from && found.size < MOST_SHADOWED) found.add(row.document);
    const last = page.rows.at(-1);
    // A service cannot have been billed before it was given.
    after = last !== undefined && last.createdAt.slice(0, 10) >= from ? page.next : undefined;
  } while (after !== undefined && found.size < MOST_SHADOWED);
  return [...found];
};

/** The invoices that were submitted here and have services since a day, as they were taken in. */
export const invoicesSince = async (
  from: string,
  onProgress: (share: { readonly done: number; readonly of: number }) => void,
): Promise<readonly unknown[]> => {
  const ids = await documentsSince(from);
  const invoices: unknown[] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    onProgress({ done: at, of: ids.length });
    const some = await Promise.all(
      ids.slice(at, at + AT_ONCE).map((id) => ask('GET /v1/documents/{id}', { params: { id } })),
    );
    for (const { content } of some) if (content.kind === 'invoice') invoices.push(content.invoice);
  }
  return invoices;
};
