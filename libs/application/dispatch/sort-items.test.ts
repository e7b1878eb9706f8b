import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { failed, issue, ok } from '#libs/kernel';
import { decide } from '#libs/release';
import { ruleset } from '../../../test/support/config-data.js';
import { authority, invoiceBag, release, request } from '../../../test/support/release-fixtures.js';
import { disclose } from '../judgement/judge.js';
import type { TransmissionRecord } from '../ports/records.js';
import { addresseeOf } from './addressee.js';
import type { Item } from './intent.js';
import { type Heaps, sortItem } from './sort-items.js';

const RULES = ruleset();
const NOW = 100 * 24 * 3_600_000;
const SALT = new Uint8Array(32);
const CONNECTION = {
  kind: 'https',
  url: 'https://insurer.invalid/claims',
  receiverId: 'INS',
  production: false,
} as const;

const itemOf = (change: {
  readonly state?: Item['record']['state'];
  readonly permitted?: boolean;
  readonly resubmission?: Item['resubmission'];
  readonly url?: string;
  readonly profile?: object;
}): Item => {
  const bag = invoiceBag();
  const asked = request(bag);
  const papers = authority(change.permitted === false ? [] : [release()]);
  return {
    record: { id: 'd1', client: 'c1', lane: 'lane-1', format: 'x12-837p', state: change.state ?? 'sealed' },
    dossier: {
      insurer: {
        connection: { ...CONNECTION, url: change.url ?? CONNECTION.url },
        profile: { resolution: 'idempotency-key', ...change.profile },
      },
    },
    now: NOW,
    key: { digestSalt: SALT },
    judgement: { bag, request: asked, decision: decide(asked, papers, RULES), about: undefined, clientRevision: 1 },
    resubmission: change.resubmission ?? ok({ frequency: '1' }),
  } as unknown as Item;
};

/** Bytes that were sealed for this item, as a decision of then let them go. */
const storedFor = (item: Item, change: Partial<TransmissionRecord> = {}): TransmissionRecord => {
  const disclosed = disclose(item.judgement, 'x12-837p', SALT);
  if (!disclosed.ok) throw new Error('the fixture sends');
  const bytes = Buffer.from('ISA*00~');
  return {
    transmission: 't1',
    lane: 'lane-1',
    addressee: addresseeOf({ connection: CONNECTION }),
    disclosure: item.record.id,
    client: item.record.client,
    format: 'x12-837p',
    mediaType: 'application/edi-x12',
    bytes,
    digest: createHash('sha256').update(bytes).digest('hex'),
    contentDigest: disclosed.value.contentDigest,
    attempts: 1,
    createdAt: NOW - 2_000,
    ...change,
  } as unknown as TransmissionRecord;
};

interface Case {
  readonly item: Item;
  readonly stored?: TransmissionRecord;
  /** Some attempt is no proof that nothing was taken in. */
  readonly arrived?: boolean;
  readonly attemptedAt?: number;
}

/** Where one item comes to lie: sent again as it is, sealed now, taken back first, or refused (where to, and why). */
const sorted = ({ item, stored, arrived = false, attemptedAt = NOW - 1_000 }: Case) => {
  const heaps: Heaps = {
    stored: new Map(stored === undefined ? [] : [[item.record.id, stored]]),
    arrived: new Map(arrived ? [[item.record.id, attemptedAt]] : []),
    ...{ sealings: [], refusals: [], open: [], stale: [] },
  };
  sortItem(item, heaps);
  return {
    again: heaps.sealings.map(({ sealed, mayHaveArrived }) => [sealed.record.transmission, mayHaveArrived]),
    sealedNow: heaps.open.length,
    takenBack: heaps.stale,
    refused: heaps.refusals.map(({ to, cause, curer }) => `${to} ${cause} ${curer ?? ''}`),
  };
};

const nothing = { again: [], sealedNow: 0, takenBack: [], refused: [] };
const parked = { ...nothing, refused: ['parked outcome_unknown practice'] };

