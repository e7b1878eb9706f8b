import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InsurerConfiguration } from './insurer-profile.js';
import { type Sandbox, type SandboxOptions, startSandbox } from './server.js';

/** What a test needs to play the practice against a sandbox: a client, and a folder that goes away. */
export const TOKEN = 'acme-invented-token';
export const CONTROL = 'control-invented-token';

export const acme: InsurerConfiguration = { id: 'acme', name: 'ACME MUTUAL HEALTH', payerId: 'ACM01', token: TOKEN };

export interface Collected {
  readonly id: string;
  readonly mediaType: string;
  readonly body: string;
}

const asCollected = (value: unknown): readonly Collected[] => {
  const { answers } = value as { answers: readonly Collected[] };
  return answers.map((answer) => ({ ...answer, body: Buffer.from(answer.body, 'base64').toString('latin1') }));
};

export class PracticeClient {
  private keys = 0;

  constructor(
    readonly sandbox: Sandbox,
    private readonly insurer = 'acme',
  ) {}

  request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${TOKEN}`, ...(init.headers as Record<string, string> | undefined) };
    return fetch(`${this.sandbox.url}/insurers/${this.insurer}${path}`, { redirect: 'manual', ...init, headers });
  }

  claims(body: string | Uint8Array<ArrayBuffer>, key = `key-${++this.keys}`): Promise<Response> {
    const headers = { 'content-type': 'application/edi-x12', 'idempotency-key': key };
    return this.request('/claims', { method: 'POST', headers, body });
  }

  document(path: string, value: unknown, key = `key-${++this.keys}`): Promise<Response> {
    const headers = { 'content-type': 'application/json', 'idempotency-key': key };
    return this.request(path, { method: 'POST', headers, body: JSON.stringify(value) });
  }

  async answers(query = ''): Promise<readonly Collected[]> {
    return asCollected(await (await this.request(`/answers${query}`)).json());
  }

  async control(path: string, behaviour?: unknown): Promise<Response> {
    return fetch(`${this.sandbox.url}/control${path}`, {
      headers: { authorization: `Bearer ${CONTROL}` },
      ...(behaviour === undefined ? {} : { method: 'PUT', body: JSON.stringify(behaviour) }),
    });
  }

  async behave(behaviour: unknown): Promise<void> {
    const response = await this.control(`/insurers/${this.insurer}/behaviour`, behaviour);
    if (response.status !== 200) throw new Error(`behaviour was answered ${response.status}`);
  }

  async totals(): Promise<{ doubled: number; received: number; adjudicated: number }> {
    const judged = (await (await this.control('/judgement')).json()) as {
      totals: { doubled: number; received: number; adjudicated: number };
    };
    return judged.totals;
  }
}

/** Sandboxes and folders of one test file, all gone at the end. */
export class PracticeGround {
  private readonly folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  private readonly open = new Set<Sandbox>();
  private files = 0;

  newLedger(): string {
    return join(this.folder, `ledger-${++this.files}.jsonl`);
  }

  async start(options: Partial<SandboxOptions> = {}): Promise<PracticeClient> {
    const sandbox = await startSandbox({
      ledgerFile: options.ledgerFile ?? this.newLedger(),
      controlToken: CONTROL,
      insurers: [acme],
      ...options,
    });
    this.open.add(sandbox);
    return new PracticeClient(sandbox);
  }

  async stop(client: PracticeClient): Promise<void> {
    this.open.delete(client.sandbox);
    await client.sandbox.close();
  }

  async clear(): Promise<void> {
    for (const sandbox of this.open) await sandbox.close();
    this.open.clear();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
