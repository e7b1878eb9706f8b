import type { SendFailure } from '#libs/application';

/** Status codes of the protocol, version 3 (draft-ietf-secsh-filexfer-02 §7). */
export const STATUS = {
  endOfFile: 1,
  noSuchFile: 2,
  permissionDenied: 3,
  failure: 4,
  unsupported: 8,
} as const;

/** What a server says about itself instead of an answer: connection gone, or none (§7). It proves nothing. */
const ABOUT_CONNECTION: ReadonlySet<number> = new Set([6, 7]);

/** A request that failed. With a status the server said so; without one, nobody knows whether it was carried out. */
export class SftpFailure extends Error {
  override readonly name = 'SftpFailure';

  constructor(
    readonly failure: SendFailure,
    readonly status?: number,
  ) {
    super(failure);
  }

  /** By ssh2's code, which is the server's status; what the server wrote beside it is not looked at. */
  static of(error: unknown): SftpFailure {
    if (error instanceof SftpFailure) return error;
    const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
    if (typeof code !== 'number' || ABOUT_CONNECTION.has(code)) return new SftpFailure('connection_closed');
    return new SftpFailure(failureOf(code), code);
  }
}

const failureOf = (status: number): SendFailure => {
  switch (status) {
    case STATUS.permissionDenied:
      return 'permission_denied';
    case STATUS.noSuchFile:
      return 'directory_missing';
    case STATUS.unsupported:
      return 'rejected';
    default:
      // Above all `SSH_FX_FAILURE`: no space, quota, a name that is taken, and whatever else went wrong there.
      return 'unavailable';
  }
};
