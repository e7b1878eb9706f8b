/** `amend`: the document that is cured; `client`: for whom a new one is. Ids only. */
export interface DocumentSearch {
  readonly amend?: string;
  readonly client?: string;
}

const idOf = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value) ? value : undefined;

export const readDocumentSearch = (search: Record<string, unknown>): DocumentSearch => {
  const amend = idOf(search['amend']);
  const client = idOf(search['client']);
  return { ...(amend === undefined ? {} : { amend }), ...(client === undefined ? {} : { client }) };
};
