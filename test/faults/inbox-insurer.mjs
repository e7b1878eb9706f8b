/** An insurer that comes and fetches. What it fetched goes to its place in the sandbox, whose ledger stays the oracle. */
import { setTimeout as sleep } from 'node:timers/promises';

const COMES_EVERY_MS = 100;

const PLACES = { 'x12-837p': 'claims', 'treatment-report': 'treatment-reports' };

export class InboxInsurer {
  constructor(credentials, desk) {
    Object.assign(this, { credentials, desk, over: false });
  }

  /** `gateway`: gives the address of one that is there. It asks again whatever has become of the last one. */
  comeTo(gateway) {
    this.over = false;
    this.working = this.work(gateway);
  }

  async work(gateway) {
    while (!this.over) {
      await this.round(await gateway()).catch(() => undefined);
      await sleep(COMES_EVERY_MS);
    }
  }

  async round(url) {
    const token = await this.token(url);
    const ask = (path, init = {}) =>
      fetch(`${url}/v1/inbox${path}`, {
        ...init,
        headers: { authorization: `Bearer ${token}`, ...init.headers },
        signal: AbortSignal.timeout(5_000),
      });
    const { rows } = await (await ask('')).json();
    for (const item of rows) {
      if (this.over) return;
      const answer = await ask(`/${item.id}`);
      if (answer.status !== 200) continue;
      await this.bring(item, new Uint8Array(await answer.arrayBuffer()));
      const said = await ask(`/${item.id}/acknowledgement`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      });
      if (said.status !== 200) throw new Error(`not acknowledged: ${said.status}`);
    }
  }

  async token(url) {
    const { id, secret } = this.credentials;
    const answer = await fetch(`${url}/v1/oauth/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
      signal: AbortSignal.timeout(5_000),
    });
    return (await answer.json()).access_token;
  }

  /** By the item it knows what it has had before. */
  async bring({ id, format, mediaType }, body) {
    const answer = await fetch(`${this.desk.url}/${PLACES[format]}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.desk.token}`,
        'content-type': mediaType,
        'idempotency-key': id,
      },
      body,
    });
    if (!answer.ok) throw new Error(`the insurer's own desk said ${answer.status}`);
  }

  async leave() {
    this.over = true;
    await this.working;
  }
}
