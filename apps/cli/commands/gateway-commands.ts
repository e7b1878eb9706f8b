import { createHash } from 'node:crypto';
import type { GatewayClient } from '#libs/client';
import { isUuid, failed, issue, ok, type Result } from '#libs/kernel';
import { answered } from '../gateway/answered.js';
import { unread } from '../gateway/unread.js';
import { gapText } from '../explain/gap-text.js';
import { type ConnectionOptions, connect } from './connection.js';
import { type DocumentFile, readDocumentFile } from './document-file.js';
import type { Said } from './said.js';

const warned = (
  warnings: readonly { readonly code: string; readonly path: string; readonly fix?: string }[],
): readonly string[] =>
  warnings.map(({ code, path, fix }) => `  Warning ${code} ${path}${fix === undefined ? '' : ` · ${fix}`}`);

interface Asked {
  readonly file: string;
  readonly options: ConnectionOptions;
  readonly input: NodeJS.ReadableStream;
}

/** Reads the document first: what cannot be sent needs nobody to sign in. */
const withDocument = async (
  { file, options, input }: Asked,
  ask: (gateway: GatewayClient, document: DocumentFile) => Promise<Result<Said>>,
): Promise<Result<Said>> => {
  const document = await readDocumentFile(file);
  if (!document.ok) return document;
  const client = await connect(options, input);
  return client.ok ? ask(client.value, document.value) : client;
};

/** What would go, change or stay if the document in a file were submitted now. Not well: it would be held. */
export const previewFile = (
  file: string,
  options: ConnectionOptions,
  input: NodeJS.ReadableStream,
): Promise<Result<Said>> =>
  withDocument({ file, options, input }, async (gateway, { kind, body }) => {
    const shown = await answered(
      kind === 'invoice'
        ? gateway.ask('previewInvoice', { body: unread<'previewInvoice'>(body) })
        : gateway.ask('previewTreatmentReport', { body: unread<'previewTreatmentReport'>(body) }),
    );
    if (!shown.ok) return shown;
    return ok({
      lines: [...gapText(shown.value), ...warned(shown.value.warnings)],
      isWell: shown.value.outcome === 'send',
    });
  });

export interface SubmitOptions extends ConnectionOptions {
  /** Absent: one is made of the file's content, so that the same file twice is one document. */
  readonly idempotencyKey?: string;
}

const keyFor = (body: object): string => `cli-${createHash('sha256').update(JSON.stringify(body)).digest('hex')}`;

/** Submits the document in a file. Not well: it is held. */
export const submitFile = (file: string, options: SubmitOptions, input: NodeJS.ReadableStream): Promise<Result<Said>> =>
  withDocument({ file, options, input }, async (gateway, { kind, body }) => {
    const idempotencyKey = options.idempotencyKey ?? keyFor(body);
    const accepted = await answered(
      kind === 'invoice'
        ? gateway.ask('submitInvoice', { body: unread<'submitInvoice'>(body), idempotencyKey })
        : gateway.ask('submitTreatmentReport', { body: unread<'submitTreatmentReport'>(body), idempotencyKey }),
    );
    if (!accepted.ok) return accepted;
    const { disclosures, warnings } = accepted.value;
    const lines = disclosures.map(({ id, format, state, nextStep }) => `${id}  ${format}  ${state}  ${nextStep}`);
    return ok({
      lines: [...lines, ...warned(warnings)],
      isWell: disclosures.every(({ state }) => state !== 'held' && state !== 'blocked'),
    });
  });

/** Why a disclosure is where it is, as its last decision left it. */
export const explain = async (
  id: string,
  options: ConnectionOptions,
  input: NodeJS.ReadableStream,
): Promise<Result<Said>> => {
  if (!isUuid(id)) return failed(issue('cli.not-an-id', 'disclosure-id'));
  const client = await connect(options, input);
  if (!client.ok) return client;
  const explained = await answered(client.value.ask('explainDisclosure', { params: { id } }));
  if (!explained.ok) return explained;
  return ok({ lines: [...gapText(explained.value), `  Decided ${explained.value.decidedAt}`], isWell: true });
};
