import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { GatewayClient } from '#libs/client';
import type { ReleaseView } from '#libs/contracts';
import { failed, issue, ok, type Result } from '#libs/kernel';
import { answered } from '../gateway/answered.js';
import { unread } from '../gateway/unread.js';
import { inColumnsOr } from './columns.js';
import { readJsonFile } from './json-file.js';
import { clientNamed, insurerNamed, releaseNamed } from './names.js';
import { said, type Said } from './said.js';
import { atGateway, type GatewayOptions, type Shell, speaksToGateway } from './shell.js';

const whatOf = ({ terms, granted }: ReleaseView): string =>
  terms.preset ?? (granted.length > 0 ? `${granted.length} fields` : terms.grants.join(' '));

export const releaseLines = (rows: readonly ReleaseView[]): readonly string[] => [
  ...inColumnsOr(
    'There are no releases.',
    ['Release', 'Revision', 'Status', 'Grants', 'Valid', 'Missing'],
    rows.map((release) => [
      release.id,
      String(release.revision),
      release.status,
      whatOf(release),
      `${release.terms.validFrom ?? '…'} to ${release.terms.validUntil ?? release.terms.expiryEvent ?? '…'}`,
      release.missing.join(', '),
    ]),
  ),
  ...rows.flatMap(({ id, warnings }) => warnings.map((code) => `  Tell the client: ${code} (${id})`)),
];

const shown = (release: Result<ReleaseView>): Result<Said> =>
  release.ok ? ok(said(releaseLines([release.value]), release.value)) : release;

const list = async (gateway: GatewayClient, name: string): Promise<Result<Said>> => {
  const client = await clientNamed(gateway, name);
  if (!client.ok) return client;
  const listed = await answered(gateway.ask('listReleases', { params: { id: client.value } }));
  return listed.ok ? ok(said(releaseLines(listed.value.rows), listed.value.rows)) : listed;
};

interface DraftOptions extends GatewayOptions {
  readonly file?: string;
  readonly recipient?: string;
  readonly preset?: string;
  readonly validFrom?: string;
  readonly validUntil?: string;
  readonly jurisdiction?: string;
}

/** The statements that every release must make (45 CFR 164.508(c)(2)). */
const STATEMENTS = ['revocation', 'conditioning', 'redisclosure'] as const;

const draftOf = async (gateway: GatewayClient, options: DraftOptions): Promise<Result<unknown>> => {
  if (options.file !== undefined) return readJsonFile(options.file);
  const { recipient, preset, validFrom, validUntil, jurisdiction } = options;
  const insurer = recipient === undefined ? undefined : await insurerNamed(gateway, recipient);
  if (insurer?.ok === false) return insurer;
  return ok({
    ...(insurer === undefined
      ? {}
      : { recipient: { kind: 'party', id: insurer.value.id, class: insurer.value.class } }),
    ...(preset === undefined ? {} : { preset }),
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validUntil === undefined ? {} : { validUntil }),
    ...(jurisdiction === undefined ? {} : { jurisdiction }),
    ...{ purposes: [], grants: [], statements: STATEMENTS, blanket: false, parentConsentedToTreatment: 'unknown' },
  });
};

const draft = async (gateway: GatewayClient, name: string, options: DraftOptions): Promise<Result<Said>> => {
  const terms = await draftOf(gateway, options);
  if (!terms.ok) return terms;
  const client = await clientNamed(gateway, name);
  if (!client.ok) return client;
  const body = unread<'draftRelease'>(terms.value);
  return shown(await answered(gateway.ask('draftRelease', { params: { id: client.value }, body })));
};

interface SignOptions extends GatewayOptions {
  readonly paper: string;
  readonly kind: string;
  readonly signedOn: string;
  readonly role: readonly string[];
  readonly supersedes?: string;
  readonly addsTo?: string;
}

const sign = async (gateway: GatewayClient, name: string, options: SignOptions): Promise<Result<Said>> => {
  const { paper, kind, signedOn, role: roles, supersedes, addsTo } = options;
  if (supersedes !== undefined && addsTo !== undefined)
    return failed(issue('cli.relation-twice', '--supersedes, --adds-to'));
  const bytes = await readFile(paper).catch(() => undefined);
  if (bytes === undefined) return failed(issue('cli.file-unreadable', paper));
  const id = await releaseNamed(gateway, name, ['draft']);
  if (!id.ok) return id;
  const older = supersedes ?? addsTo;
  const body = unread<'signRelease'>({
    signatures: roles.map((role) => ({ role, signedOn, authorityDocumented: role !== 'client', witnessed: false })),
    evidence: { kind, digest: createHash('sha256').update(bytes).digest('hex') },
    ...(older === undefined ? {} : { relation: { kind: supersedes === undefined ? 'adds_to' : 'supersedes', older } }),
  });
  return shown(await answered(gateway.ask('signRelease', { params: { id: id.value }, body })));
};

