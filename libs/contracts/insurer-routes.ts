import { z } from 'zod';
import { connectionSecret, sftp } from './insurer-connection.js';
import { code, date, instant, line } from './scalars.js';

const agreement = z.strictObject({
  /** As it is filed: number or name of the paper. */
  reference: line(80),
  signedOn: date,
  /** The first day on which it is over; open without it. */
  endsOn: date.exactOptional(),
});

const agent = {
  name: line(60),
  agreement,
  /** The insurer's payer id in the clearinghouse's list. */
  payerId: code(80),
  /** The payer id of whoever the clearinghouse takes it to: a carve-out is somebody else. */
  resolvesTo: code(80),
  /** How an ambiguous attempt at the clearinghouse is resolved. */
  resolution: z.enum(['idempotency-key', 'duplicate-detection', 'probe', 'none']),
};

const registered = { receiverId: code(15), production: z.boolean() };

const https = {
  kind: z.literal('https').exactOptional(),
  url: z.url({ protocol: /^https?$/ }).max(500),
  pin: code(100).exactOptional(),
  ...registered,
};

const files = { kind: z.literal('sftp'), ...sftp, ...registered };

/** How an insurer is reached from now on. A clearinghouse is the practice's agent by its agreement, and by nothing else. */
export const recordRoute = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('direct') }),
    z.strictObject({
      kind: z.literal('clearinghouse'),
      ...agent,
      /** `token`: the bearer token, or for files the private key or the password. */
      connection: z.discriminatedUnion('kind', [
        z.strictObject({ ...https, token: code(512) }),
        z.strictObject({ ...files, token: connectionSecret }),
      ]),
    }),
  ])
  .meta({ id: 'RecordRoute' });

/** A route that was recorded, without what opens its door. The newest of an insurer holds. */
export const routeView = z
  .strictObject({
    id: z.uuid(),
    insurer: z.uuid(),
    kind: z.enum(['direct', 'clearinghouse']),
    recordedAt: instant,
    recordedBy: z.string().max(60),
    agent: z
      .strictObject({
        ...agent,
        connection: z.discriminatedUnion('kind', [z.strictObject(https), z.strictObject(files)]),
      })
      .exactOptional(),
  })
  .meta({ id: 'Route' });

export type RecordRoute = z.output<typeof recordRoute>;
export type RouteView = z.input<typeof routeView>;
