import { createHash, timingSafeEqual } from 'node:crypto';
import SftpClient from 'ssh2-sftp-client';
import type { InsurerRecord, SendFailure, SftpConnection } from '#libs/application';
import { ConnectFailure, connectFailureOf } from './connect-failure.js';
import { connectGuarded, type ConnectRules } from './guarded-connect.js';
import { SftpFailure, STATUS } from './sftp-failure.js';

type Requests = Awaited<ReturnType<SftpClient['connect']>>;

export interface SessionOptions {
  readonly rules: ConnectRules;
  /** For each single request, in milliseconds; after it the connection is given up. */
  readonly answerTimeoutMs: number;
}

/** One entry of a directory of the insurer's. */
export interface RemoteFile {
  readonly name: string;
  readonly size: number;
  /** In seconds, on the server's clock. */
  readonly modified: number;
}

const FILE_TYPE = 0o170000;
const REGULAR = 0o100000;

const fingerprintIs = (key: Buffer, expected: string): boolean => {
  const found = createHash('sha256').update(key).digest();
  const wanted = Buffer.from(expected.replace(/^SHA256:/, ''), 'base64');
  return found.length === wanted.length && timingSafeEqual(found, wanted);
};

/** ssh2 says at which level it failed; the message is never looked at. */
const levelOf = (error: unknown): unknown => (error instanceof Error && 'level' in error ? error.level : undefined);

const silent = { error: () => undefined, end: () => undefined, close: () => undefined };

/** One connection to an insurer's SFTP server, over which several requests may be under way. */
export class SftpSession {
  private over: SendFailure | undefined;
  private readonly waiting = new Set<(failure: SftpFailure) => void>();

  private constructor(
    private readonly client: SftpClient,
    private readonly requests: Requests,
    private readonly options: SessionOptions,
  ) {
    const end = () => this.end('connection_closed');
    client.on('error', end);
    client.on('end', end);
    client.on('close', end);
    // The channel may end, or say what is no SFTP, while the connection under it stays.
    requests.on('error', end);
    requests.on('end', end);
    requests.on('close', end);
  }

  /** Connects to the registered server, if it has the registered key. Throws `ConnectFailure`; nothing was sent then. */
  static async open(to: InsurerRecord<SftpConnection>, options: SessionOptions): Promise<SftpSession> {
    const { connection, token } = to;
    const { rules } = options;
    const { socket } = await connectGuarded(connection.url, rules, AbortSignal.timeout(rules.connectTimeoutMs));
    const client = new SftpClient('', silent);
    let failure: SendFailure | undefined;
    client.on('error', (error: unknown) => {
      if (levelOf(error) === 'client-authentication') failure ??= 'unauthorized';
      else if (levelOf(error) === 'client-timeout') failure ??= 'connect_timeout';
    });
    try {
      const requests = await client.connect({
        sock: socket,
        username: connection.user,
        ...(connection.authentication === 'password' ? { password: token } : { privateKey: token }),
        readyTimeout: rules.connectTimeoutMs,
        hostVerifier: (key: Buffer) => {
          const known = fingerprintIs(key, connection.hostKey);
          if (!known) failure = 'host_key_changed';
          return known;
        },
      });
      return new SftpSession(client, requests, options);
    } catch (error) {
      socket.on('error', () => undefined).destroy();
      if (failure !== undefined) throw new ConnectFailure(failure);
      const found = connectFailureOf(error).failure;
      throw new ConnectFailure(found === 'unknown_failure' ? 'connection_closed' : found);
    }
  }

  get isOpen(): boolean {
    return this.over === undefined;
  }

  /** Opens a new file for writing; fails where there is one of that name. */
  create(path: string): Promise<Buffer> {
    return this.ask((done) => this.requests.open(path, 'wx', done));
  }

  async write(handle: Buffer, bytes: Buffer, position: number): Promise<void> {
    await this.tell((done) => this.requests.write(handle, bytes, 0, bytes.length, position, done));
  }

  /** Onto the disk, if the server knows how (`fsync@openssh.com`). */
  async sync(handle: Buffer): Promise<void> {
    await this.tell((done) => {
      try {
        this.requests.ext_openssh_fsync(handle, done);
      } catch {
        // ssh2 throws, before it sends anything, where the server did not offer it.
        done();
      }
    });
  }

