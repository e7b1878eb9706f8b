import { createHash, timingSafeEqual } from 'node:crypto';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { SendFailure, WebService } from '#libs/application';
import type { buildConnector } from 'undici';
import { ConnectFailure, connectFailureOf } from './connect-failure.js';
import {
  canonicalAddress,
  type Destination,
  type EgressRules,
  mayConnectTo,
  resolveDestination,
} from './egress-guard.js';

/** A service, and who we are to it where a certificate says so. */
export interface Counterpart extends WebService {
  /** Both PEM. */
  readonly identity?: { readonly certificate: string; readonly key: string };
}

export interface ConnectRules extends EgressRules {
  /** Name, connection and handshake together, in milliseconds. */
  readonly connectTimeoutMs: number;
}

/** SHA-256 over the SubjectPublicKeyInfo of the server's certificate, as in RFC 7469 §2.4. */
const keyDigest = (socket: TLSSocket): Buffer | undefined => {
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return undefined;
  return createHash('sha256')
    .update(certificate.publicKey.export({ type: 'spki', format: 'der' }))
    .digest();
};

const carriesPin = (socket: TLSSocket, pin: string): boolean => {
  const expected = Buffer.from(pin, 'base64');
  const found = keyDigest(socket);
  return found !== undefined && expected.length === found.length && timingSafeEqual(expected, found);
};

/** The socket once an event says that it is ready; the failure otherwise. Destroys a socket that failed. */
const once = <T extends Socket>(socket: T, ready: 'connect' | 'secureConnect', signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const settle = (failure: ConnectFailure | undefined) => {
      socket.off('error', onError).off('close', onClose).off(ready, onReady);
      signal.removeEventListener('abort', onAbort);
      if (failure === undefined) {
        resolve(socket);
        return;
      }
      socket.on('error', () => undefined).destroy();
      reject(failure);
    };
    const onReady = () => settle(undefined);
    const onClose = () => settle(new ConnectFailure('connection_closed'));
    const onAbort = () => settle(new ConnectFailure('connect_timeout'));
    const onError = (error: unknown) =>
      settle(ready === 'connect' ? connectFailureOf(error) : handshakeFailureOf(error));
    socket.on('error', onError).on('close', onClose).on(ready, onReady);
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
  });

/** In the handshake everything but a lost connection is the certificate's or the protocol's fault. */
const handshakeFailureOf = (error: unknown): ConnectFailure => {
  const found = connectFailureOf(error);
  return found.failure === 'unknown_failure' ? new ConnectFailure('tls_failed') : found;
};

const connectAny = async (destination: Destination, signal: AbortSignal): Promise<Socket> => {
  let last: SendFailure = 'unavailable';
  for (const host of destination.addresses) {
    try {
      return await once(
        connectTcp({ host, port: destination.port, noDelay: true, keepAlive: true }),
        'connect',
        signal,
      );
    } catch (error) {
      last = connectFailureOf(error).failure;
      if (signal.aborted) break;
    }
  }
  throw new ConnectFailure(last);
};

export const secure = async (
  socket: Socket,
  at: { readonly host: string; readonly connection: Counterpart; readonly signal: AbortSignal },
) => {
  const { certificateAuthority, pin, identity } = at.connection;
  const wrapped = connectTls({
    socket,
    ...(isIP(at.host) === 0 ? { servername: at.host } : {}),
    // Node checks the certificate against this name, also where it is an address and no server name can be sent.
    host: at.host,
    ALPNProtocols: ['http/1.1'],
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
    ...(certificateAuthority === undefined ? {} : { ca: certificateAuthority }),
    ...(identity === undefined ? {} : { cert: identity.certificate, key: identity.key }),
  });
  const encrypted = await once(wrapped, 'secureConnect', at.signal);
  if (pin !== undefined && !carriesPin(encrypted, pin)) {
    encrypted.on('error', () => undefined).destroy();
    throw new ConnectFailure('tls_pin_mismatch');
  }
  return encrypted;
};

/** A connection to a registered address, at one of the addresses that were checked and no other. Throws `ConnectFailure`. */
export const connectGuarded = async (
  url: string,
  rules: EgressRules,
  signal: AbortSignal,
): Promise<{ readonly socket: Socket; readonly destination: Destination }> => {
  const destination = await within(resolveDestination(url, rules), signal);
  if (!destination.ok) {
    throw new ConnectFailure(
      destination.issues[0]?.code === 'name_not_resolved' ? 'name_not_resolved' : 'egress_denied',
    );
  }
  const socket = await connectAny(destination.value, signal);
  const reached = canonicalAddress(socket.remoteAddress ?? '');
  if (reached === undefined || !destination.value.addresses.includes(reached) || !mayConnectTo(reached, rules)) {
    socket.on('error', () => undefined).destroy();
    throw new ConnectFailure('egress_denied');
  }
  return { socket, destination: destination.value };
};

const open = async (connection: Counterpart, rules: ConnectRules): Promise<Socket> => {
  const signal = AbortSignal.timeout(rules.connectTimeoutMs);
  const { socket, destination } = await connectGuarded(connection.url, rules, signal);
  return destination.protocol === 'http:' ? socket : secure(socket, { host: destination.host, connection, signal });
};

const within = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new ConnectFailure('connect_timeout')), { once: true });
    work.then(resolve, reject);
  });

/**
 * Connects for undici: to the registered host and checked addresses only, with the certificate and the pin verified
 * before a byte of any request. Whatever host undici names is not looked at.
 */
export const guardedConnector =
  (connection: Counterpart, rules: ConnectRules): buildConnector.connector =>
  (_options, callback) => {
    open(connection, rules).then(
      (socket) => callback(null, socket),
      (error: unknown) => callback(connectFailureOf(error), null),
    );
  };
