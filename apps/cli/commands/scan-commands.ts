import { createReadStream } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { FileSent, GatewayClient } from '#libs/client';
import type { ScanView } from '#libs/contracts';
import { failed, issue, ok, type Result } from '#libs/kernel';
import { answered } from '../gateway/answered.js';
import { unread } from '../gateway/unread.js';
import { inColumnsOr } from './columns.js';
import { releaseNamed, scanNamed } from './names.js';
import { releaseLines } from './release-commands.js';
import { said, type Said } from './said.js';
import { atGateway, type GatewayOptions, type Shell, speaksToGateway } from './shell.js';

const TYPES: Readonly<Record<string, ScanView['mediaType']>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
};

export const scanLines = (rows: readonly ScanView[]): readonly string[] =>
  inColumnsOr(
    'There are no scans.',
    ['Scan', 'Status', 'Type', 'Bytes', 'Attached', 'By'],
    rows.map(({ id, status, mediaType, size, attachedAt, attachedBy }) => [
      ...[id, status, mediaType, String(size), attachedAt, attachedBy],
    ]),
  );

const bytesOf = async function* (file: string): AsyncGenerator<Uint8Array> {
  for await (const part of createReadStream(file)) yield Buffer.from(part as Buffer);
};

const attach = async (gateway: GatewayClient, name: string, file: string): Promise<Result<Said>> => {
  const type = TYPES[file.split('.').at(-1)?.toLowerCase() ?? ''];
  if (type === undefined) return failed(issue('cli.not-a-scan', file, Object.keys(TYPES).join(', ')));
  const isFile = await stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile) return failed(issue('cli.file-unreadable', file));
  const id = await releaseNamed(gateway, name, ['draft']);
  if (!id.ok) return id;
  const sent: FileSent<ScanView['mediaType']> = { type, open: () => bytesOf(file) };
  const attached = await answered(gateway.ask('attachScan', { params: { id: id.value }, file: sent }));
  return attached.ok ? ok(said(scanLines([attached.value]), attached.value)) : attached;
};

const list = async (gateway: GatewayClient, name: string): Promise<Result<Said>> => {
  const id = await releaseNamed(gateway, name, ['draft', 'in-force']);
  if (!id.ok) return id;
  const listed = await answered(gateway.ask('listScans', { params: { id: id.value } }));
  return listed.ok ? ok(said(scanLines(listed.value.rows), listed.value.rows)) : listed;
};

const look = async (gateway: GatewayClient, id: string, to: string): Promise<Result<Said>> => {
  const content = await answered(gateway.download('readScan', { params: { id } }));
  if (!content.ok) return content;
  const { bytes, mediaType } = content.value;
  const written = await writeFile(to, bytes, { flag: 'wx', mode: 0o600 }).then(
    () => true,
    () => false,
  );
  if (!written) return failed(issue('cli.file-not-creatable', to, 'must not exist yet'));
  return ok(said([`${to}: ${mediaType}, ${bytes.length} bytes.`], { file: to, mediaType, bytes: bytes.length }));
};

interface CheckOptions extends GatewayOptions {
  readonly accept?: boolean;
  readonly refuse?: string;
  readonly signedOn?: string;
  readonly role?: readonly string[];
}

const check = async (gateway: GatewayClient, name: string, options: CheckOptions): Promise<Result<Said>> => {
  const { accept, refuse, signedOn, role: roles = ['client'] } = options;
  if ((accept === true) === (refuse !== undefined)) return failed(issue('cli.one-of', '--accept, --refuse'));
  if (accept === true && signedOn === undefined) return failed(issue('cli.required', '--signed-on'));
  const id = await scanNamed(gateway, name);
  if (!id.ok) return id;
  const body = unread<'checkScan'>(
    accept === true
      ? {
          outcome: 'accepted',
          signatures: roles.map((role) => ({
            role,
            signedOn,
            authorityDocumented: role !== 'client',
            witnessed: false,
          })),
        }
      : { outcome: 'refused', reason: refuse },
  );
  const checked = await answered(gateway.ask('checkScan', { params: { id: id.value }, body }));
  return checked.ok ? ok(said(releaseLines([checked.value]), checked.value)) : checked;
};

const collected = (role: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), role];

/** `scans attach | list | look | check`. */
export const registerScanCommands = (program: Command, shell: Shell): void => {
  const scans = program.command('scans').description('scans of signed papers; a second person checks each');
  speaksToGateway(scans.command('attach <release> <file>'))
    .description('attach the scan of the signed paper to a draft (.pdf, .png, .jpg), as a person')
    .action((release: string, file: string, options: GatewayOptions) =>
      atGateway(shell, options, (gateway) => attach(gateway, release, file)),
    );
  speaksToGateway(scans.command('list <release>'))
    .description('list the scans of a release, newest first')
    .action((release: string, options: GatewayOptions) =>
      atGateway(shell, options, (gateway) => list(gateway, release)),
    );
  speaksToGateway(scans.command('look <scan>'))
    .description('fetch a scan, to look at it before it is checked')
    .requiredOption('--to <file>', 'a new file')
    .action((scan: string, options: GatewayOptions & { readonly to: string }) =>
      atGateway(shell, options, (gateway) => look(gateway, scan, options.to)),
    );
  speaksToGateway(scans.command('check <scan>'))
    .description(
      'check a scan that somebody else attached (its id, or its release or client); accepted, it signs the release',
    )
    .option('--accept', 'the paper is what the draft says, and signed')
    .option('--signed-on <date>', 'with --accept: the day of the signature')
    .option('--role <role>', 'with --accept: who signed, client unless said; again for another', collected)
    .option('--refuse <reason>', 'illegible, other-release, not-signed or incomplete')
    .action((scan: string, options: CheckOptions) =>
      atGateway(shell, options, (gateway) => check(gateway, scan, options)),
    );
};
