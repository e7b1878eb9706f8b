import { AnswerQueue } from './answer-queue.js';
import { answerId } from './answer-writing.js';
import { readCursor, writeCursor } from './answers-cursor.js';
import type { Exchange } from './insurer-door.js';
import type { Insurer } from './insurer.js';
import type { ClearinghouseProfile } from './insurer-profile.js';
import { reviewInterchange } from './interchange-review.js';
import type { Indexed, Ledger } from './ledger.js';
import { carriesToken, jsonReply, refusal, type Reply, send } from './reply.js';
import { readBody } from './request-body.js';

const MOST_ANSWERS = 100;

/**
 * A clearinghouse in front of the insurers: takes interchanges that are addressed to it, brings each to the payer whose
 * id the claims bear, says so itself (TA1, 999, 277CA of its own), and passes on what the payer answers.
 */
export class ClearinghouseDoor {
  private seen = 0;
  private readonly queue = new AnswerQueue<Indexed>((entry) => this.insurerOf(entry)?.answers(entry).length ?? 0);

  constructor(
    private readonly profile: ClearinghouseProfile,
    private readonly behind: { readonly ledger: Ledger; readonly insurers: ReadonlyMap<string, Insurer> },
  ) {}

  async open(exchange: Exchange): Promise<void> {
    const { request, response, path, url } = exchange;
    if (!carriesToken(request, this.profile.token)) {
      send(response, { ...refusal(401, 'unauthorized'), headers: { 'www-authenticate': 'Bearer' } });
      return;
    }
    const asked = `${request.method ?? ''} ${path[0] ?? ''}`;
    if (asked === 'POST claims') send(response, await this.take(exchange));
    else if (asked === 'GET answers') send(response, this.collect(url.searchParams));
    else if (asked === 'GET transmissions') send(response, this.probe(path[1] ?? ''));
    else send(response, refusal(404, 'not-found'));
  }

  private insurerOf({ insurer }: Indexed): Insurer | undefined {
    return this.behind.insurers.get(insurer);
  }

  private async take({ request }: Exchange): Promise<Reply> {
    const body = await readBody(request);
    if (body.kind !== 'whole') return refusal(400, 'incomplete');
    const review = reviewInterchange(body.bytes, this.profile.receiverId);
    if (!review.ok || review.value.note !== '000') return refusal(400, 'malformed');
    const wanted = new Set(review.value.claims.map(({ payer }) => payer.id));
    const found = this.profile.payers.find(({ payerId }) => wanted.has(payerId));
    const insurer = wanted.size === 1 ? this.behind.insurers.get(found?.insurer ?? '') : undefined;
    if (insurer === undefined) return refusal(422, 'payer-unknown');
    const key = request.headers['idempotency-key'];
    const { outcome, receipt } = insurer.receive({
      ...{ path: 'claims', mediaType: 'application/edi-x12', body: body.bytes, complete: true, via: this.profile.id },
      ...(typeof key === 'string' ? { idempotencyKey: key } : {}),
    });
    return outcome === 'key-reused'
      ? refusal(422, 'idempotency-key-reused')
      : jsonReply(202, { receipt, duplicate: outcome === 'same-key' });
  }

  private probe(key: string): Reply {
    const known = [...this.behind.insurers.values()]
      .map((insurer) => insurer.transmission(key))
      .find((entry) => entry?.via === this.profile.id);
    return known === undefined
      ? jsonReply(404, { known: false })
      : jsonReply(200, { known: true, sha256: known.sha256 });
  }

  /** The order of answers follows from the ledger, as an insurer's own does. */
  private collect(query: URLSearchParams): Reply {
    const { id } = this.profile;
    const { entries } = this.behind.ledger;
    for (const entry of entries.slice(this.seen))
      if (entry.via === id && (entry.outcome === 'taken' || entry.outcome === 'same-interchange'))
        this.queue.add(entry);
    this.seen = entries.length;
    const from = readCursor(id, query.get('after') ?? '');
    if (from === undefined) return refusal(400, 'cursor');
    this.queue.publish(Date.parse(entries.at(-1)?.at ?? '1970-01-01') + 1, from + MOST_ANSWERS);
    const answers = this.queue.slice(from, from + MOST_ANSWERS).flatMap(({ entry, index }) => {
      const answer = this.insurerOf(entry)?.answers(entry)[index];
      return answer === undefined
        ? []
        : [{ id: answerId(entry, index), mediaType: answer.mediaType, body: answer.body.toString('base64') }];
    });
    return jsonReply(200, { answers, next: writeCursor(id, from + answers.length) });
  }
}
