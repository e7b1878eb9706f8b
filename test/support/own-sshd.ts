import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SshdProcess, sshdMissing } from './sshd-process.mjs';

/** In CI the server is installed: a suite that cannot run there has failed. */
export const mustHaveSshd = (): void => {
  if (sshdMissing !== undefined && process.env['CI'] === 'true') throw new Error(sshdMissing);
};

/** A real OpenSSH server, in a directory of its own that goes with it. */
export const startSshd = async (options: { readonly gated?: boolean } = {}): Promise<SshdProcess> =>
  SshdProcess.start(await mkdtemp(join(tmpdir(), 'sluice-sshd-')), options);
