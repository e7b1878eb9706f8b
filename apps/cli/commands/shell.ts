import type { Command } from 'commander';
import type { GatewayClient } from '#libs/client';
import type { Result } from '#libs/kernel';
import type { Screen } from '../up/screen.js';
import { type ConnectionOptions, connect } from './connection.js';
import type { Said } from './said.js';

/** What every command that speaks to the gateway can be told. */
export interface GatewayOptions extends ConnectionOptions {
  readonly json?: boolean;
}

/** What a command needs of the program of which it is one. */
export interface Shell {
  readonly screen: Screen;
  readonly input: NodeJS.ReadableStream;
  readonly answer: (result: Result<Said>, options: { readonly json?: boolean }) => void;
}

export const EXIT_CODES = `
Exit codes: 0 done, and all is well · 1 refused or failed (one line each on standard error: code, place, rule), or done
and something of it waits, was refused or is not well · 130 ended by a second signal.`;

export const speaksToGateway = (command: Command): Command =>
  command
    .option('--url <address>', 'address of the gateway; the one that was last started here unless said')
    .option('--key <secret>', 'API key')
    .option('--user <name>', 'sign-in name')
    .option('--password-stdin', 'read the password from standard input')
    .option('--json', 'print what the gateway answered as JSON')
    .addHelpText('after', EXIT_CODES);

/** Signs in, does it, and answers. */
export const atGateway = async (
  shell: Shell,
  options: GatewayOptions,
  work: (gateway: GatewayClient) => Promise<Result<Said>>,
): Promise<void> => {
  const gateway = await connect(options, shell.input);
  shell.answer(gateway.ok ? await work(gateway.value) : gateway, options);
};
