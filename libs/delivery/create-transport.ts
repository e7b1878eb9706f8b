import type { InsurerRecord, SftpConnection, Transport, WebConnection } from '#libs/application';
import { createHttpsTransport, type HttpsTransportOptions } from './https-transport.js';
import { createSftpTransport } from './sftp-transport.js';

export interface ClosingTransport extends Transport {
  /** Breaks what is under way. */
  close(): Promise<void>;
}

type Over =
  | { readonly sftp: InsurerRecord<SftpConnection> }
  | { readonly sftp?: never; readonly https: InsurerRecord<WebConnection> };

const over = ({ connection, ...insurer }: InsurerRecord): Over =>
  connection.kind === 'sftp' ? { sftp: { ...insurer, connection } } : { https: { ...insurer, connection } };

/** Every way out that a connection can name, as one. */
export const createTransport = (options: HttpsTransportOptions): ClosingTransport => {
  const https = createHttpsTransport(options);
  const sftp = createSftpTransport(options);
  return {
    send: (sealed, permit, insurer) => {
      const to = over(insurer);
      return to.sftp ? sftp.send(sealed, permit, to.sftp) : https.send(sealed, permit, to.https);
    },
    probe: (idempotencyKey, insurer, attempt) => {
      const to = over(insurer);
      return to.sftp ? sftp.probe(idempotencyKey, to.sftp, attempt) : https.probe(idempotencyKey, to.https);
    },
    answers: (cursor, insurer) => {
      const to = over(insurer);
      return to.sftp ? sftp.answers(to.sftp) : https.answers(cursor, to.https);
    },
    close: async () => {
      await Promise.all([https.close(), sftp.close()]);
    },
  };
};
