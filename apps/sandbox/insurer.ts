import { createHash } from 'node:crypto';
import type { Clock, IdSource } from '#libs/kernel';
import { AnswerQueue } from './answer-queue.js';
import { type Answer, answerId, answersTo } from './answer-writing.js';
import type { Behaviour } from './behaviour.js';
import type { Claim } from './claim-reading.js';
import { reviewClaim } from './claim-review.js';
import type { ClearinghouseProfile, InsurerProfile } from './insurer-profile.js';
import { interchangeKey, reviewInterchange } from './interchange-review.js';
import type { Indexed, Ledger } from './ledger.js';
import type { LedgerClaim, LedgerRow, Outcome, SubmissionPath, Terms } from './ledger-row.js';
import { type Payment, pay } from './payment.js';
import { referenceOf } from './report-review.js';

/** What came in at one of the doors. */
export interface Arrival {
  readonly path: SubmissionPath;
  readonly idempotencyKey?: string;
  readonly mediaType: string;
  readonly body: Buffer;
  /** From the header, for what does not carry its reference inside. */
  readonly reference?: string;
  /** The clearinghouse that brings it. */
  readonly via?: string;
  /** False if the connection broke before the last byte. */
  readonly complete: boolean;
}

export interface Reception {
  readonly outcome: Outcome;
  readonly receipt: string;
}

export interface CollectedAnswer extends Answer {
  readonly id: string;
}

/** What all insurers of a sandbox use together. */
export interface Desk {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Those that bring claims to the insurers. */
  readonly clearinghouses: readonly Pick<ClearinghouseProfile, 'id' | 'name'>[];
}

type Assessment = Pick<LedgerRow, 'outcome' | 'claims' | 'adjudicated'> &
  Partial<Pick<LedgerRow, 'isa13' | 'interchange' | 'reference'>>;

const nothing = (outcome: Outcome): Assessment => ({ outcome, claims: [], adjudicated: false });

/** Who was treated how on which day, as digests: the ledger has nobody's member number. */
const servicesOf = ({ subscriber, patient, lines }: Claim): string[] =>
  lines.map(({ procedure, date }) =>
    createHash('sha256')
      .update(JSON.stringify([subscriber.id, patient?.first, procedure, date]))
      .digest('hex'),
  );

const styleOf = (behaviour: Behaviour): Terms['style'] => {
  switch (behaviour.mode) {
    case 'deaf':
      return 'none';
    case 'deny':
      return 'deny';
    case 'over-asking':
      return 'over-ask';
    case 'nonsense':
      return behaviour.of === 'responses' ? 'pay' : 'nonsense';
    case 'answers':
    case 'down':
    case 'silent':
    case 'lossy':
    case 'slow':
    case 'redirect':
      return 'pay';
  }
};

/** One insurer: takes in, adjudicates what it has not seen before, and keeps its answers until they are collected. */
export class Insurer {
  behaviour: Behaviour;
  private readonly byKey = new Map<string, Indexed>();
  private readonly interchanges = new Set<string>();
  private readonly numbers = new Map<string, { readonly entry: Indexed; readonly index: number }>();
  private readonly open = new Set<string>();
  private readonly queue = new AnswerQueue<Indexed>((entry) => this.answers(entry).length);

  constructor(
    readonly profile: InsurerProfile,
    private readonly desk: Desk,
  ) {
    this.behaviour = profile.behaviour;
    for (const entry of desk.ledger.entries) if (entry.insurer === profile.id) this.remember(entry);
  }

  /** Returns when the arrival is on disk; the sender has heard nothing yet. */
  receive(arrival: Arrival): Reception {
    const sha256 = createHash('sha256').update(arrival.body).digest('hex');
    const first = this.firstOf(arrival, sha256);
    const assessed = first instanceof Object ? this.again(first) : this.assess(arrival, first);
    const receipt = first instanceof Object ? first.receipt : this.desk.ids.uuid();
    const entry = this.desk.ledger.append({
      seq: this.desk.ledger.nextSequence,
      at: new Date(this.now()).toISOString(),
      insurer: this.profile.id,
      path: arrival.path,
      ...(arrival.via === undefined ? {} : { via: arrival.via }),
      ...(arrival.idempotencyKey === undefined ? {} : { idempotencyKey: arrival.idempotencyKey }),
      sha256,
      length: arrival.body.length,
      mediaType: arrival.mediaType,
      ...assessed,
      duplicate: assessed.outcome === 'same-key' || assessed.outcome === 'same-interchange',
      receipt,
      terms: this.terms(),
      bodyBase64: arrival.body.toString('base64'),
    });
    this.remember(entry);
    return { outcome: entry.outcome, receipt: entry.receipt };
  }

  /** The first transmission under a key that was processed. */
  transmission(idempotencyKey: string): Indexed | undefined {
    return this.byKey.get(idempotencyKey);
  }

  /** Answers from a place in the order; undefined if there is no such place yet. */
  collect(from: number, limit: number): readonly CollectedAnswer[] | undefined {
    if (!this.behaviour.answersPaused) this.queue.publish(this.now(), from + limit);
    if (from > this.queue.length) return undefined;
    const answers: CollectedAnswer[] = [];
    let last: { entry: Indexed; all: readonly Answer[] } | undefined;
    for (const { entry, index } of this.queue.slice(from, from + limit)) {
      if (last?.entry !== entry) last = { entry, all: this.answers(entry) };
      const answer = last.all[index];
      if (answer !== undefined) answers.push({ ...answer, id: answerId(entry, index) });
    }
    return answers;
  }

