import type { ConnectionChecker } from '#libs/application';
import { checkSftp } from './check-sftp.js';
import { checkWeb } from './check-web.js';
import type { HttpsTransportOptions } from './https-transport.js';

/** Opens connections by the rules by which anything is sent, behind the same egress guard, and sends nothing. */
export const createConnectionCheck = (options: HttpsTransportOptions): ConnectionChecker => {
  const { clock, ids, monotonic, timeouts, allowLoopback, privateNetworks, resolve } = options;
  const checking = {
    ...{ clock, ids, monotonic },
    rules: {
      allowLoopback,
      connectTimeoutMs: timeouts?.connect ?? 5_000,
      ...(privateNetworks === undefined ? {} : { privateNetworks }),
      ...(resolve === undefined ? {} : { resolve }),
    },
    answerTimeoutMs: timeouts?.headers ?? 15_000,
  };
  return ({ connection, ...insurer }) => {
    // Nothing is connected to where the insurer comes to us.
    if (connection.kind === 'inbox') return Promise.resolve([]);
    return connection.kind === 'sftp'
      ? checkSftp({ ...insurer, connection }, checking)
      : checkWeb({ ...insurer, connection }, checking);
  };
};
