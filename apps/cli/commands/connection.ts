import { text } from 'node:stream/consumers';
import type { GatewayClient } from '#libs/client';
import { failed, issue, ok, type Result } from '#libs/kernel';
import { readSettings } from '#libs/settings';
import { gatewayAt, signedIn } from '../gateway/open-gateway.js';
import { lastAddress } from '../up/roll.js';

/** How a command reaches the gateway, and as whom. */
export interface ConnectionOptions {
  readonly url?: string;
  readonly key?: string;
  readonly user?: string;
  readonly passwordStdin?: boolean;
}

const isWebAddress = (url: string): boolean => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);

const addressOf = ({ url }: ConnectionOptions): Result<string> => {
  if (url !== undefined)
    return isWebAddress(url) ? ok(url.replace(/\/+$/, '')) : failed(issue('cli.not-an-address', '--url'));
  const settings = readSettings();
  if (!settings.ok) return settings;
  const { api, stateDirectory } = settings.value;
  return ok(lastAddress(stateDirectory) ?? `http://${api.host}:${api.port}`);
};

/**
 * Signs in with what was given: an API key, or a name with the password on standard input, where no list of processes
 * shows it. `cli.credential-missing`, `cli.not-an-address`, or codes of `signedIn`.
 */
export const connect = async (
  options: ConnectionOptions,
  input: NodeJS.ReadableStream,
): Promise<Result<GatewayClient>> => {
  const address = addressOf(options);
  if (!address.ok) return address;
  const { key, user, passwordStdin } = options;
  if (key !== undefined && user !== undefined) return failed(issue('cli.credential-twice', '--key, --user'));
  if (key !== undefined) return ok(gatewayAt(address.value, { kind: 'key', secret: key }));
  if (user === undefined || passwordStdin !== true)
    return failed(issue('cli.credential-missing', '--key, or --user with --password-stdin'));
  const password = (await text(input)).replace(/\r?\n$/, '');
  return signedIn(address.value, { signIn: user, password });
};
