import { readCursor, writeCursor } from './answers-cursor.js';
import type { Clearinghouse } from './clearinghouse.js';
import type { Exchange } from './insurer-door.js';
import { carriesToken, jsonReply, refusal, type Reply, send } from './reply.js';
import { readBody } from './request-body.js';

const MOST_ANSWERS = 100;

/** A clearinghouse over HTTP: interchanges are posted, answers collected. */
export class ClearinghouseDoor {
  constructor(private readonly house: Clearinghouse) {}

  async open(exchange: Exchange): Promise<void> {
    const { request, response, path, url } = exchange;
    if (!carriesToken(request, this.house.profile.token)) {
      send(response, { ...refusal(401, 'unauthorized'), headers: { 'www-authenticate': 'Bearer' } });
      return;
    }
    const asked = `${request.method ?? ''} ${path[0] ?? ''}`;
    if (asked === 'POST claims') send(response, await this.take(exchange));
    else if (asked === 'GET answers') send(response, this.collect(url.searchParams));
    else if (asked === 'GET transmissions') send(response, this.probe(path[1] ?? ''));
    else send(response, refusal(404, 'not-found'));
  }

  private async take({ request }: Exchange): Promise<Reply> {
    const body = await readBody(request);
    if (body.kind !== 'whole') return refusal(400, 'incomplete');
    const key = request.headers['idempotency-key'];
    const brought = this.house.bring(body.bytes, typeof key === 'string' ? key : undefined);
    if (brought.kind !== 'taken') return refusal(brought.kind === 'malformed' ? 400 : 422, brought.kind);
    const { outcome, receipt } = brought;
    return outcome === 'key-reused'
      ? refusal(422, 'idempotency-key-reused')
      : jsonReply(202, { receipt, duplicate: outcome === 'same-key' });
  }

  private probe(key: string): Reply {
    const known = this.house.known(key);
    return known === undefined
      ? jsonReply(404, { known: false })
      : jsonReply(200, { known: true, sha256: known.sha256 });
  }

  private collect(query: URLSearchParams): Reply {
    const { id } = this.house.profile;
    const from = readCursor(id, query.get('after') ?? '');
    if (from === undefined) return refusal(400, 'cursor');
    const answers = this.house
      .answers(from, MOST_ANSWERS)
      .map(({ body, mediaType, id: answer }) => ({ id: answer, mediaType, body: body.toString('base64') }));
    return jsonReply(200, { answers, next: writeCursor(id, from + answers.length) });
  }
}
