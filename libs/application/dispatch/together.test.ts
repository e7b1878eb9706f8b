import { describe, expect, it } from 'vitest';
import type { DisclosureId, TransmissionId } from '#libs/kernel';
import type { InsurerRecord } from '../ports/records.js';
import type { Transaction } from '../ports/store.js';
import { byInterchange, keepTogether, MOST_TOGETHER, onceEach, withCompanions, within } from './together.js';

const insurer = (change: {
  readonly kind?: string;
  readonly resolution?: string;
  readonly claimsPerInterchange?: number;
}): InsurerRecord =>
  ({
    connection: { kind: change.kind ?? 'sftp' },
    profile: {
      resolution: change.resolution ?? 'duplicate-detection',
      ...(change.claimsPerInterchange === undefined ? {} : { claimsPerInterchange: change.claimsPerInterchange }),
    },
  }) as unknown as InsurerRecord;

const claims = (count: number, of: InsurerRecord, format = 'x12-837p') =>
  Array.from({ length: count }, (_, index) => ({ name: index + 1, record: { format }, dossier: { insurer: of } }));

const sizes = (groups: readonly (readonly unknown[])[]): readonly number[] => groups.map(({ length }) => length);

describe('claims by interchange', () => {
  it('are as many as the insurer takes, in their order', () => {
    const groups = byInterchange(claims(7, insurer({ claimsPerInterchange: 3 })));
    expect(groups.map((group) => group.map(({ name }) => name))).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
  });

  it.each([
    ['the insurer says no number', insurer({})],
    ['the insurer takes one', insurer({ claimsPerInterchange: 1 })],
    ['no files are taken', insurer({ kind: 'https', claimsPerInterchange: 50 })],
    [
      'an interchange that comes twice is not recognised',
      insurer({ resolution: 'status-query', claimsPerInterchange: 50 }),
    ],
  ])('go one by one where %s', (_why, of) => {
    expect(sizes(byInterchange(claims(3, of)))).toEqual([1, 1, 1]);
  });

  it('are never more than an interchange may hold', () => {
    expect(sizes(byInterchange(claims(MOST_TOGETHER + 1, insurer({ claimsPerInterchange: 5_000 }))))).toEqual([
      MOST_TOGETHER,
      1,
    ]);
  });

  it('share it with claims only', () => {
    const of = insurer({ claimsPerInterchange: 10 });
    const [statement] = claims(1, of, 'statement');
    const [first, second] = claims(2, of);
    if (statement === undefined || first === undefined || second === undefined) throw new Error('made above');
    expect(byInterchange([first, statement, second])).toEqual([[first, second], [statement]]);
  });

  it('have one interchange and one group number, and a set number each', () => {
    const numbers = (of: string) =>
      ({
        ...{ interchangeControlNumber: `i${of}`, groupControlNumber: `g${of}`, setControlNumber: '0001' },
        ...{ batchReference: `b${of}`, patientControlNumber: `p${of}` },
      }) as unknown as Parameters<typeof within>[0];
    expect(within(numbers('2'), numbers('1'), 9)).toEqual({
      ...{ interchangeControlNumber: 'i1', groupControlNumber: 'g1', setControlNumber: '0010' },
      ...{ batchReference: 'b2', patientControlNumber: 'p2' },
    });
  });
});

describe('bytes that several share', () => {
  const T1 = 't1' as TransmissionId;
  const item = (id: string) => ({ record: { id: id as DisclosureId } });
  const again = (id: string, transmission = T1) => ({ item: item(id), sealed: { record: { transmission } } });
  const shared = (free: boolean, ...ids: readonly string[]) =>
    new Map([[T1, { disclosures: ids as readonly DisclosureId[] as DisclosureId[], free }]]);

  it('bring along whoever else they are of, each once, and nobody where nothing goes', async () => {
    const asked: (readonly DisclosureId[])[] = [];
    const sharing = (companions: ReadonlyMap<TransmissionId, unknown>): Transaction =>
      ({
        transmissions: {
          companions: (of: readonly DisclosureId[]) => {
            asked.push(of);
            return Promise.resolve(companions);
          },
        },
      }) as unknown as Transaction;
    const ids = ['a', 'd'] as unknown as readonly DisclosureId[];
    const companions = shared(true, 'a', 'b');
    expect(await withCompanions(sharing(companions), ids)).toEqual({ going: ['a', 'd', 'b'], companions });
    expect(await withCompanions(sharing(new Map()), ids)).toEqual({ going: ids, companions: new Map() });
    expect(await withCompanions(sharing(companions), [])).toEqual({ going: [], companions: new Map() });
    expect(asked).toEqual([ids, ids]);
  });

  it('go again where every one of them may', () => {
    const heaps = {
      sealings: [again('a'), again('b'), again('c', 't2' as TransmissionId)],
      open: [item('d')],
      stale: [],
    };
    expect(keepTogether(shared(true, 'a', 'b'), heaps)).toEqual([]);
    expect(heaps).toEqual({
      sealings: [again('a'), again('b'), again('c', 't2' as TransmissionId)],
      open: [item('d')],
      stale: [],
    });
  });

  it('are taken back where one may not and nothing was taken in; the rest is sealed anew', () => {
    const heaps = { sealings: [again('a'), again('c', 't2' as TransmissionId)], open: [item('d')], stale: [] };
    expect(keepTogether(shared(true, 'a', 'b'), heaps)).toEqual([]);
    expect(heaps).toEqual({
      sealings: [again('c', 't2' as TransmissionId)],
      open: [item('d'), item('a')],
      stale: [T1],
    });
  });

  it('are not sent, and their claims not sealed once more, where one may not and they may have arrived', () => {
    const heaps = { sealings: [again('a'), again('c', 't2' as TransmissionId)], open: [item('d')], stale: [] };
    expect(keepTogether(shared(false, 'a', 'b'), heaps)).toEqual([item('a')]);
    expect(heaps).toEqual({ sealings: [again('c', 't2' as TransmissionId)], open: [item('d')], stale: [] });
  });

  it('wait for a person with whoever of them can be read no more', () => {
    const heaps = { sealings: [again('a')], open: [item('b'), item('d')], stale: [] };
    expect(keepTogether(shared(false, 'a', 'b'), heaps)).toEqual([item('a'), item('b')]);
    expect(heaps).toEqual({ sealings: [], open: [item('d')], stale: [] });
  });

  it('are attempted once', () => {
    const attempts = [
      { disclosure: 'a', attempt: '1' },
      { disclosure: 'b', attempt: '1' },
      { disclosure: 'c', attempt: '2' },
    ];
    expect(onceEach(attempts, ({ attempt }) => attempt).map(({ disclosure }) => disclosure)).toEqual(['a', 'c']);
  });
});
