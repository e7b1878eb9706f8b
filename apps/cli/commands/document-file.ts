import { readFile } from 'node:fs/promises';
import { failed, issue, ok, type Result } from '#libs/kernel';

/** A document as the API takes it, told apart by what only one of the two has. */
export interface DocumentFile {
  readonly kind: 'invoice' | 'treatment-report';
  readonly body: object;
}

const kindOf = (body: object): DocumentFile['kind'] | undefined => {
  if ('lines' in body) return 'invoice';
  return 'attestedOn' in body ? 'treatment-report' : undefined;
};

export const documentIn = (json: string, file: string): Result<DocumentFile> => {
  let body: unknown;
  try {
    body = JSON.parse(json);
  } catch {
    return failed(issue('cli.not-json', file));
  }
  const kind = typeof body === 'object' && body !== null ? kindOf(body) : undefined;
  if (typeof body !== 'object' || body === null || kind === undefined)
    return failed(issue('cli.not-a-document', file, 'an invoice or a treatment report as the API takes it'));
  return ok({ kind, body });
};

/** Reads an invoice or a treatment report. `cli.file-unreadable`, `cli.not-json`, `cli.not-a-document`. */
export const readDocumentFile = async (file: string): Promise<Result<DocumentFile>> => {
  const json = await readFile(file, 'utf8').catch(() => undefined);
  return json === undefined ? failed(issue('cli.file-unreadable', file)) : documentIn(json, file);
};