  /** Never behind what the ledger says, so that the order of answers survives a clock that was set back. */
  private now(): number {
    const last = this.desk.ledger.entries.at(-1);
    return Math.max(this.desk.clock.now(), last === undefined ? 0 : Date.parse(last.at));
  }

  private terms(): Terms {
    const { behaviour } = this;
    return {
      style: styleOf(behaviour),
      paidPercent: behaviour.paidPercent,
      decision: behaviour.decision,
      missing: behaviour.mode === 'over-asking' ? [...behaviour.missing] : [],
      availableAt: new Date(this.now() + behaviour.answerDelayMs).toISOString(),
    };
  }

  /** The entry of which this is a repetition, or whether its key was used for something else. */
  private firstOf(arrival: Arrival, sha256: string): Indexed | 'new' | 'key-reused' {
    const { idempotencyKey: key } = arrival;
    if (!arrival.complete || key === undefined || !this.profile.capabilities.idempotencyKey) return 'new';
    const first = this.byKey.get(key);
    if (first === undefined) return 'new';
    return first.sha256 === sha256 && first.path === arrival.path ? first : 'key-reused';
  }

  private again(first: Indexed): Assessment {
    const { isa13, interchange, reference } = first;
    return {
      ...nothing('same-key'),
      claims: first.claims,
      ...(isa13 === undefined ? {} : { isa13 }),
      ...(interchange === undefined ? {} : { interchange }),
      ...(reference === undefined ? {} : { reference }),
    };
  }

  private assess(arrival: Arrival, key: 'new' | 'key-reused'): Assessment {
    if (!arrival.complete) return nothing('incomplete');
    if (key === 'key-reused') return nothing('key-reused');
    switch (arrival.path) {
      case 'claims':
        return this.assessClaims(arrival.body);
      case 'treatment-reports':
      case 'statements': {
        const isJson = arrival.mediaType === 'application/json';
        const reference = isJson ? referenceOf(arrival.body, arrival.path) : arrival.reference;
        return reference === undefined
          ? nothing('malformed')
          : { outcome: 'taken', claims: [], adjudicated: true, reference };
      }
    }
  }

  private assessClaims(body: Buffer): Assessment {
    const reviewed = reviewInterchange(body, this.profile.receiverId);
    if (!reviewed.ok) return nothing('malformed');
    const { interchange, note, claims } = reviewed.value;
    const key = interchangeKey(interchange);
    const isa13 = interchange.header.control;
    if (note !== '000') return { ...nothing('taken'), isa13 };
    const names = { isa13, interchange: key };
    const verdicts = this.adjudicate(claims);
    if (this.profile.capabilities.duplicateDetection && this.interchanges.has(key)) {
      return { ...nothing('same-interchange'), ...names, claims: verdicts };
    }
    return {
      outcome: 'taken',
      ...names,
      claims: verdicts,
      adjudicated: verdicts.some((one) => one.finding === undefined),
    };
  }

  private adjudicate(claims: readonly Claim[]): LedgerClaim[] {
    const closed = new Set<string>();
    return claims.map((claim, index) => {
      const finding = reviewClaim(claim, {
        unknownMemberPrefixes: this.profile.unknownMemberPrefixes,
        isOpen: (number) => this.open.has(number) && !closed.has(number),
      });
      const { original } = claim;
      if (finding === undefined && original !== undefined) closed.add(original);
      const number = `${this.profile.payerId}${String(this.desk.ledger.nextSequence).padStart(8, '0')}${String(index + 1).padStart(4, '0')}`;
      return {
        clm01: claim.number,
        total: claim.total,
        frequency: claim.frequency,
        lines: claim.lines.length,
        services: servicesOf(claim),
        ...(original === undefined ? {} : { original }),
        ...(finding === undefined ? { payerClaimNumber: number } : { finding }),
      };
    });
  }

  private remember(entry: Indexed): void {
    const { idempotencyKey: key } = entry;
    const processed = entry.outcome === 'taken' || entry.outcome === 'same-interchange';
    if (!processed) return;
    if (key !== undefined && !this.byKey.has(key)) this.byKey.set(key, entry);
    // What a clearinghouse brought, it also takes the answers to.
    if (entry.via === undefined) this.queue.add(entry);
    if (entry.outcome !== 'taken') return;
    if (entry.interchange !== undefined) this.interchanges.add(entry.interchange);
    entry.claims.forEach(({ payerClaimNumber, original, frequency }, index) => {
      if (payerClaimNumber === undefined) return;
      this.numbers.set(payerClaimNumber, { entry, index });
      if (original !== undefined) this.open.delete(original);
      if (frequency !== '8') this.open.add(payerClaimNumber);
    });
  }

  /** All that is answered to one arrival. */
  answers(entry: Indexed): readonly Answer[] {
    const clearinghouse = this.desk.clearinghouses.find(({ id }) => id === entry.via);
    return answersTo(entry, {
      profile: this.profile,
      ...(clearinghouse === undefined ? {} : { clearinghouse }),
      body: this.desk.ledger.body(entry),
      earlier: (number) => this.earlierPayment(number),
    });
  }

  private earlierPayment(payerClaimNumber: string): Payment | undefined {
    const known = this.numbers.get(payerClaimNumber);
    if (known === undefined) return undefined;
    const { terms } = known.entry;
    const reviewed = reviewInterchange(this.desk.ledger.body(known.entry), this.profile.receiverId);
    const claim = reviewed.ok ? reviewed.value.claims[known.index] : undefined;
    const denied = terms.style === 'deny';
    return claim && pay(claim, payerClaimNumber, { denied, paidPercent: terms.paidPercent });
  }
}
