import type { Command } from 'commander';
import type { GatewayClient } from '#libs/client';
import type { RouteView } from '#libs/contracts';
import { ok, type Result } from '#libs/kernel';
import { answered } from '../gateway/answered.js';
import { unread } from '../gateway/unread.js';
import { inColumnsOr } from './columns.js';
import { readJsonFile, readSecretFile } from './json-file.js';
import { insurerNamed } from './names.js';
import { said, type Said } from './said.js';
import { atGateway, type GatewayOptions, type Shell, speaksToGateway } from './shell.js';

const agreementOf = ({ agent }: RouteView): string => {
  if (agent === undefined) return '';
  const { reference, signedOn, endsOn } = agent.agreement;
  return `${reference}, signed ${signedOn}${endsOn === undefined ? '' : `, over ${endsOn}`}`;
};

const addressOf = ({ agent }: RouteView): string =>
  agent === undefined ? '' : `${agent.connection.kind ?? 'https'} ${new URL(agent.connection.url).host}`;

export const routeLines = (rows: readonly RouteView[]): readonly string[] =>
  inColumnsOr(
    'Reached directly; no route was ever recorded.',
    ['Recorded', 'Through', 'Agreement', 'Payer id', 'Connection', 'Unclear attempts'],
    rows.map((route) => [
      route.recordedAt,
      route.agent?.name ?? 'directly',
      agreementOf(route),
      route.agent?.payerId ?? '',
      addressOf(route),
      route.agent?.resolution ?? '',
    ]),
  );

const list = async (gateway: GatewayClient, name: string): Promise<Result<Said>> => {
  const insurer = await insurerNamed(gateway, name);
  if (!insurer.ok) return insurer;
  const listed = await answered(gateway.ask('listRoutes', { params: { id: insurer.value.id } }));
  return listed.ok ? ok(said(routeLines(listed.value.rows), listed.value.rows)) : listed;
};

interface AddOptions extends GatewayOptions {
  readonly through: string;
  readonly agreement: string;
  readonly signedOn: string;
  readonly endsOn?: string;
  readonly payerId: string;
  readonly resolvesTo?: string;
  readonly resolution: string;
  readonly connection: string;
  readonly secretFile: string;
}

const record = async (
  gateway: GatewayClient,
  name: string,
  body: (payerId: string) => unknown,
): Promise<Result<Said>> => {
  const insurer = await insurerNamed(gateway, name);
  if (!insurer.ok) return insurer;
  const recorded = await answered(
    gateway.ask('recordRoute', {
      params: { id: insurer.value.id },
      body: unread<'recordRoute'>(body(insurer.value.payerId)),
    }),
  );
  return recorded.ok ? ok(said(routeLines([recorded.value]), recorded.value)) : recorded;
};

const add = async (gateway: GatewayClient, name: string, options: AddOptions): Promise<Result<Said>> => {
  const connection = await readJsonFile(options.connection);
  if (!connection.ok) return connection;
  const token = await readSecretFile(options.secretFile);
  if (!token.ok) return token;
  const { through, agreement, signedOn, endsOn, payerId, resolvesTo, resolution } = options;
  return record(gateway, name, (own) => ({
    ...{ kind: 'clearinghouse', name: through, payerId, resolvesTo: resolvesTo ?? own, resolution },
    agreement: { reference: agreement, signedOn, ...(endsOn === undefined ? {} : { endsOn }) },
    connection: { ...(connection.value as object), token: token.value },
  }));
};

/** `routes list | add | direct`. */
export const registerRouteCommands = (program: Command, shell: Shell): void => {
  const routes = program
    .command('routes')
    .description('how insurers are reached: directly, or through a clearinghouse under agreement');
  speaksToGateway(routes.command('list <insurer>'))
    .description('list how an insurer was reached, newest first; the newest holds')
    .action((insurer: string, options: GatewayOptions) =>
      atGateway(shell, options, (gateway) => list(gateway, insurer)),
    );
  speaksToGateway(routes.command('add <insurer>'))
    .description('reach an insurer through a clearinghouse from now on; what has not gone changes over')
    .requiredOption('--through <name>', 'name of the clearinghouse')
    .requiredOption('--agreement <reference>', 'the business associate agreement, as it is filed')
    .requiredOption('--signed-on <date>', 'the day on which it was signed')
    .option('--ends-on <date>', 'the first day on which it is over')
    .requiredOption('--payer-id <id>', 'the insurer’s payer id in the clearinghouse’s list')
    .option('--resolves-to <id>', 'payer id of whoever it takes it to; the insurer’s own unless said')
    .requiredOption('--resolution <how>', 'of an unclear attempt: idempotency-key, duplicate-detection, probe or none')
    .requiredOption('--connection <file>', 'JSON: the connection as the API takes it, without its secret')
    .requiredOption('--secret-file <file>', 'token, private key or password')
    .action((insurer: string, options: AddOptions) =>
      atGateway(shell, options, (gateway) => add(gateway, insurer, options)),
    );
  speaksToGateway(routes.command('direct <insurer>'))
    .description('reach an insurer directly from now on')
    .action((insurer: string, options: GatewayOptions) =>
      atGateway(shell, options, (gateway) => record(gateway, insurer, () => ({ kind: 'direct' }))),
    );
};
