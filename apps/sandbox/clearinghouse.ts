import { AnswerQueue } from './answer-queue.js';
import { answerId } from './answer-writing.js';
import type { CollectedAnswer, Insurer } from './insurer.js';
import type { ClearinghouseProfile } from './insurer-profile.js';
import { reviewInterchange } from './interchange-review.js';
import type { Indexed, Ledger } from './ledger.js';
import type { Outcome } from './ledger-row.js';

/** What became of an interchange that somebody brought, by whatever way. */
export type Brought =
  | { readonly kind: 'taken'; readonly outcome: Outcome; readonly receipt: string }
  | { readonly kind: 'malformed' | 'payer-unknown' };

/**
 * A clearinghouse in front of the insurers: takes interchanges that are addressed to it, brings each to the payer whose
 * id the claims bear, says so itself (TA1, 999, 277CA of its own), and passes on what the payer answers. An interchange
 * is for one payer, however many claims it holds.
 */
export class Clearinghouse {
  private seen = 0;
  private readonly queue = new AnswerQueue<Indexed>((entry) => this.insurerOf(entry)?.answers(entry).length ?? 0);

  constructor(
    readonly profile: ClearinghouseProfile,
    private readonly behind: { readonly ledger: Ledger; readonly insurers: ReadonlyMap<string, Insurer> },
  ) {}

  /** Returns when it is on disk. `key`: the idempotency key, or the name of a file. */
  bring(bytes: Buffer, key: string | undefined): Brought {
    const review = reviewInterchange(bytes, this.profile.receiverId);
    if (!review.ok || review.value.note !== '000') return { kind: 'malformed' };
    const wanted = new Set(review.value.claims.map(({ payer }) => payer.id));
    const found = this.profile.payers.find(({ payerId }) => wanted.has(payerId));
    const insurer = wanted.size === 1 ? this.behind.insurers.get(found?.insurer ?? '') : undefined;
    if (insurer === undefined) return { kind: 'payer-unknown' };
    const reception = insurer.receive({
      ...{ path: 'claims', mediaType: 'application/edi-x12', body: bytes, complete: true, via: this.profile.id },
      ...(key === undefined ? {} : { idempotencyKey: key }),
    });
    return { kind: 'taken', ...reception };
  }

  /** What was brought under a key and is in the ledger. */
  known(key: string): Indexed | undefined {
    return [...this.behind.insurers.values()]
      .map((insurer) => insurer.transmission(key))
      .find((entry) => entry?.via === this.profile.id);
  }

  /** Answers from a place in their order, which follows from the ledger, as an insurer's own does. */
  answers(from: number, limit: number): readonly CollectedAnswer[] {
    const { entries } = this.behind.ledger;
    for (const entry of entries.slice(this.seen))
      if (entry.via === this.profile.id && (entry.outcome === 'taken' || entry.outcome === 'same-interchange'))
        this.queue.add(entry);
    this.seen = entries.length;
    this.queue.publish(Date.parse(entries.at(-1)?.at ?? '1970-01-01') + 1, from + limit);
    return this.queue.slice(from, from + limit).flatMap(({ entry, index }) => {
      const answer = this.insurerOf(entry)?.answers(entry)[index];
      return answer === undefined ? [] : [{ ...answer, id: answerId(entry, index) }];
    });
  }

  private insurerOf({ insurer }: Indexed): Insurer | undefined {
    return this.behind.insurers.get(insurer);
  }
}
