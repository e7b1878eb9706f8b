import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline, Transform } from 'node:stream';
import { behaviourSchema } from './behaviour.js';
import type { Exchange, InsurerDoor } from './insurer-door.js';
import { judge } from './judgement.js';
import type { Indexed, Ledger } from './ledger.js';
import { carriesToken, jsonReply, refusal, type Reply, send } from './reply.js';
import { inboxSchema } from './pulling.js';
import { readBody } from './request-body.js';

const [NEWLINE, COMMA] = [0x0a, 0x2c];

export interface ControlOptions {
  readonly token: string;
  /** Random, one for each start: a caller learns whether the server is the one that it started. */
  readonly instance: string;
  readonly ledger: Ledger;
  readonly doors: ReadonlyMap<string, InsurerDoor>;
}

const describe = (entry: Indexed): Readonly<Record<string, unknown>> => ({
  sha256: entry.sha256,
  length: entry.length,
  idempotencyKey: entry.idempotencyKey ?? null,
  receivedAt: entry.at,
  mediaType: entry.mediaType,
  path: entry.path,
  outcome: entry.outcome,
});

const parse = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
};

/** The side on which whoever runs the sandbox stands: sets behaviour, and reads what was received and done. */
export class ControlDoor {
  constructor(private readonly options: ControlOptions) {}

  async open(exchange: Exchange): Promise<void> {
    const { request, response, path } = exchange;
    if (!carriesToken(request, this.options.token)) send(response, refusal(401, 'unauthorized'));
    else if (request.method === 'GET' && path.join('/') === 'ledger') this.sendLedger(response);
    else send(response, await this.reply(exchange));
  }

  private async reply({ request, path }: Exchange): Promise<Reply> {
    const id = path[1] ?? '';
    switch (`${request.method ?? ''} ${path.map((part, index) => (index === 1 ? '*' : part)).join('/')}`) {
      case 'GET health':
        return jsonReply(200, { ok: true, instance: this.options.instance });
      case 'GET judgement':
        return jsonReply(200, judge(this.options.ledger.entries));
      case 'GET insurers/*/received':
        return this.received(id);
      case 'PUT insurers/*/behaviour':
        return this.behave(request, id);
      case 'POST insurers/*/pull':
        return this.pull(request, id);
      default:
        return refusal(404, 'not-found');
    }
  }

  private received(id: string): Reply {
    if (!this.options.doors.has(id)) return refusal(404, 'unknown-insurer');
    const received = this.options.ledger.entries.filter(
      (entry) => entry.insurer === id && entry.outcome !== 'incomplete',
    );
    return jsonReply(200, { count: received.length, received: received.map(describe) });
  }

  private async behave(request: IncomingMessage, id: string): Promise<Reply> {
    const door = this.options.doors.get(id);
    if (door === undefined) return refusal(404, 'unknown-insurer');
    const body = await readBody(request);
    if (body.kind !== 'whole') return refusal(400, 'malformed');
    const behaviour = behaviourSchema.safeParse(parse(body.bytes));
    if (!behaviour.success) return refusal(400, 'behaviour');
    door.behave(behaviour.data);
    return jsonReply(200, door.behaviour);
  }

  /** Lets an insurer come once for what waits for it at the practice. */
  private async pull(request: IncomingMessage, id: string): Promise<Reply> {
    const door = this.options.doors.get(id);
    if (door === undefined) return refusal(404, 'unknown-insurer');
    const body = await readBody(request);
    const inbox = inboxSchema.safeParse(body.kind === 'whole' ? parse(body.bytes) : undefined);
    if (!inbox.success) return refusal(400, 'inbox');
    return door.pulling.round(inbox.data).then(
      (pulled) => jsonReply(200, pulled),
      () => refusal(502, 'pull-failed'),
    );
  }

  /** The rows as they stand in the file, streamed, for they hold every body. */
  private sendLedger(response: ServerResponse): void {
    const { file, size } = this.options.ledger;
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.write('{"rows":[');
    if (size === 0) {
      response.end(']}');
      return;
    }
    const asList = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        done(
          null,
          chunk.map((byte) => (byte === NEWLINE ? COMMA : byte)),
        );
      },
      flush(done) {
        this.push(']}');
        done();
      },
    });
    pipeline(createReadStream(file, { end: size - 2 }), asList, response, () => undefined);
  }
}