describe('what INTENT does with one item', () => {
  it('seals what was never sealed', () => {
    expect(sorted({ item: itemOf({ state: 'ready' }) })).toEqual({ ...nothing, sealedNow: 1 });
  });

  it('sends again the very bytes that were sealed, and says whether the first may have arrived', () => {
    const item = itemOf({});
    expect(sorted({ item, stored: storedFor(item) })).toEqual({ ...nothing, again: [['t1', false]] });
    expect(sorted({ item, stored: storedFor(item), arrived: true })).toEqual({ ...nothing, again: [['t1', true]] });
    const unknown = itemOf({ state: 'unknown' });
    expect(sorted({ item: unknown, stored: storedFor(unknown) })).toEqual({ ...nothing, again: [['t1', true]] });
  });

  it('sends nothing again to an insurer that may have forgotten the first', () => {
    const hours = 3_600_000;
    const after = (age: number, profile: object, state: Item['record']['state'] = 'sealed') => {
      const item = itemOf({ profile, state });
      const attemptedAt = NOW - age * hours;
      return sorted({ item, stored: storedFor(item, { createdAt: attemptedAt - 1 }), arrived: true, attemptedAt });
    };
    const again = { ...nothing, again: [['t1', true]] };
    const key = { resolution: 'idempotency-key' };
    expect(after(23, key)).toEqual(again);
    expect(after(24, key)).toEqual(parked);
    expect(after(24, key, 'unknown')).toEqual(parked);
    expect(after(71, { ...key, recognisesForHours: 72 })).toEqual(again);
    expect(after(72, { ...key, recognisesForHours: 72 })).toEqual(parked);
    expect(after(30 * 24 - 1, { resolution: 'duplicate-detection' })).toEqual(again);
    expect(after(30 * 24, { resolution: 'duplicate-detection' })).toEqual(parked);
    expect(after(99 * 24, { resolution: 'probe' })).toEqual(again);
    // Without an attempt on record it is as old as its bytes.
    const item = itemOf({ profile: key, state: 'unknown' });
    expect(sorted({ item, stored: storedFor(item, { createdAt: NOW - 24 * hours }) })).toEqual(parked);
    // What is proven not to have arrived may be as old as it likes.
    const fresh = itemOf({ profile: key });
    expect(sorted({ item: fresh, stored: storedFor(fresh, { createdAt: 0 }) })).toEqual({
      ...nothing,
      again: [['t1', false]],
    });
  });

  it('holds what may not go now, where nothing of it can have arrived', () => {
    const item = itemOf({ permitted: false });
    expect(sorted({ item }).refused).toEqual(['held no_release client']);
    expect(sorted({ item })).toMatchObject({ again: [], sealedNow: 0, takenBack: [] });
  });

  const other = createHash('sha256').update('somebody else').digest('hex');
  const changedContent = (item: Item): TransmissionRecord => storedFor(item, { contentDigest: other });
  const damaged = (item: Item): TransmissionRecord => storedFor(item, { digest: other });

  it.each<[what: string, of: (item: Item) => TransmissionRecord | undefined]>([
    ['another decision', changedContent],
    ['another addressee', (item) => storedFor(item, { addressee: other })],
    ['damaged bytes', damaged],
    ['another format', (item) => storedFor(item, { format: 'statement' })],
  ])('takes back what was sealed and never taken in, and seals it anew: %s', (_what, of) => {
    const item = itemOf({});
    const stored = of(item);
    if (stored === undefined) throw new Error('stored');
    expect(sorted({ item, stored })).toEqual({ ...nothing, sealedNow: 1, takenBack: ['t1'] });
  });

  it('leaves to a person what was addressed on another route', () => {
    const item = itemOf({});
    expect(sorted({ item, stored: storedFor(item, { lane: 'lane-2' as TransmissionRecord['lane'] }) })).toEqual({
      ...nothing,
      refused: ['parked route_changed practice'],
    });
  });

  it('leaves to a person a correction of which the first claim is not there', () => {
    const item = itemOf({ resubmission: failed(issue('numbers_missing', '')) });
    expect(sorted({ item })).toEqual({ ...nothing, refused: ['parked numbers_missing practice'] });
    expect(sorted({ item: itemOf({ resubmission: failed() }) }).refused).toEqual(['parked correction_astray practice']);
  });

  /** A claim is doubled here or nowhere: whatever else is the matter, what may have arrived is never sealed once more. */
  describe.each<[how: string, state: Item['record']['state'], arrived: boolean]>([
    ['an attempt proves nothing', 'sealed', true],
    ['its outcome is unknown', 'unknown', false],
    ['both', 'unknown', true],
    ['it stands as ready all the same', 'ready', true],
  ])('that may have arrived, since %s, is parked and never sealed anew', (_how, state, arrived) => {
    const lane = 'lane-2' as TransmissionRecord['lane'];
    it.each<[what: string, item: Item, stored: (item: Item) => TransmissionRecord | undefined]>([
      ['it may not go any more', itemOf({ state, permitted: false }), () => undefined],
      ['its bytes cannot be read', itemOf({ state }), () => undefined],
      ['its bytes are damaged', itemOf({ state }), damaged],
      ['something else is to be told', itemOf({ state }), changedContent],
      ['it would go to somebody else', itemOf({ state, url: 'https://other.invalid/claims' }), storedFor],
      ['it was addressed on another route', itemOf({ state }), (item) => storedFor(item, { lane })],
      ['it corrects nothing', itemOf({ state, resubmission: failed(issue('correction_astray', '')) }), storedFor],
    ])('though %s', (_what, item, stored) => {
      const sealed = stored(item);
      expect(sorted({ item, arrived, ...(sealed === undefined ? {} : { stored: sealed }) })).toEqual(parked);
    });
  });
});
