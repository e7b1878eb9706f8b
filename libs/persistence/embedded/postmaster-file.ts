import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a running server writes into its data directory (`postmaster.pid`, one item a line). */
export interface PostmasterFile {
  readonly pid: number;
  /** 0 while the server has not come that far. */
  readonly port: number;
  /** `starting`, `ready`, `stopping`, `standby`, or empty. */
  readonly status: string;
}

export const postmasterPath = (dataDirectory: string): string => join(dataDirectory, 'postmaster.pid');

export const parsePostmasterFile = (text: string): PostmasterFile | undefined => {
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  const port = Number(lines[3] ?? '');
  return { pid, port: Number.isSafeInteger(port) ? port : 0, status: lines[7] ?? '' };
};

export const readPostmasterFile = async (dataDirectory: string): Promise<PostmasterFile | undefined> =>
  parsePostmasterFile(await readFile(postmasterPath(dataDirectory), 'utf8').catch(() => ''));
