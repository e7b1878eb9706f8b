import { createPrivateKey, X509Certificate } from 'node:crypto';
import { failed, type InsurerId, issue, ok, type Result, unreachable } from '#libs/kernel';
import type { InsurerConnection } from '../ports/connection.js';
import type { InsurerRecord, LaneRecord } from '../ports/records.js';
import type { PracticeContext, Transaction } from '../ports/store.js';

export interface InsurerAndLane {
  readonly insurer: InsurerRecord;
  readonly lane: LaneRecord;
}

const found = async (transaction: Transaction, id: InsurerId): Promise<Result<InsurerAndLane>> => {
  const insurer = (await transaction.practice.insurers([id])).get(id);
  const lane = (await transaction.lanes.ofInsurers([id])).get(id);
  return insurer === undefined || lane === undefined ? failed(issue('not_found', '')) : ok({ insurer, lane });
};

const keyOf = (text: string) => {
  try {
    return createPrivateKey(text);
  } catch {
    return undefined;
  }
};

const certificateOf = (text: string) => {
  try {
    return new X509Certificate(text);
  } catch {
    return undefined;
  }
};

const authorityOf = ({ certificateAuthority }: { readonly certificateAuthority?: string }): Result<void> =>
  certificateAuthority === undefined || certificateOf(certificateAuthority) !== undefined
    ? ok(undefined)
    : failed(issue('certificate_unreadable', '/certificateAuthority'));

/** Whether secret and certificates are what the kind needs, and belong together. Says where it is wrong, never what. */
const fits = (connection: InsurerConnection, secret: string): Result<void> => {
  switch (connection.kind) {
    case undefined:
    case 'https':
      return authorityOf(connection);
    case 'https-oauth2': {
      const authority = authorityOf(connection);
      if (!authority.ok || connection.token.authentication === 'client-secret') return authority;
      const type = keyOf(secret)?.asymmetricKeyType;
      return type === 'rsa' || type === 'ec' ? ok(undefined) : failed(issue('key_unreadable', '/secret'));
    }
    case 'https-mtls': {
      const authority = authorityOf(connection);
      if (!authority.ok) return authority;
      const certificate = certificateOf(connection.clientCertificate);
      if (certificate === undefined) return failed(issue('certificate_unreadable', '/clientCertificate'));
      const key = keyOf(secret);
      if (key === undefined) return failed(issue('key_unreadable', '/secret'));
      return certificate.checkPrivateKey(key) ? ok(undefined) : failed(issue('key_of_another_certificate', '/secret'));
    }
    case 'sftp':
      // OpenSSH's own format is read by the SSH client alone.
      return connection.authentication === 'password' || /^-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(secret)
        ? ok(undefined)
        : failed(issue('key_unreadable', '/secret'));
    case 'inbox':
      return ok(undefined);
    default:
      return unreachable(connection);
  }
};

/**
 * Registers how an insurer is spoken to from now on. The secret comes with it every time: one that was recorded for one
 * address never goes to another. What is under way ends as it began. A lane that was stopped stays so.
 */
export const changeConnectionIn = async (
  transaction: Transaction,
  request: {
    readonly context: PracticeContext;
    readonly id: InsurerId;
    readonly connection: InsurerConnection;
    readonly secret: string;
  },
): Promise<Result<InsurerAndLane>> => {
  const { context, id, connection, secret } = request;
  const there = await found(transaction, id);
  if (!there.ok) return there;
  const fitting = fits(connection, secret);
  if (!fitting.ok) return fitting;
  await transaction.practice.changeConnection(id, { connection, token: secret });
  transaction.ledger.record({
    kind: 'settings-changed',
    actor: context.actor,
    insurer: id,
    codes: ['connection_changed'],
  });
  return ok({ lane: there.value.lane, insurer: { ...there.value.insurer, connection, token: secret } });
};

/** A person has found out why the insurer was not the one that was registered. `state_conflict` unless the lane is stopped. */
export const clearLaneIn = async (
  transaction: Transaction,
  request: { readonly context: PracticeContext; readonly id: InsurerId },
): Promise<Result<InsurerAndLane>> => {
  const { context, id } = request;
  const there = await found(transaction, id);
  if (!there.ok) return there;
  const { insurer, lane } = there.value;
  if (!(await transaction.lanes.clear(lane.id))) return failed(issue('state_conflict', ''));
  transaction.ledger.record({ kind: 'settings-changed', actor: context.actor, insurer: id, codes: ['lane_cleared'] });
  return ok({ insurer, lane: { ...lane, breaker: 'closed', openUntil: 0, failures: 0, slow: false } });
};
