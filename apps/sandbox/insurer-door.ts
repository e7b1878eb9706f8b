import type { IncomingMessage, ServerResponse } from 'node:http';
import { readCursor, writeCursor } from './answers-cursor.js';
import type { Behaviour } from './behaviour.js';
import type { Insurer, Reception } from './insurer.js';
import type { SubmissionPath } from './ledger-row.js';
import { Pulling } from './pulling.js';
import { carriesToken, jsonReply, nonsense, refusal, type Reply, send, sendDripping, sendLater } from './reply.js';
import { readBody } from './request-body.js';

const LONGEST_KEY = 64;
const LONGEST_REFERENCE = 100;
const MOST_ANSWERS = 100;

const accepts: Readonly<Record<SubmissionPath, readonly string[]>> = {
  claims: ['application/edi-x12'],
  'treatment-reports': ['application/json', 'application/pdf'],
  statements: ['application/json', 'application/pdf'],
};

const isSubmissionPath = (name: string): name is SubmissionPath => Object.hasOwn(accepts, name);

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  /** What stands behind the insurer's id, decoded. */
  readonly path: readonly string[];
}

const header = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const closing = (reply: Reply): Reply => ({ ...reply, headers: { connection: 'close' } });

const receiptOf = ({ outcome, receipt }: Reception): Reply => {
  switch (outcome) {
    case 'taken':
    case 'same-interchange':
    case 'incomplete':
      return jsonReply(202, { receipt, duplicate: false });
    case 'same-key':
      return jsonReply(202, { receipt, duplicate: true });
    case 'key-reused':
      return refusal(422, 'idempotency-key-reused');
    case 'malformed':
      return refusal(400, 'malformed');
  }
};

/** The HTTP side of one insurer: its doors, and the ways in which they fail. */
export class InsurerDoor {
  private submissions = 0;

  readonly pulling: Pulling;

  constructor(readonly insurer: Insurer) {
    this.pulling = new Pulling(insurer);
  }

  get behaviour(): Behaviour {
    return this.insurer.behaviour;
  }

  behave(behaviour: Behaviour): void {
    this.insurer.behaviour = behaviour;
    this.submissions = 0;
  }

  async open(exchange: Exchange): Promise<void> {
    const { request, response } = exchange;
    if (this.turnsAway(exchange)) return;
    if (!carriesToken(request, this.insurer.profile.token)) {
      send(response, { ...refusal(401, 'unauthorized'), headers: { 'www-authenticate': 'Bearer' } });
      return;
    }
    if (request.method === 'GET') this.deliver(exchange, this.read(exchange));
    else if (request.method === 'POST') await this.submit(exchange);
    else send(response, refusal(405, 'method-not-allowed'));
  }

  private concerns(exchange: Exchange, scope: 'everything' | 'submissions'): boolean {
    return scope === 'everything' || exchange.request.method === 'POST';
  }

  /** An insurer that is down or moved does not look at who is there, and takes nothing in. */
  private turnsAway(exchange: Exchange): boolean {
    const { behaviour } = this;
    const { request, response } = exchange;
    if (behaviour.mode === 'down' && this.concerns(exchange, behaviour.scope)) {
      if (behaviour.refuse) request.socket.destroy();
      else send(response, closing(refusal(503, 'unavailable')));
      return true;
    }
    if (behaviour.mode === 'redirect' && this.concerns(exchange, behaviour.scope)) {
      const headers = { location: exchange.url.pathname + exchange.url.search, connection: 'close' };
      send(response, { ...refusal(302, 'moved'), headers });
      return true;
    }
    return false;
  }

