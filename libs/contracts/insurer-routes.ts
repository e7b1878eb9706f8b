import { z } from 'zod';
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

const connection = {
  url: z.url({ protocol: /^https?$/ }).max(500),
  pin: code(100).exactOptional(),
  receiverId: code(15),
  production: z.boolean(),
};

/** How an insurer is reached from now on. A clearinghouse is the practice's agent by its agreement, and by nothing else. */
export const recordRoute = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('direct') }),
    z.strictObject({
      kind: z.literal('clearinghouse'),
      ...agent,
      connection: z.strictObject({ ...connection, token: code(512) }),
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
    agent: z.strictObject({ ...agent, connection: z.strictObject(connection) }).exactOptional(),
  })
  .meta({ id: 'Route' });

export type RecordRoute = z.output<typeof recordRoute>;
export type RouteView = z.input<typeof routeView>;
