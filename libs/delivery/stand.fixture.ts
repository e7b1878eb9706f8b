import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InsurerRecord, Transport } from '#libs/application';

/** How an insurer can be, whatever it speaks. */
export const MANNERS = [
  'accepts',
  'refuses',
  'unreachable',
  'takes it and says nothing',
  'breaks off',
  'talks nonsense',
  'has no room',
  'lets nobody in',
  'is somebody else',
] as const;
export type Manner = (typeof MANNERS)[number];

/** An insurer to try a transport against. Every way out brings one to the suite in transports.test.ts. */
export interface Stand {
  readonly transport: Transport;
  readonly insurer: InsurerRecord;
  /** Between both: cuts connections. */
  readonly wire: Wire;
  behave(manner: Manner): Promise<void>;
  /** Whole payloads that the insurer has in hands, in order; half a payload is there as it is. */
  received(): Promise<readonly Buffer[]>;
  /** Leaves an answer for the practice. */
  leaveAnswer(bytes: Buffer): Promise<void>;
  /** As much as a transport waits before it believes that an answer is whole. */
  settle(): Promise<void>;
  /** Begins anew with nothing received. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export interface Cut {
  /** Whose bytes are counted. */
  readonly from: 'client' | 'server';
  readonly after: number;
  /** Whether later connections go through, or are cut at once. */
  readonly then: 'works' | 'dark';
}

/** A TCP proxy that lets so many bytes of one side through, then closes both, as a network does. */
export class Wire {
  passed = { client: 0, server: 0 };
  connections = 0;
  private cut: Cut | undefined;
  private isDark = false;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly target: () => number) {}

  static async open(target: () => number): Promise<Wire & { readonly port: number }> {
    const wire = new Wire(target);
    const server = createServer((outer) => wire.join(outer));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return Object.assign(wire, {
      port: (server.address() as AddressInfo).port,
      close: async () => {
        await wire.breakAll();
        await new Promise((resolve) => server.close(resolve));
      },
    });
  }

  close: () => Promise<void> = () => Promise.resolve();

  arm(cut: Cut | undefined): void {
    this.cut = cut;
    this.isDark = false;
    this.passed = { client: 0, server: 0 };
  }

  /** Connections that are open now. */
  get open(): number {
    return this.sockets.size / 2;
  }

  /** Resolves when both sides know it. */
  async breakAll(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await sleep(10);
  }

  private join(outer: Socket): void {
    if (this.isDark) {
      outer.destroy();
      return;
    }
    this.connections += 1;
    const inner = connect({ host: '127.0.0.1', port: this.target() });
    const end = () => {
      outer.destroy();
      inner.destroy();
    };
    for (const socket of [outer, inner]) {
      this.sockets.add(socket);
      socket
        .on('error', () => undefined)
        .on('close', () => {
          this.sockets.delete(socket);
          end();
        });
    }
    const pass = (side: 'client' | 'server', to: Socket) => (chunk: Buffer) => {
      const before = this.passed[side];
      this.passed[side] += chunk.length;
      const { cut } = this;
      if (cut?.from !== side || this.passed[side] < cut.after) {
        to.write(chunk);
        return;
      }
      this.cut = undefined;
      this.isDark = cut.then === 'dark';
      // What is let through arrives before the end of the connection does.
      to.write(chunk.subarray(0, Math.max(0, cut.after - before)), end);
    };
    outer.on('data', pass('client', inner));
    inner.on('data', pass('server', outer));
  }
}
