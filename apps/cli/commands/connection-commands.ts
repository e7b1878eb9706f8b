import type { Command } from 'commander';
import type { GatewayClient } from '#libs/client';
import type { InsurerView, TestClaim } from '#libs/contracts';
import { ok, type Result } from '#libs/kernel';
import { answered } from '../gateway/answered.js';
import { unread } from '../gateway/unread.js';
import { inColumnsOr } from './columns.js';
import { readJsonFile, readSecretFile } from './json-file.js';
import { insurerNamed } from './names.js';
import { said, type Said } from './said.js';
import { atGateway, type GatewayOptions, type Shell, speaksToGateway } from './shell.js';

const LANES: Readonly<Record<InsurerView['lane']['breaker'], string>> = {
  closed: 'answers',
  open: 'does not answer',
  'half-open': 'is being tried',
  stopped: 'STOPPED: it is not the one that was registered',
};

export const insurerLines = (rows: readonly InsurerView[]): readonly string[] =>
  inColumnsOr(
    'There are no insurers.',
    ['Insurer', 'Name', 'Payer id', 'Connection', 'Test or live', 'Lane'],
    rows.map(({ profile, name, payerId, connection, production, lane }) => [
      profile.id,
      name,
      payerId,
      connection.kind,
      production ? 'live' : 'test',
      `${LANES[lane.breaker]}${lane.slow ? ', slowly' : ''}`,
    ]),
  );

const list = async (gateway: GatewayClient): Promise<Result<Said>> => {
  const listed = await answered(gateway.ask('listInsurers', {}));
  return listed.ok ? ok(said(insurerLines(listed.value.rows), listed.value.rows)) : listed;
};

interface ChangeOptions extends GatewayOptions {
  readonly connection: string;
  readonly secretFile: string;
}

const change = async (gateway: GatewayClient, name: string, options: ChangeOptions): Promise<Result<Said>> => {
  const connection = await readJsonFile(options.connection);
  if (!connection.ok) return connection;
  const secret = await readSecretFile(options.secretFile);
  if (!secret.ok) return secret;
  const insurer = await insurerNamed(gateway, name);
  if (!insurer.ok) return insurer;
  const body = unread<'changeConnection'>({ ...(connection.value as object), secret: secret.value });
  const changed = await answered(gateway.ask('changeConnection', { params: { id: insurer.value.id }, body }));
  return changed.ok ? ok(said(insurerLines([changed.value]), changed.value)) : changed;
};

const clear = async (gateway: GatewayClient, name: string): Promise<Result<Said>> => {
  const insurer = await insurerNamed(gateway, name);
  if (!insurer.ok) return insurer;
  const cleared = await answered(gateway.ask('clearLane', { params: { id: insurer.value.id } }));
  return cleared.ok ? ok(said(insurerLines([cleared.value]), cleared.value)) : cleared;
};

const check = async (gateway: GatewayClient, name: string): Promise<Result<Said>> => {
  const insurer = await insurerNamed(gateway, name);
  if (!insurer.ok) return insurer;
  const checked = await answered(gateway.ask('checkConnection', { params: { id: insurer.value.id } }));
  if (!checked.ok) return checked;
  const { kind, route, ok: isWell, steps } = checked.value;
  const width = Math.max(...steps.map(({ step }) => step.length));
  return ok({
    lines: [
      `${kind} ${route === 'direct' ? 'directly' : 'by clearinghouse'}: it ${isWell ? 'can' : 'cannot'} be reached${isWell ? '' : ' so'}.`,
      ...steps.map(
        ({ step, outcome, code }) => `  ${step.padEnd(width)}  ${outcome}${code === undefined ? '' : ` (${code})`}`,
      ),
    ],
    isWell,
    data: checked.value,
  });
};

const CLAIMS: Readonly<Record<TestClaim['outcome'], string>> = {
  accepted: 'was taken',
  'not-sent': 'did not go',
  refused: 'was refused',
  ambiguous: 'may have arrived; nobody knows',
};

const sendTest = async (gateway: GatewayClient, name: string): Promise<Result<Said>> => {
  const insurer = await insurerNamed(gateway, name);
  if (!insurer.ok) return insurer;
  const sent = await answered(gateway.ask('sendTestClaim', { params: { id: insurer.value.id } }));
  if (!sent.ok) return sent;
  const { interchange, outcome, code } = sent.value;
  const why = code === undefined ? '' : ` (${code})`;
  return ok({
    lines: [`The test claim ${CLAIMS[outcome]}${why}: interchange ${interchange}.`],
    isWell: outcome === 'accepted',
    data: sent.value,
  });
};

/** `connections list | change | clear | check | test`. */
export const registerConnectionCommands = (program: Command, shell: Shell): void => {
  const connections = program
    .command('connections')
    .description('how insurers are spoken to directly, and whether they answer');
  speaksToGateway(connections.command('list'))
    .description('list insurers with their connections and lanes')
    .action((options: GatewayOptions) => atGateway(shell, options, list));
  speaksToGateway(connections.command('change <insurer>'))
    .description('register how an insurer is spoken to, as an administrator; the secret comes with it every time')
    .requiredOption('--connection <file>', 'JSON: the connection as the API takes it, without its secret')
    .requiredOption('--secret-file <file>', 'token, client secret, private key or password')
    .action((insurer: string, options: ChangeOptions) =>
      atGateway(shell, options, (gateway) => change(gateway, insurer, options)),
    );
  speaksToGateway(connections.command('clear <insurer>'))
    .description('send again to an insurer that was not the one registered, once a person has found out why')
    .action((insurer: string, options: GatewayOptions) =>
      atGateway(shell, options, (gateway) => clear(gateway, insurer)),
    );
  speaksToGateway(connections.command('check <insurer>'))
    .description('open the connection and close it again, as an administrator; nothing about anybody is said')
    .action((insurer: string, options: GatewayOptions) =>
      atGateway(shell, options, (gateway) => check(gateway, insurer)),
    );
  speaksToGateway(connections.command('test <insurer>'))
    .description('send a claim about nobody, marked as a test, as an administrator')
    .action((insurer: string, options: GatewayOptions) =>
      atGateway(shell, options, (gateway) => sendTest(gateway, insurer)),
    );
};
