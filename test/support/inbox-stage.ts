import type { PullServices, SendingServices } from '#libs/application';
import type { DisclosureId } from '#libs/kernel';
import { createUseCases } from '../../apps/api/wiring/create-use-cases.js';
import { CONTROL, type Played, Stage } from './stage.js';
import { employ, gatewayOf, listen, sessionOf, type StageGateway } from './stage-gateway.js';

export interface Credentials {
  readonly id: string;
  readonly secret: string;
}

export interface Listed {
  readonly id: string;
  readonly format: string;
  readonly digest: string;
  readonly size: number;
  readonly attempt: number;
  readonly arrivedAt: string;
}

/** The stage behind the real gateway, with insurers that fetch. */
export class InboxStage {
  readonly log: object[] = [];

  private constructor(
    readonly stage: Stage,
    readonly app: StageGateway,
    readonly url: string,
    private readonly administrator: Record<string, string>,
  ) {}

  /** `change`: what is otherwise about the services of the gateway. */
  static async open(
    pulling: readonly Played[],
    change: Partial<PullServices> = {},
    timing: Partial<SendingServices['timing']> = { answerTimeoutMs: 3_600_000 },
  ): Promise<InboxStage> {
    const stage = await Stage.open({ timing });
    const log: object[] = [];
    const app = await gatewayOf(stage, {
      useCases: createUseCases({ ...stage.services, ...change }),
      log: { write: (event) => void log.push(event) },
    });
    const url = await listen(app);
    await employ(stage);
    const secret = await sessionOf(url, 'runs');
    const headers = { cookie: secret, 'sluice-request': '1', 'content-type': 'application/json' };
    const made = new InboxStage(stage, app, url, headers);
    made.log.push(...log);
    for (const id of pulling) await made.connect(id);
    return made;
  }

  asAdministrator(method: string, path: string, body?: object): Promise<Response> {
    const { 'content-type': type, ...rest } = this.administrator;
    const headers = body === undefined ? rest : { ...rest, 'content-type': type ?? '' };
    return fetch(`${this.url}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  }

  async connect(insurer: Played): Promise<void> {
    const { id, profile } = this.stage.insurer(insurer);
    const connection = { kind: 'inbox', receiverId: profile.payerId, production: false };
    const answer = await this.asAdministrator('PUT', `/v1/insurers/${id}/connection`, connection);
    if (answer.status !== 200) throw new Error(`not connected: ${answer.status}`);
  }

  async credentials(insurer: Played): Promise<Credentials> {
    const path = `/v1/insurers/${this.stage.insurer(insurer).id}/inbox-credentials`;
    const answer = await this.asAdministrator('POST', path, { label: 'Claims system', days: 30 });
    if (answer.status !== 201) throw new Error(`no credentials: ${answer.status}`);
    return (await answer.json()) as Credentials;
  }

  askToken(body: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.url}/v1/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body,
    });
  }

  async token(insurer: Played): Promise<string> {
    const { id, secret } = await this.credentials(insurer);
    const answer = await this.askToken(`grant_type=client_credentials&client_id=${id}&client_secret=${secret}`);
    return ((await answer.json()) as { access_token: string }).access_token;
  }

  ask(token: string, path = '', init: RequestInit = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string> | undefined) };
    return fetch(`${this.url}/v1/inbox${path}`, { ...init, headers });
  }

  say(token: string, path: string, body: object): Promise<Response> {
    const headers = { 'content-type': 'application/json' };
    return this.ask(token, path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  async list(token: string): Promise<readonly Listed[]> {
    return ((await (await this.ask(token)).json()) as { rows: Listed[] }).rows;
  }

  /** A claim of a client of its own with a release, put into the inbox by the worker. */
  async offer(insurer: Played): Promise<{
    readonly disclosure: DisclosureId;
    readonly release: string;
    readonly client: Awaited<ReturnType<Stage['client']>>['client'];
  }> {
    const party = await this.stage.client(insurer);
    const release = await this.stage.release(party.client, insurer);
    const { disclosure } = await this.stage.submit(this.stage.invoice(party));
    await this.stage.dispatch(disclosure);
    return { disclosure, release: release.id, client: party.client };
  }

  /** Lets the sandbox's insurer come once. */
  async pull(insurer: Played, { id, secret }: Credentials, forgetful = false): Promise<object> {
    const answer = await fetch(`${this.stage.sandbox.url}/control/insurers/${insurer}/pull`, {
      method: 'POST',
      headers: { authorization: `Bearer ${CONTROL}`, 'content-type': 'application/json' },
      body: JSON.stringify({ url: this.url, clientId: id, clientSecret: secret, forgetful }),
    });
    return (await answer.json()) as object;
  }

  async ledgerOf(disclosure: DisclosureId): Promise<readonly { readonly kind: string; readonly actor: string }[]> {
    const page = await this.stage.services.store.inPractice(this.stage.context, ({ ledger }) =>
      ledger.page({}, { limit: 100 }),
    );
    return page.rows
      .map(({ entry }) => entry)
      .filter((entry) => entry.disclosure === disclosure)
      .reverse();
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.stage.close();
  }
}
