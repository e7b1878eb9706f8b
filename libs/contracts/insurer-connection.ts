import { z } from 'zod';
import { code, line } from './scalars.js';

export const CONNECTION_KINDS = ['https', 'https-oauth2', 'https-mtls', 'sftp', 'inbox'] as const;

const registered = {
  receiverId: code(80),
  production: z.boolean(),
  participation: z.enum(['A', 'B', 'C']).exactOptional(),
};

const pem = z
  .string()
  .min(1)
  .max(20_000)
  .regex(/^-----BEGIN CERTIFICATE-----[\x20-\x7e\r\n]*$/);

/** Without user, query or fragment; where it may lead is decided when it is connected to. */
const webAddress = z
  .string()
  .min(1)
  .max(500)
  .regex(/^https?:\/\/[^\s@?#]+$/);

/** SHA-256 in base64. */
const pin = z
  .string()
  .length(44)
  .regex(/^[A-Za-z0-9+/]{43}=$/);

const service = { url: webAddress, pin: pin.exactOptional(), certificateAuthority: pem.exactOptional() };

/** A secret may be a private key in PEM, and so have lines. */
export const connectionSecret = z
  .string()
  .min(1)
  .max(20_000)
  .regex(/^[\x20-\x7e\r\n]*$/);

/** What goes into a header as it is. */
const bearer = z
  .string()
  .min(1)
  .max(4_000)
  .regex(/^[\x21-\x7e]*$/);

/** A directory of the insurer’s server; never one above. */
const directory = z
  .string()
  .min(1)
  .max(300)
  .regex(/^(?!(?:.*\/)?\.\.(?:\/|$))[\x21-\x7e]*$/);

/** Files on an SSH server of whoever takes them. */
export const sftp = {
  url: z
    .string()
    .min(1)
    .max(300)
    .regex(/^sftp:\/\/[A-Za-z0-9.:[\]-]+\/?$/),
  /** SHA-256 of the host key, as `ssh-keygen -l` shows it; the insurer says it by another way than this connection. */
  hostKey: z
    .string()
    .length(50)
    .regex(/^SHA256:[A-Za-z0-9+/]{43}$/),
  user: code(100),
  authentication: z.enum(['private-key', 'password']),
  inbound: directory,
  /** The insurer said that it leaves what it has picked up where it was: then it can be asked what never arrived. */
  keeps: z.boolean().exactOptional(),
  suffix: z
    .string()
    .min(2)
    .max(11)
    .regex(/^\.[A-Za-z0-9]{1,10}$/)
    .exactOptional(),
  outbound: z.strictObject({ directory, archive: directory.exactOptional() }).exactOptional(),
};

/** How an insurer is spoken to, with its one secret: bearer token, client secret, private key or password. */
export const changeConnection = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('https'), ...registered, ...service, secret: bearer }),
    z.strictObject({
      kind: z.literal('https-oauth2'),
      ...registered,
      ...service,
      token: z.strictObject({
        ...service,
        clientId: code(300),
        authentication: z.enum(['client-secret', 'private-key-jwt']),
        keyId: code(200).exactOptional(),
        scope: line(500).exactOptional(),
      }),
      secret: connectionSecret,
    }),
    z.strictObject({
      kind: z.literal('https-mtls'),
      ...registered,
      ...service,
      certificateAuthority: pem,
      clientCertificate: pem,
      secret: connectionSecret,
    }),
    z.strictObject({ kind: z.literal('sftp'), ...registered, ...sftp, secret: connectionSecret }),
    // The insurer comes to us, by credentials of its own: there is no secret of ours.
    z.strictObject({ kind: z.literal('inbox'), ...registered }),
  ])
  .meta({ id: 'ChangeConnection' });

export type ChangeConnection = z.output<typeof changeConnection>;
