import { once } from 'node:events';
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { programOver } from '../program.js';

/** An id of the tests that ends in a number. */
export const uuid = (number: number): string => `6f3f6a50-6d2c-4a50-9f4e-${String(number).padStart(12, '0')}`;
export const AT = '2026-11-20T12:00:00Z';

export const disclosure = (id: string, change: object = {}) => ({
  ...{ id, document: uuid(1), client: { id: uuid(2), code: 'TL-1', name: 'Invented Client' } },
  ...{ insurer: { id: uuid(3), name: 'Harbor' }, format: 'x12-837p', purpose: 'HPAYMT', state: 'sent', status: 'paid' },
  ...{ nextStep: 'Nothing to do; it is paid.', createdAt: AT, updatedAt: AT, version: 1 },
  ...change,
});

export const detail = (id: string, change: object = {}) => ({
  ...disclosure(id, change),
  ...{ options: { useMarkers: false, excludedLines: [] }, attempts: 0, answers: [], timeline: [] },
});

export const release = (id: string, change: object = {}) => ({
  ...{ id, client: uuid(2), revision: 1, status: 'draft', granted: [], missing: [], warnings: [], signatures: [] },
  terms: {
    ...{ purposes: [], grants: [], preset: 'claim-basic', validFrom: '2026-01-01', validUntil: '2027-01-01' },
    ...{ statements: [], blanket: false, parentConsentedToTreatment: 'unknown' },
  },
  createdAt: AT,
  ...change,
});

export const insurer = (change: object = {}) => ({
  ...{ id: uuid(3), name: 'Harbor', class: 'insurer', payerId: 'HRBM1' },
  profile: { id: 'harbor-mutual', version: '1' },
  ...{ formats: ['x12-837p'], permittedChannels: [], production: false, participation: 'A' },
  ...{ connection: { kind: 'https' }, lane: { breaker: 'closed', slow: false }, routes: [] },
  ...change,
});

export const accepted = (state = 'ready') => ({
  document: uuid(1),
  disclosures: [
    { id: uuid(90), insurer: uuid(3), format: 'x12-837p', purpose: 'HPAYMT', state, nextStep: 'Nothing to do.' },
  ],
  warnings: [],
});

type Answer = readonly [status: number, body: unknown, type?: string];

/** A gateway that answers by a table, and remembers what it was asked. */
export class FakeGateway {
  readonly asked: { readonly what: string; readonly body: string; readonly key: string | undefined }[] = [];
  answers: Readonly<Record<string, Answer>> = {};
  private url = '';
  private readonly server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      const what = `${request.method ?? ''} ${request.url ?? ''}`;
      const key = request.headers['idempotency-key'];
      this.asked.push({ what, body, key: typeof key === 'string' ? key : undefined });
      const problem = { type: '/problems/not_found', title: 'No.', status: 404, code: 'not_found', issues: [] };
      const none: Answer = [404, { ...problem, correlation: uuid(7) }];
      const [status, answer, type = 'application/json'] = this.answers[what] ?? none;
      response.writeHead(status, { 'content-type': type });
      response.end(answer === undefined ? undefined : type === 'application/json' ? JSON.stringify(answer) : answer);
    });
  });

  async open(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    const address = this.server.address();
    this.url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** The bodies that were sent to one route, as JSON. */
  sentTo(what: string): readonly unknown[] {
    return this.asked.filter((one) => one.what === what).map(({ body }) => JSON.parse(body) as unknown);
  }

  /** Runs a command against it, as a program with a key. */
  async sluice(...args: readonly string[]) {
    const shown: string[] = [];
    const said: string[] = [];
    const codes: number[] = [];
    const program = programOver({
      screen: {
        say: (line) => void said.push(line),
        count: () => undefined,
        show: (line) => void shown.push(line),
        columns: undefined,
      },
      input: Readable.from([]),
      over: new AbortController().signal,
      exit: (code) => void codes.push(code),
    });
    await program.parseAsync(['node', 'sluice', ...args, '--url', this.url, '--key', 'slk_invented']);
    return { shown, said, code: codes.at(-1) };
  }
}
