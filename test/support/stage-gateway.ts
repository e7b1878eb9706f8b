import type { AddressInfo } from 'node:net';
import { hashPassword, newSecret } from '#libs/access';
import type { Role } from '#libs/contracts';
import type { Clock, StaffId } from '#libs/kernel';
import { systemClock, systemIds } from '#libs/settings';
import { Health, type Log } from '#libs/telemetry';
import { createApp } from '../../apps/api/create-app.js';
import type { UseCases } from '../../apps/api/use-cases.js';
import { createUseCases } from '../../apps/api/wiring/create-use-cases.js';
import { type Stage, valueOf } from './stage.js';

/** The password of everybody who works in the practice of a stage. */
export const PASSWORD = 'an-invented-password';

/** Whoever works there, by the name with which they sign in. */
export const PEOPLE = {
  bills: { name: 'Invented Biller', roles: ['billing'] },
  keeps: { name: 'Invented Keeper', roles: ['privacy-officer'] },
  treats: { name: 'Invented Clinician', roles: ['clinician'] },
  runs: { name: 'Invented Administrator', roles: ['administrator'] },
  watches: { name: 'Invented Watcher', roles: ['operator'] },
  audits: { name: 'Invented Auditor', roles: ['auditor'] },
} as const satisfies Record<string, { readonly name: string; readonly roles: readonly Role[] }>;

export type Person = keyof typeof PEOPLE;

/** Gives the practice of a stage its people. */
export const employ = async ({ services, context, clinicians }: Stage): Promise<void> => {
  const passwordHash = valueOf(await hashPassword(PASSWORD));
  await services.store.inPractice(context, async ({ practice }) => {
    for (const [signIn, { name, roles }] of Object.entries(PEOPLE))
      await practice.addStaff({
        ...{ id: systemIds.uuid() as StaffId, signIn, name, roles, passwordHash },
        ...(signIn === 'treats' ? { clinician: clinicians.oregon } : {}),
      });
  });
};

interface GatewayOptions {
  readonly useCases?: UseCases;
  readonly consoleDirectory?: string;
  readonly clock?: Clock;
  readonly log?: Log;
  /** As over TLS. */
  readonly secureCookies?: boolean;
  readonly trustedProxies?: readonly string[];
}

/** The real gateway before the parts of a stage; not listening yet. */
export const gatewayOf = (stage: Stage, options: GatewayOptions = {}) =>
  createApp({
    useCases: options.useCases ?? createUseCases(stage.services, { allowLoopback: true }),
    directory: stage.opened.directory,
    clock: options.clock ?? systemClock,
    ids: systemIds,
    log: options.log ?? { write: () => undefined },
    metrics: {
      count: () => undefined,
      set: () => undefined,
      observe: () => undefined,
      text: () => Promise.resolve(''),
      contentType: 'text/plain',
    },
    health: new Health({}),
    trustedProxies: options.trustedProxies ?? [],
    isLocal: false,
    secureCookies: options.secureCookies ?? false,
    ...(options.consoleDirectory === undefined ? {} : { consoleDirectory: options.consoleDirectory }),
  });

export type StageGateway = Awaited<ReturnType<typeof gatewayOf>>;

/** Listens on a free port of the loopback, and says where. */
export const listen = async (app: StageGateway): Promise<string> => {
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
};

/** The cookie of somebody who has just signed in. */
export const sessionOf = async (url: string, person: Person): Promise<string> => {
  const answer = await fetch(`${url}/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'sluice-request': '1' },
    body: JSON.stringify({ signIn: person, password: PASSWORD }),
  });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0];
  if (cookie === undefined) throw new Error(`not signed in: ${answer.status}`);
  return cookie;
};

/** A key for a program, in force for an hour. */
export const keyOf = async (stage: Stage, role: Role): Promise<string> => {
  const { secret, digest } = newSecret('api-key');
  await stage.opened.directory.putCredential({
    ...{ digest, kind: 'api-key', practice: stage.practice, subject: `key:${systemIds.uuid()}` },
    ...{ label: 'Practice system', roles: [role], expiresAt: systemClock.now() + 3_600_000 },
  });
  return secret;
};
