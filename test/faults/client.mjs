/** The practice's own system: sends documents in over HTTP, keeps asking until each is answered, and writes down every answer. */
import { setTimeout as sleep } from 'node:timers/promises';
import { hasStruck } from './fault-log.mjs';

const WAVE = 3;
const PATIENCE = 60_000;
const LATER = new Set([409, 429, 500, 502, 503, 504]);

/** The gateway, started again whenever it has died of its fault. */
class Door {
  static async open(batch, fault) {
    const door = new Door(batch);
    door.apis = [await (fault === undefined ? batch.standingApi() : batch.startApi({ fault }))];
    return door;
  }

  constructor(batch) {
    this.batch = batch;
  }

  get api() {
    return this.apis.at(-1);
  }

  /** Concurrent callers start one. */
  async again() {
    const dead = this.api;
    if (dead.isRunning) return;
    if (!hasStruck(dead)) throw new Error(`the gateway ended by itself: ${dead.said.slice(-2_000)}`);
    this.starting ??= this.batch
      .standingApi()
      .then((api) => this.apis.push(api))
      .finally(() => (this.starting = undefined));
    await this.starting;
  }

  async post({ key, path, body }) {
    try {
      const answer = await fetch(`${this.api.url}${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': key,
          'sluice-request': '1',
          cookie: this.batch.cookie,
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(40_000),
      });
      return { status: answer.status, body: await answer.json() };
    } catch {
      return undefined;
    }
  }
}

/** Waits until whoever died has come back. */
const later = async (door) => {
  await sleep(100);
  await door.again();
};

/** An id that changes is an acceptance that was taken back. */
const note = (document, disclosure) => {
  document.answer ??= { disclosure };
  if (document.answer.disclosure !== disclosure) document.contradicted = true;
};

const submit = async (door, document) => {
  const deadline = performance.now() + PATIENCE;
  for (;;) {
    const answer = await door.post(document);
    if (answer?.status === 202) {
      const [{ id: disclosure }] = answer.body.disclosures;
      note(document, disclosure);
      return;
    }
    if ((answer !== undefined && !LATER.has(answer.status)) || performance.now() > deadline) {
      document.refused = `${answer?.status ?? 'no answer'} ${answer?.body.code ?? ''}`;
      return;
    }
    await later(door);
  }
};

/** Invoices in one body, again and again until each of them is answered. */
const submitBatch = async (door, { key, documents }) => {
  const deadline = performance.now() + PATIENCE;
  const body = { items: documents.map(({ key: own, body: invoice }) => ({ key: own, invoice })) };
  for (;;) {
    const answer = await door.post({ key, path: '/v1/invoices/bulk', body });
    const results = answer?.status === 202 ? answer.body.results : [];
    for (const [index, { accepted }] of results.entries())
      if (accepted !== undefined) note(documents[index], accepted.disclosures[0].id);
    const open = documents.filter((one) => one.answer === undefined);
    const refused = results.find(({ problem }) => problem !== undefined && !LATER.has(problem.status));
    if (results.length > 0 && open.length === 0) return;
    if (refused !== undefined || performance.now() > deadline) {
      for (const one of open) one.refused = `${answer?.status ?? 'no answer'} ${refused?.problem.code ?? ''}`;
      return;
    }
    await later(door);
  }
};

/** Every document until it is answered, and then every one a second time under its key. Gives the gateways that it took. */
export const submitAll = async (batch, documents, { fault, bulk = false } = {}) => {
  const door = await Door.open(batch, fault);
  const key = `batch-${documents[0].key}`;
  const together = bulk ? documents.filter(({ path }) => path === '/v1/invoices') : [];
  const alone = documents.filter((one) => !together.includes(one));
  for (const round of [alone, alone]) {
    if (together.length > 0) await submitBatch(door, { key, documents: together });
    for (let from = 0; from < round.length; from += WAVE) {
      await Promise.all(round.slice(from, from + WAVE).map((document) => submit(door, document)));
      await sleep(30);
    }
  }
  // A fault that never came about goes with its process.
  if (door.api !== batch.api) await door.api.stop();
  return door.apis;
};
