import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { failed, issue, ok, type Result } from '#libs/kernel';
import type { ProcessMark } from './processes.js';

/** What is kept beside the data directory, readable by its owner only. */
export interface ServerState {
  /** Names this database among others on the machine; hexadecimal. */
  readonly instance: string;
  /** Where the data really is, which may be outside the project. */
  readonly dataDirectory: string;
  readonly superuserPassword: string;
  readonly ownerPassword: string;
  /** The last port, taken again if it is free. 0 before the first start. */
  readonly port: number;
  /** The process that stops the server when it ends. */
  readonly owner?: ProcessMark;
}

/** The files beside a data directory `<directory>`. */
export const besides = (dataDirectory: string) => ({
  state: `${dataDirectory}.json`,
  log: `${dataDirectory}.log`,
  lock: `${dataDirectory}.lock`,
});

const secret = (): string => randomBytes(24).toString('hex');

export const newState = (): ServerState => ({
  instance: randomBytes(8).toString('hex'),
  dataDirectory: '',
  superuserPassword: secret(),
  ownerPassword: secret(),
  port: 0,
});

export const withoutOwner = (state: ServerState): ServerState => ({
  instance: state.instance,
  dataDirectory: state.dataDirectory,
  superuserPassword: state.superuserPassword,
  ownerPassword: state.ownerPassword,
  port: state.port,
});

const isMark = (value: unknown): value is ProcessMark =>
  typeof value === 'object' &&
  value !== null &&
  'pid' in value &&
  Number.isSafeInteger(value.pid) &&
  'started' in value &&
  typeof value.started === 'string';

const isState = (value: unknown): value is ServerState => {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  const secrets = ['instance', 'superuserPassword', 'ownerPassword'].map((name) => fields.get(name));
  const owner = fields.get('owner');
  return (
    secrets.every((text) => typeof text === 'string' && /^[0-9a-f]{16,}$/.test(text)) &&
    typeof fields.get('dataDirectory') === 'string' &&
    Number.isSafeInteger(fields.get('port')) &&
    (owner === undefined || isMark(owner))
  );
};

/**
 * `undefined`: there is none. `embedded.state-unreadable`: it is another user’s or damaged; the
 * passwords in it cannot be made again, so nothing is guessed.
 */
export const readState = async (file: string): Promise<Result<ServerState | undefined>> => {
  const entry = await stat(file).catch(() => undefined);
  if (entry === undefined) return ok(undefined);
  try {
    const state: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (isState(state)) return ok(state);
  } catch {
    // The issue below says all there is to say.
  }
  return failed(issue('embedded.state-unreadable', file));
};

/** Replaces the file as one step, so that a crash leaves the old one or the new one. */
export const writeState = async (file: string, state: ServerState): Promise<void> => {
  const next = `${file}.${secret().slice(0, 8)}`;
  try {
    await writeFile(next, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600, flag: 'wx', flush: true });
    await rename(next, file);
  } finally {
    await rm(next, { force: true });
  }
};
