import { createHash } from 'node:crypto';
import type { GatewayClient } from '#libs/client';
import { ok, type Result } from '#libs/kernel';
import { answered } from '../gateway/answered.js';
import { unread } from '../gateway/unread.js';
import { gapText } from '../explain/gap-text.js';
import { acceptedSaid } from './accepted-lines.js';
import { connect } from './connection.js';
import { type DocumentFile, readDocumentFile } from './document-file.js';
import { namesReplaced } from './names-in-documents.js';
import { disclosureNamed } from './names.js';
import { said, type Said } from './said.js';
import type { GatewayOptions } from './shell.js';

interface Asked {
  readonly file: string;
  readonly options: GatewayOptions;
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
  if (!client.ok) return client;
  const named = await namesReplaced(client.value)(document.value.body);
  return named.ok ? ask(client.value, { ...document.value, body: named.value as object }) : named;
};

/** What would go, change or stay if the document in a file were submitted now. Not well: it would be held. */
export const previewFile = (
  file: string,
  options: GatewayOptions,
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
      lines: gapText(shown.value),
      isWell: shown.value.outcome === 'send',
      data: shown.value,
    });
  });

export interface SubmitOptions extends GatewayOptions {
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
    return ok(acceptedSaid(accepted.value));
  });

/** Why a disclosure is where it is, as its last decision left it. */
export const explain = async (
  id: string,
  options: GatewayOptions,
  input: NodeJS.ReadableStream,
): Promise<Result<Said>> => {
  const client = await connect(options, input);
  if (!client.ok) return client;
  const named = await disclosureNamed(client.value, id);
  if (!named.ok) return named;
  const explained = await answered(client.value.ask('explainDisclosure', { params: { id: named.value } }));
  if (!explained.ok) return explained;
  return ok(said([...gapText(explained.value), `  Decided ${explained.value.decidedAt}`], explained.value));
};
