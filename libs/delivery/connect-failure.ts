import type { SendFailure } from '#libs/application';

/** Why no connection came about. Nothing was written on it. */
export class ConnectFailure extends Error {
  override readonly name = 'ConnectFailure';

  constructor(readonly failure: SendFailure) {
    super(failure);
  }
}

const codeOf = (error: unknown): string => {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
};

/** Node's and OpenSSL's codes, as far as they name a cause; the message is never looked at. */
export const connectFailureOf = (error: unknown): ConnectFailure => {
  if (error instanceof ConnectFailure) return error;
  const code = codeOf(error);
  if (code === 'ECONNREFUSED') return new ConnectFailure('connection_refused');
  if (code === 'ETIMEDOUT') return new ConnectFailure('connect_timeout');
  if (code === 'ECONNRESET' || code === 'EPIPE') return new ConnectFailure('connection_closed');
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH' || code === 'EADDRNOTAVAIL')
    return new ConnectFailure('unavailable');
  return new ConnectFailure('unknown_failure');
};