  async sizeOf(handle: Buffer): Promise<number> {
    const { size } = await this.ask<{ readonly size: number }>((done) => this.requests.fstat(handle, done));
    return size;
  }

  async close(handle: Buffer): Promise<void> {
    await this.tell((done) => this.requests.close(handle, done));
  }

  /** Size in bytes of a file; undefined if there is none of that name. */
  async size(path: string): Promise<number | undefined> {
    return (await this.look(path))?.size;
  }

  async look(path: string): Promise<Omit<RemoteFile, 'name'> | undefined> {
    try {
      const found = await this.ask<{ readonly size: number; readonly mtime: number }>((done) =>
        this.requests.stat(path, done),
      );
      return { size: found.size, modified: found.mtime };
    } catch (error) {
      if (error instanceof SftpFailure && error.status === STATUS.noSuchFile) return undefined;
      throw error;
    }
  }

  /** The plain rename of the protocol, which overwrites nothing. Never `posix-rename@openssh.com`, which does. */
  async rename(from: string, to: string): Promise<void> {
    await this.tell((done) => this.requests.rename(from, to, done));
  }

  async remove(path: string): Promise<void> {
    await this.tell((done) => this.requests.unlink(path, done));
  }

  /** The plain files of a directory. */
  async list(directory: string): Promise<readonly RemoteFile[]> {
    const found = await this.ask<readonly { filename: string; attrs: { mode: number; size: number; mtime: number } }[]>(
      (done) => this.requests.readdir(directory, done),
    );
    return found
      .filter(({ attrs }) => (attrs.mode & FILE_TYPE) === REGULAR)
      .map(({ filename, attrs }) => ({ name: filename, size: attrs.size, modified: attrs.mtime }));
  }

  /** At most so many bytes from the beginning of a file. */
  async read(path: string, most: number): Promise<Buffer> {
    const handle = await this.ask<Buffer>((done) => this.requests.open(path, 'r', done));
    try {
      const chunks: Buffer[] = [];
      let length = 0;
      while (length < most) {
        const chunk = await this.readChunk(handle, length, Math.min(READ_AT_ONCE, most - length));
        if (chunk.length === 0) break;
        chunks.push(chunk);
        length += chunk.length;
      }
      return Buffer.concat(chunks);
    } finally {
      await this.close(handle).catch(() => undefined);
    }
  }

  /** Gives the connection up; whatever waits for an answer fails. */
  end(failure: SendFailure = 'connection_closed'): void {
    if (this.over !== undefined) return;
    this.over = failure;
    for (const fail of this.waiting) fail(new SftpFailure(failure));
    this.waiting.clear();
    this.client.end().catch(() => undefined);
  }

  private async readChunk(handle: Buffer, position: number, length: number): Promise<Buffer> {
    const buffer = Buffer.alloc(length);
    try {
      const count = await this.ask<number>((done) =>
        this.requests.read(handle, buffer, 0, length, position, (error, bytesRead) => done(error, bytesRead)),
      );
      return buffer.subarray(0, count);
    } catch (error) {
      if (error instanceof SftpFailure && error.status === STATUS.endOfFile) return Buffer.alloc(0);
      throw error;
    }
  }

  /** One request whose answer says nothing but that it was carried out. */
  private tell(start: (done: (error?: unknown) => void) => void): Promise<undefined> {
    return this.ask((done) => start((error) => done(error, undefined)));
  }

  /** One request and its answer. Throws `SftpFailure`: with the server's status, or without where none came. */
  private ask<T>(start: (done: (error: unknown, value: T) => void) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.over !== undefined) {
        reject(new SftpFailure(this.over));
        return;
      }
      const timer = setTimeout(() => this.end('response_timeout'), this.options.answerTimeoutMs);
      const settle = () => {
        clearTimeout(timer);
        this.waiting.delete(fail);
      };
      const fail = (failure: SftpFailure) => {
        settle();
        reject(failure);
      };
      this.waiting.add(fail);
      start((error, value) => {
        if (error !== undefined && error !== null) {
          fail(SftpFailure.of(error));
          return;
        }
        settle();
        resolve(value);
      });
    });
  }
}

const READ_AT_ONCE = 32 * 1024;
