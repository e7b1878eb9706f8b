import { createHash } from 'node:crypto';
import { unreachable } from '#libs/kernel';
import type { InsurerConnection } from '../ports/connection.js';

/** Secrets, certificates and pins may change meanwhile; where it goes, to whom, and as what may not. */
const placeOf = (connection: InsurerConnection): readonly unknown[] => {
  switch (connection.kind) {
    case undefined:
    case 'https':
    case 'https-oauth2':
    case 'https-mtls':
      return ['https', connection.url];
    case 'sftp':
      return ['sftp', connection.url, connection.user, connection.inbound, connection.suffix ?? ''];
    case 'inbox':
      return ['inbox'];
    default:
      return unreachable(connection);
  }
};

/**
 * Whom sealed bytes were made for: SHA-256, hex, of the place they go to, the receiver they name and whether they are a
 * test. What was sealed for one is nothing to another: its envelope says somebody else, a repetition is not recognised,
 * and a probe finds nothing.
 */
export const addresseeOf = ({ connection }: { readonly connection: InsurerConnection }): string =>
  createHash('sha256')
    .update(JSON.stringify([...placeOf(connection), connection.receiverId, connection.production]))
    .digest('hex');
