import { rm, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { GatewayClient } from '#libs/client';
import type { DisclosureSummary, InboxCredentialView, InsurerView } from '#libs/contracts';
import { failed, issue, ok, type Result } from '#libs/kernel';
import { systemClock } from '#libs/settings';
import { answered } from '../gateway/answered.js';
import { ageOf } from './age.js';
import { inColumnsOr } from './columns.js';
import { insurerNamed } from './names.js';
import { said, type Said } from './said.js';
import { atGateway, type GatewayOptions, type Shell, speaksToGateway } from './shell.js';

/** States of what lies in an inbox: nobody has come for it, it is being fetched, nobody has said that it arrived. */
const WAITS = { sealed: 'to be fetched', sending: 'being fetched', unknown: 'to be acknowledged' } as const;
const STATES = Object.keys(WAITS) as (keyof typeof WAITS)[];

const isPulling = ({ connection }: InsurerView): boolean => connection.kind === 'inbox';

const pulling = async (gateway: GatewayClient, name: string | undefined): Promise<Result<readonly InsurerView[]>> => {
  if (name === undefined) {
    const listed = await answered(gateway.ask('listInsurers', {}));
    return listed.ok ? ok(listed.value.rows.filter(isPulling)) : listed;
  }
  const insurer = await insurerNamed(gateway, name);
  if (!insurer.ok) return insurer;
  return isPulling(insurer.value)
    ? ok([insurer.value])
    : failed(issue('cli.insurer-does-not-fetch', 'insurer', 'one with a connection of kind inbox'));
};

const waitingFor = async (gateway: GatewayClient, { id }: InsurerView): Promise<readonly DisclosureSummary[]> => {
  const rows: DisclosureSummary[] = [];
  const query = { insurer: id, state: STATES.join(','), sort: 'createdAt', limit: '100' } as const;
  for await (const row of gateway.all('listDisclosures', { query })) rows.push(row);
  return rows;
};

/** Oldest first, without a client: what an operator needs to ask the insurer. */
const waiting = async (gateway: GatewayClient, name: string | undefined): Promise<Result<Said>> => {
  const insurers = await pulling(gateway, name);
  if (!insurers.ok) return insurers;
  const read = async (): Promise<readonly DisclosureSummary[]> =>
    (await Promise.all(insurers.value.map((one) => waitingFor(gateway, one)))).flat();
  const found = await answered(read());
  if (!found.ok) return found;
  const now = systemClock.now();
  const rows = found.value
    .map(({ id, insurer, format, state, createdAt }) => ({
      disclosure: id,
      insurer: insurer.name,
      format,
      state,
      createdAt,
    }))
    .sort((one, other) => Date.parse(one.createdAt) - Date.parse(other.createdAt));
  const lines = inColumnsOr(
    'Nothing waits.',
    ['Disclosure', 'Insurer', 'Format', 'Waits', 'Accepted'],
    rows.map(({ disclosure, insurer, format, state, createdAt }) => [
      disclosure,
      insurer,
      format,
      state in WAITS ? WAITS[state as keyof typeof WAITS] : state,
      `${ageOf(now - Date.parse(createdAt))} ago`,
    ]),
  );
  return ok(said(lines, rows));
};

const credentialLines = (rows: readonly InboxCredentialView[]): readonly string[] =>
  inColumnsOr(
    'There are no credentials; the insurer cannot come in.',
    ['Client id', 'For', 'Made', 'Over'],
    rows.map(({ id, label, createdAt, expiresAt }) => [id, label, createdAt, expiresAt]),
  );

const credentials = async (gateway: GatewayClient, name: string): Promise<Result<Said>> => {
  const insurer = await insurerNamed(gateway, name);
  if (!insurer.ok) return insurer;
  const listed = await answered(gateway.ask('listInboxCredentials', { params: { id: insurer.value.id } }));
  return listed.ok ? ok(said(credentialLines(listed.value.rows), listed.value.rows)) : listed;
};

interface IssueOptions extends GatewayOptions {
  readonly label: string;
  readonly days: string;
  readonly to: string;
}

/** The file is made before the secret is, so that no secret is made that nobody can keep. */
const issueOne = async (gateway: GatewayClient, name: string, options: IssueOptions): Promise<Result<Said>> => {
  const { label, to } = options;
  if (!/^\d{1,3}$/.test(options.days)) return failed(issue('cli.required', '--days', 'a whole number of days'));
  const insurer = await insurerNamed(gateway, name);
  if (!insurer.ok) return insurer;
  const made = await writeFile(to, '', { flag: 'wx', mode: 0o600 }).then(
    () => true,
    () => false,
  );
  if (!made) return failed(issue('cli.file-not-creatable', to, 'must not exist yet'));
  const body = { label, days: Number(options.days) };
  const given = await answered(gateway.ask('createInboxCredential', { params: { id: insurer.value.id }, body }));
  if (!given.ok) {
    await rm(to, { force: true });
    return given;
  }
  const { id, secret, expiresAt } = given.value;
  await writeFile(to, `${JSON.stringify({ client_id: id, client_secret: secret, expires_at: expiresAt }, null, 2)}\n`);
  return ok(
    said([`${to}: credentials ${id}, until ${expiresAt}. The secret is shown nowhere else.`], {
      ...{ id, label, expiresAt, file: to },
    }),
  );
};

/** By its client id, or by what it is for where that is said of one alone. */
const revoke = async (gateway: GatewayClient, name: string, which: string): Promise<Result<Said>> => {
  const insurer = await insurerNamed(gateway, name);
  if (!insurer.ok) return insurer;
  const { id } = insurer.value;
  const listed = await answered(gateway.ask('listInboxCredentials', { params: { id } }));
  if (!listed.ok) return listed;
  const [only, ...more] = listed.value.rows.filter((one) => one.id === which || one.label === which);
  if (only === undefined || more.length > 0)
    return failed(issue('cli.credential-unknown', 'credential', 'a client id, or what one alone is for'));
  const params = { id, credential: only.id };
  const revoked = await answered(gateway.ask('revokeInboxCredential', { params }));
  return revoked.ok
    ? ok(said([`${only.id}: revoked, with every token it was exchanged for.`], { id: only.id }))
    : revoked;
};

/** `inbox waiting | credentials | issue | revoke`. */
export const registerInboxCommands = (program: Command, shell: Shell): void => {
  const inbox = program.command('inbox').description('insurers that come and fetch: what waits for them, who may come');
  speaksToGateway(inbox.command('waiting [insurer]'))
    .description('list what waits to be fetched or acknowledged, oldest first; of one insurer or of all')
    .action((insurer: string | undefined, options: GatewayOptions) =>
      atGateway(shell, options, (gateway) => waiting(gateway, insurer)),
    );
  speaksToGateway(inbox.command('credentials <insurer>'))
    .description('list the credentials with which an insurer comes')
    .action((insurer: string, options: GatewayOptions) =>
      atGateway(shell, options, (gateway) => credentials(gateway, insurer)),
    );
  speaksToGateway(inbox.command('issue <insurer>'))
    .description('make credentials for an insurer, as an administrator, into a new file that only its owner reads')
    .requiredOption('--label <text>', 'which of its systems they are for')
    .requiredOption('--to <file>', 'where; it must not be there yet')
    .option('--days <number>', 'how long they work, 1 to 730', '365')
    .action((insurer: string, options: IssueOptions) =>
      atGateway(shell, options, (gateway) => issueOne(gateway, insurer, options)),
    );
  speaksToGateway(inbox.command('revoke <insurer> <credential>'))
    .description('revoke credentials at once, by client id or label, as an administrator')
    .action((insurer: string, credential: string, options: GatewayOptions) =>
      atGateway(shell, options, (gateway) => revoke(gateway, insurer, credential)),
    );
};