  private async submit(exchange: Exchange): Promise<void> {
    const { request, response } = exchange;
    const [name = '', ...more] = exchange.path;
    if (more.length > 0 || !isSubmissionPath(name)) {
      send(response, refusal(404, 'not-found'));
      return;
    }
    const mediaType = (header(request, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
    const refused = this.refuseHeaders(request, accepts[name].includes(mediaType));
    if (refused !== undefined) {
      send(response, closing(refused));
      return;
    }
    const body = await readBody(request);
    if (body.kind === 'too-large') send(response, closing(refusal(413, 'too-large')));
    else if (body.bytes.length === 0) send(response, refusal(400, 'empty'));
    else {
      const complete = body.kind === 'whole';
      const idempotencyKey = header(request, 'idempotency-key');
      const reference = header(request, 'sluice-reference');
      const reception = this.insurer.receive({
        ...{ path: name, mediaType, body: body.bytes, complete },
        ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
        ...(reference === undefined ? {} : { reference }),
      });
      if (complete) this.deliver(exchange, receiptOf(reception));
    }
  }

  private refuseHeaders(request: IncomingMessage, knownType: boolean): Reply | undefined {
    if (!knownType || header(request, 'content-encoding') !== undefined) return refusal(415, 'media-type');
    const key = header(request, 'idempotency-key');
    if (key !== undefined && key.length > LONGEST_KEY) return refusal(400, 'idempotency-key-too-long');
    if ((header(request, 'sluice-reference') ?? '').length > LONGEST_REFERENCE)
      return refusal(400, 'reference-too-long');
    const needed = this.insurer.profile.capabilities.idempotencyKey;
    return key === undefined && needed ? refusal(400, 'idempotency-key-missing') : undefined;
  }

  private read(exchange: Exchange): Reply {
    const [name, key, ...more] = exchange.path;
    if (name === 'answers' && key === undefined) return this.collect(exchange.url.searchParams);
    if (name === 'transmissions' && key !== undefined && more.length === 0) return this.probe(key);
    return refusal(404, 'not-found');
  }

  private probe(key: string): Reply {
    if (!this.insurer.profile.capabilities.probe) return refusal(501, 'probe-not-offered');
    const known = this.insurer.transmission(key);
    return known === undefined
      ? jsonReply(404, { known: false })
      : jsonReply(200, { known: true, sha256: known.sha256 });
  }

  private collect(query: URLSearchParams): Reply {
    const { id } = this.insurer.profile;
    const limit = query.get('limit') ?? String(MOST_ANSWERS);
    if (!/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > MOST_ANSWERS) return refusal(400, 'limit');
    const place = readCursor(id, query.get('after') ?? '');
    const collected = place === undefined ? undefined : this.insurer.collect(place, Number(limit));
    if (place === undefined || collected === undefined) return refusal(400, 'cursor');
    const answers = collected.map((answer) => ({
      id: answer.id,
      mediaType: answer.mediaType,
      body: answer.body.toString('base64'),
    }));
    return jsonReply(200, { answers, next: writeCursor(id, place + answers.length) });
  }

  /** The last step, at which a failing insurer fails: everything is on disk, and the reply may still not arrive. */
  private deliver(exchange: Exchange, reply: Reply): void {
    const { behaviour } = this;
    const { request, response } = exchange;
    const submission = request.method === 'POST';
    if (submission) this.submissions++;
    switch (behaviour.mode) {
      case 'silent':
        if (!this.concerns(exchange, behaviour.scope)) send(response, reply);
        return;
      case 'lossy':
        if (submission && this.submissions % behaviour.every === 0) request.socket.destroy();
        else send(response, reply);
        return;
      case 'slow':
        if (!this.concerns(exchange, behaviour.scope)) send(response, reply);
        else if (behaviour.dripMs === undefined) sendLater(response, reply, behaviour.delayMs);
        else sendDripping(response, reply, behaviour.dripMs);
        return;
      case 'nonsense': {
        const garbles = behaviour.of === 'both' ? exchange.path[0] !== 'answers' : behaviour.of === 'responses';
        send(response, garbles ? nonsense : reply);
        return;
      }
      case 'answers':
      case 'deaf':
      case 'deny':
      case 'over-asking':
      case 'down':
      case 'redirect':
        send(response, reply);
    }
  }
}
