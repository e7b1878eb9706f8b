import { fault } from '#fault';
import type { SendFailure, SendOutcome } from '#libs/application';
import { ConnectFailure } from './connect-failure.js';
import { SftpFailure, STATUS } from './sftp-failure.js';
import type { SftpSession } from './sftp-session.js';

/** Names in the insurer's directory. */
export interface RemoteNames {
  /** Under which the insurer picks it up. */
  readonly final: string;
  /** While it is written; another one for each attempt, so that no attempt can rename what another one writes. */
  readonly temporary: string;
}

export interface Upload {
  readonly names: RemoteNames;
  readonly bytes: Buffer;
  /** Asked once, with a session at hand, directly before anything is created. */
  readonly mayStart: () => boolean;
  /** Asked once, directly before the rename: false when the attempt has taken so long that somebody else may be at it. */
  readonly mayFinish: () => boolean;
}

type OnSession = <T>(work: (session: SftpSession) => Promise<T>) => Promise<T>;

/** The largest write that every server takes (draft-ietf-secsh-filexfer-02 §3: at least 32768 bytes of data). */
const WRITE_AT_ONCE = 32 * 1024;

const failureOf = (error: unknown): { readonly code: SendFailure; readonly status?: number } => {
  if (error instanceof ConnectFailure) return { code: error.failure };
  if (error instanceof SftpFailure)
    return { code: error.failure, ...(error.status === undefined ? {} : { status: error.status }) };
  return { code: 'unknown_failure' };
};

const LASTING: ReadonlySet<number | undefined> = new Set([
  STATUS.permissionDenied,
  STATUS.noSuchFile,
  STATUS.unsupported,
]);

/** Nothing was renamed, so nothing is there under the name that the insurer looks for. */
const beforeRename = (error: unknown): SendOutcome => {
  const { code, status } = failureOf(error);
  return LASTING.has(status) && status !== undefined ? { kind: 'refused', code, status } : { kind: 'not-sent', code };
};

const tidy = (session: SftpSession, { temporary }: RemoteNames): Promise<void> =>
  session.remove(temporary).catch(() => undefined);

const write = async (session: SftpSession, { names, bytes }: Upload): Promise<number> => {
  const handle = await session.create(names.temporary);
  await fault('K19');
  // Two writes at least, so that there is a middle to be stopped in.
  const most = Math.min(WRITE_AT_ONCE, Math.max(1, Math.ceil(bytes.length / 2)));
  for (let position = 0; position < bytes.length; position += most) {
    await session.write(handle, bytes.subarray(position, position + most), position);
    if (position === 0) await fault('K20');
  }
  await session.sync(handle);
  const size = await session.sizeOf(handle);
  await session.close(handle);
  await fault('K21');
  return size;
};

/**
 * Puts a file into the insurer's directory so that it is there whole or not at all: under another name first, exclusively
 * created, written, onto the disk, its size checked, and then renamed by the rename that overwrites nothing.
 */
export const upload = async (onSession: OnSession, file: Upload): Promise<SendOutcome> => {
  const rename = { issued: false };
  try {
    return await onSession(async (session): Promise<SendOutcome> => {
      if (!file.mayStart()) return { kind: 'not-sent', code: 'permit_expired' };
      try {
        const size = await write(session, file);
        if (size !== file.bytes.length) {
          await tidy(session, file.names);
          return { kind: 'refused', code: 'size_mismatch' };
        }
        if (!file.mayFinish()) {
          await tidy(session, file.names);
          return { kind: 'not-sent', code: 'response_timeout' };
        }
      } catch (error) {
        if (session.isOpen) await tidy(session, file.names);
        return beforeRename(error);
      }
      rename.issued = true;
      await session.rename(file.names.temporary, file.names.final);
      await fault('K22');
      return confirmed(session, file);
    });
  } catch (error) {
    return rename.issued ? afterRename(onSession, file, error) : notStarted(error);
  }
};

const notStarted = (error: unknown): SendOutcome => {
  const { code } = failureOf(error);
  return code === 'egress_denied' || code === 'unauthorized' ? { kind: 'refused', code } : { kind: 'not-sent', code };
};

/**
 * The server has said that it renamed, and that is what proves it: the insurer may have taken the file before anybody
 * looked, and a look that fails takes nothing back. Only another size under the name is something else than was sent.
 */
const confirmed = async (session: SftpSession, file: Upload): Promise<SendOutcome> => {
  const size = await session.size(file.names.final).catch(() => undefined);
  return size === undefined || size === file.bytes.length
    ? { kind: 'accepted', status: 0 }
    : { kind: 'ambiguous', code: 'size_mismatch' };
};

/** The rename was not acknowledged. What is there now decides; where nobody can look, it stays ambiguous. */
const afterRename = async (onSession: OnSession, file: Upload, error: unknown): Promise<SendOutcome> => {
  const { code, status } = failureOf(error);
  try {
    return await onSession(async (session): Promise<SendOutcome> => {
      const found = await whereIs(session, file.names);
      switch (found.kind) {
        case 'withdrawn':
          return status === STATUS.permissionDenied ? { kind: 'refused', code, status } : { kind: 'not-sent', code };
        case 'gone':
          return { kind: 'ambiguous', code };
        case 'there':
          if (found.size === file.bytes.length) {
            await tidy(session, file.names);
            return { kind: 'accepted', status: 0 };
          }
          await tidy(session, file.names);
          return status === undefined
            ? { kind: 'ambiguous', code: 'size_mismatch' }
            : { kind: 'refused', code: 'target_exists', status };
      }
    });
  } catch {
    return { kind: 'ambiguous', code };
  }
};

export type Whereabouts =
  | { readonly kind: 'there'; readonly size: number }
  /** It was still under its temporary name, and is not any more: no rename of that attempt can succeed from now on. */
  | { readonly kind: 'withdrawn' }
  /** Neither: taken by the insurer, or never written. */
  | { readonly kind: 'gone' };

/**
 * What became of an attempt. That a temporary file is there proves little, because a rename may still be on its way; that
 * it could be removed proves that none will succeed. Throws `SftpFailure` where it cannot be found out.
 */
export const whereIs = async (session: SftpSession, { final, temporary }: RemoteNames): Promise<Whereabouts> => {
  const size = await session.size(final);
  if (size !== undefined) return { kind: 'there', size };
  try {
    await session.remove(temporary);
    return { kind: 'withdrawn' };
  } catch (error) {
    if (!(error instanceof SftpFailure) || error.status !== STATUS.noSuchFile) throw error;
  }
  // Renamed between the two looks.
  const after = await session.size(final);
  return after === undefined ? { kind: 'gone' } : { kind: 'there', size: after };
};
