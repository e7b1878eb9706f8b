import type { InsurerRecord, SftpConnection, Transport, WebConnection } from '#libs/application';
import { unreachable } from '#libs/kernel';
import { createHttpsTransport, type HttpsTransportOptions } from './https-transport.js';
import { createSftpTransport } from './sftp-transport.js';

export interface ClosingTransport extends Transport {
  /** Breaks what is under way. */
  close(): Promise<void>;
}

type Over =
  | { readonly kind: 'sftp'; readonly to: InsurerRecord<SftpConnection> }
  | { readonly kind: 'https'; readonly to: InsurerRecord<WebConnection> }
  | { readonly kind: 'inbox' };

const over = ({ connection, ...insurer }: InsurerRecord): Over => {
  if (connection.kind === 'inbox') return { kind: 'inbox' };
  return connection.kind === 'sftp'
    ? { kind: 'sftp', to: { ...insurer, connection } }
    : { kind: 'https', to: { ...insurer, connection } };
};

/** Every way out that a connection can name, as one. */
export const createTransport = (options: HttpsTransportOptions): ClosingTransport => {
  const https = createHttpsTransport(options);
  const sftp = createSftpTransport(options);
  return {
    send: (sealed, permit, insurer) => {
      const way = over(insurer);
      switch (way.kind) {
        case 'https':
          return https.send(sealed, permit, way.to);
        case 'sftp':
          return sftp.send(sealed, permit, way.to);
        case 'inbox':
          // Nobody is connected to: what waits there goes when it is fetched.
          return Promise.resolve({ kind: 'not-sent', code: 'unavailable' });
        default:
          return unreachable(way);
      }
    },
    probe: (idempotencyKey, insurer, attempt) => {
      const way = over(insurer);
      switch (way.kind) {
        case 'https':
          return https.probe(idempotencyKey, way.to);
        case 'sftp':
          return sftp.probe(idempotencyKey, way.to, attempt);
        case 'inbox':
          return Promise.resolve({ kind: 'unsupported' });
        default:
          return unreachable(way);
      }
    },
    answers: (cursor, insurer) => {
      const way = over(insurer);
      switch (way.kind) {
        case 'https':
          return https.answers(cursor, way.to);
        case 'sftp':
          return sftp.answers(way.to);
        case 'inbox':
          return Promise.resolve({ kind: 'read', answers: [], next: cursor });
        default:
          return unreachable(way);
      }
    },
    close: async () => {
      await Promise.all([https.close(), sftp.close()]);
    },
  };
};