interface RevokeOptions extends GatewayOptions {
  readonly receivedAt: string;
  readonly channel: string;
}

const revoke = async (gateway: GatewayClient, name: string, options: RevokeOptions): Promise<Result<Said>> => {
  const id = await releaseNamed(gateway, name, ['in-force', 'not-yet-valid']);
  if (!id.ok) return id;
  const { receivedAt, channel } = options;
  const body = unread<'revokeRelease'>({ receivedAt, channel });
  return shown(await answered(gateway.ask('revokeRelease', { params: { id: id.value }, body })));
};

interface EndOptions extends GatewayOptions {
  readonly because: string;
  readonly at: string;
}

const end = async (gateway: GatewayClient, name: string, options: EndOptions): Promise<Result<Said>> => {
  const id = await releaseNamed(gateway, name, ['in-force', 'not-yet-valid']);
  if (!id.ok) return id;
  const { because, at } = options;
  const body = unread<'endRelease'>({ because, at });
  return shown(await answered(gateway.ask('endRelease', { params: { id: id.value }, body })));
};

const collected = (role: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), role];

/** `releases list | draft | sign | revoke | end`. A release is named by its id, or by the code of a client who has one such. */
export const registerReleaseCommands = (program: Command, shell: Shell): void => {
  const releases = program.command('releases').description('what clients let be told about them');
  speaksToGateway(releases.command('list <client>'))
    .description('list the releases of a client (code or id), newest first')
    .action((client: string, options: GatewayOptions) => atGateway(shell, options, (gateway) => list(gateway, client)));
  speaksToGateway(releases.command('draft <client>'))
    .description('draft a release; nothing may go under it before it is signed')
    .option('--recipient <insurer>', 'to whom')
    .option('--preset <preset>', 'what: a preset, such as claim-basic')
    .option('--valid-from <date>', 'its first day')
    .option('--valid-until <date>', 'its last day')
    .option('--jurisdiction <place>', 'where it is signed, such as US-OR')
    .option('--file <file>', 'JSON: the draft as the API takes it, in place of the options')
    .action((client: string, options: DraftOptions) =>
      atGateway(shell, options, (gateway) => draft(gateway, client, options)),
    );
  speaksToGateway(releases.command('sign <release>'))
    .description('record the signatures on a draft; from then on its terms never change')
    .requiredOption('--paper <file>', 'the signed paper, or the picture of the signature; its SHA-256 is kept')
    .requiredOption('--signed-on <date>', 'the day on which it was signed')
    .option('--kind <kind>', 'typed, drawn, scan or fax', 'scan')
    .option('--role <role>', 'who signed: client, parent, guardian, representative; again for another', collected)
    .option('--supersedes <release>', 'the older release that it replaces')
    .option('--adds-to <release>', 'the older release that it only adds to')
    .action(
      (release: string, { role, ...options }: Omit<SignOptions, 'role'> & { readonly role?: readonly string[] }) =>
        atGateway(shell, options, (gateway) => sign(gateway, release, { ...options, role: role ?? ['client'] })),
    );
  speaksToGateway(releases.command('revoke <release>'))
    .description('record that the client revoked a release; nothing more goes under it')
    .requiredOption('--received-at <instant>', 'when the practice received it, such as 2026-11-20T16:05:00Z')
    .requiredOption('--channel <channel>', 'in-person, letter, fax, portal or other')
    .action((release: string, options: RevokeOptions) =>
      atGateway(shell, options, (gateway) => revoke(gateway, release, options)),
    );
  speaksToGateway(releases.command('end <release>'))
    .description('record that the event which ends a release has come, or that it rests on something false')
    .requiredOption('--because <why>', 'event-occurred or known-false')
    .requiredOption('--at <instant>', 'when it came, or was found, such as 2026-11-20T16:05:00Z')
    .action((release: string, options: EndOptions) =>
      atGateway(shell, options, (gateway) => end(gateway, release, options)),
    );
};
