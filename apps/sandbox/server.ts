import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Clock, IdSource } from '#libs/kernel';
import { Clearinghouse } from './clearinghouse.js';
import { ClearinghouseDoor } from './clearinghouse-door.js';
import { ClearinghouseFiles } from './clearinghouse-files.js';
import { ControlDoor } from './control-door.js';
import { Insurer } from './insurer.js';
import { InsurerDoor } from './insurer-door.js';
import { type ClearinghouseConfiguration, type InsurerConfiguration, insurersFileSchema } from './insurer-profile.js';
import { Ledger } from './ledger.js';
import { refusal, send } from './reply.js';
import { randomIds, systemClock } from './system-sources.js';

const MOST_CONNECTIONS = 2000;
const REQUEST_TIMEOUT_MS = 120_000;

export interface SandboxOptions {
  /** 0 takes a free port. */
  readonly port?: number;
  readonly host?: string;
  /** The append-only file; it is made if it is not there, and read again if it is. */
  readonly ledgerFile: string;
  readonly controlToken: string;
  readonly insurers: readonly InsurerConfiguration[];
  readonly clearinghouses?: readonly ClearinghouseConfiguration[];
  /** PEM; without it the sandbox speaks plain HTTP. */
  readonly tls?: { readonly key: string | Buffer; readonly cert: string | Buffer };
  readonly clock?: Clock;
  readonly ids?: IdSource;
}

export interface Sandbox {
  readonly url: string;
  readonly port: number;
  /** Also told by `GET /control/health`. */
  readonly instance: string;
  /** Ends every connection and closes the ledger. */
  close(): Promise<void>;
}

const segmentsOf = (url: URL): readonly string[] | undefined => {
  try {
    return url.pathname.slice(1).split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
};

class Reception {
  constructor(
    private readonly doors: ReadonlyMap<string, InsurerDoor>,
    private readonly clearinghouses: ReadonlyMap<string, ClearinghouseDoor>,
    private readonly control: ControlDoor,
  ) {}

  async welcome(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = request.url ?? '';
    const url =
      target.startsWith('/') && URL.canParse(target, 'http://sandbox') ? new URL(target, 'http://sandbox') : undefined;
    const segments = url === undefined ? undefined : segmentsOf(url);
    if (url === undefined || segments === undefined) {
      send(response, refusal(400, 'target'));
      return;
    }
    const [first, ...rest] = segments;
    const houses = first === 'insurers' ? this.doors : first === 'clearinghouses' ? this.clearinghouses : undefined;
    const door = houses?.get(rest[0] ?? '');
    if (first === 'control') await this.control.open({ request, response, url, path: rest });
    else if (door === undefined) send(response, refusal(404, 'not-found'));
    else await door.open({ request, response, url, path: rest.slice(1) });
  }
}

const listen = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      server.off('error', reject);
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });

/** A failed write to the ledger, and any defect, ends one exchange with 500 and never the process. */
const guarded =
  (reception: Reception) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    reception.welcome(request, response).catch(() => {
      if (response.headersSent) request.socket.destroy();
      else send(response, { ...refusal(500, 'internal'), headers: { connection: 'close' } });
    });
  };

/** Opens the insurers. Rejects if the configuration is wrong, the ledger is damaged or the port is taken. */
export const startSandbox = async (options: SandboxOptions): Promise<Sandbox> => {
  const { insurers, clearinghouses } = insurersFileSchema.parse({
    controlToken: options.controlToken,
    insurers: options.insurers,
    clearinghouses: options.clearinghouses ?? [],
  });
  const [clock, ids] = [options.clock ?? systemClock, options.ids ?? randomIds];
  const instance = ids.uuid();
  const ledger = Ledger.open(options.ledgerFile);
  const doors = new Map(
    insurers.map((profile) => [
      profile.id,
      new InsurerDoor(new Insurer(profile, { ledger, clock, ids, clearinghouses })),
    ]),
  );
  const behind = { ledger, insurers: new Map([...doors].map(([id, { insurer }]) => [id, insurer])) };
  const houses = clearinghouses.map((profile) => new Clearinghouse(profile, behind));
  const houseDoors = new Map(houses.map((house) => [house.profile.id, new ClearinghouseDoor(house)]));
  const handle = guarded(
    new Reception(doors, houseDoors, new ControlDoor({ token: options.controlToken, instance, ledger, doors })),
  );
  const server = options.tls === undefined ? createHttpServer(handle) : createHttpsServer({ ...options.tls }, handle);
  server.maxConnections = MOST_CONNECTIONS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.on('clientError', (_error, socket) => socket.destroy());
  const host = options.host ?? '127.0.0.1';
  const port = await listen(server, options.port ?? 0, host).catch((failure: unknown) => {
    ledger.close();
    throw failure;
  });
  const url = `${options.tls === undefined ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const files: ClearinghouseFiles[] = [];
  for (const house of houses) {
    const { files: asked } = house.profile;
    if (asked !== undefined) files.push(await ClearinghouseFiles.open(house, asked, { host, httpUrl: url }));
  }
  return {
    url,
    port,
    instance,
    close: async () => {
      for (const one of files) await one.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      ledger.close();
    },
  };
};
