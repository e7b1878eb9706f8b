import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Clearinghouse } from './clearinghouse.js';
import { ClearinghouseDirectory } from './clearinghouse-directory.js';
import { type FileServer, startFileServer } from './file-server.js';

/** How a clearinghouse takes files; without a port nobody but this machine brings any. */
export interface FilesProfile {
  readonly directory: string;
  /** Of its SFTP server; 0 takes a free one. */
  readonly port?: number | undefined;
}

/** A clearinghouse with a directory to leave files in, and where the machine has OpenSSH, an SFTP server over it. */
export class ClearinghouseFiles {
  private constructor(
    private readonly watched: ClearinghouseDirectory,
    readonly server: FileServer | undefined,
  ) {}

  static async open(
    house: Clearinghouse,
    files: FilesProfile,
    at: { readonly host: string; readonly httpUrl: string },
  ): Promise<ClearinghouseFiles> {
    const directory = resolve(files.directory);
    mkdirSync(directory, { recursive: true });
    const port = files.port === 0 ? portBefore(directory) : files.port;
    const server = port === undefined ? undefined : await startFileServer(directory, { host: at.host, port });
    const watched = new ClearinghouseDirectory(house, directory, server?.owner);
    if (files.port !== undefined) handOver(house, { directory, server, httpUrl: at.httpUrl });
    return new ClearinghouseFiles(watched, server);
  }

  async close(): Promise<void> {
    this.watched.close();
    await this.server?.close();
  }
}

/** A practice that has recorded the address finds the server there again; any port where nobody was told one. */
const portBefore = (directory: string): number => {
  try {
    const told: unknown = JSON.parse(readFileSync(join(directory, HANDED), 'utf8'));
    const { url } = told as { readonly url: string };
    return Number(new URL(url).port);
  } catch {
    return 0;
  }
};

const HANDED = 'connection.json';

/** What a practice is told in order to reach the clearinghouse: `connection.json`, and its secret in a file beside it. */
const handOver = (
  { profile }: Clearinghouse,
  of: { readonly directory: string; readonly server: FileServer | undefined; readonly httpUrl: string },
): void => {
  const { directory, server, httpUrl } = of;
  const secret = join(directory, 'secret');
  const registered = { receiverId: profile.receiverId, production: false };
  const connection =
    server === undefined
      ? { url: `${httpUrl}/clearinghouses/${profile.id}`, ...registered }
      : {
          ...{ kind: 'sftp', url: `sftp://${server.host}:${server.port}`, hostKey: server.hostKey, user: server.user },
          ...{ authentication: 'private-key', inbound: join(directory, 'in'), suffix: '.x12' },
          outbound: { directory: join(directory, 'out') },
          ...registered,
        };
  if (server === undefined) writeFileSync(secret, profile.token, { mode: 0o600 });
  else copyFileSync(server.keyFile, secret);
  writeFileSync(join(directory, HANDED), `${JSON.stringify(connection, null, 2)}\n`);
};
