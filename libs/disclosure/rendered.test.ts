import { describe, expect, it } from 'vitest';
import { decide } from '#libs/release';
import { ruleset } from '../../test/support/config-data.js';
import { authority, invoiceBag, release, request } from '../../test/support/release-fixtures.js';
import { finishRendering, joinRenderings, project, type Rendered, sealTogether } from './index.js';

const written = (text: string, charge = 14_000): Rendered<'x12-837p'> => {
  const bag = invoiceBag([{ id: 'L1', date: '2026-05-04', charge }]);
  const made = project(bag, decide(request(bag), authority([release()]), ruleset()), {
    ...{ format: 'x12-837p', formatRevision: '1', salt: new Uint8Array(32) },
  });
  if (!made.ok) throw new Error(made.issues[0]?.code);
  return finishRendering(made.value, {
    ...{ mediaType: 'application/edi-x12', bytes: Buffer.from(text), leaves: [], substitutions: [] },
  });
};

const TAIL = Buffer.from('end');
const first = written('head ONE old');
const second = written('head SECOND old', 15_000);
const parts = [
  { from: 5, to: 9 },
  { from: 5, to: 12 },
];

describe('renderings that go together', () => {
  it('are one head, their parts and one tail, and each knows which part is its own', () => {
    const joined = joinRenderings([first, second], { parts, tail: TAIL });
    expect(Buffer.from(joined.bytes).toString()).toBe('head ONE SECOND end');
    expect(joined.parts).toEqual([
      { from: 5, to: 9, contentDigest: first.contentDigest },
      { from: 9, to: 16, contentDigest: second.contentDigest },
    ]);
    const names = ['a', 'b'].map((reference) => ({ transmission: 't' as never, idempotencyKey: 'k', reference }));
    const sealed = sealTogether(joined, names);
    expect(sealed.map(({ part, sealed: { record } }) => [part, record.reference, record.contentDigest])).toEqual([
      [{ from: 5, to: 9 }, 'a', first.contentDigest],
      [{ from: 9, to: 16 }, 'b', second.contentDigest],
    ]);
    expect(new Set(sealed.map(({ sealed: { record } }) => record.digest)).size).toBe(1);
    expect(() => sealTogether(joined, names.slice(1))).toThrow('a name for each part');
    const copy = Object.create(Object.getPrototypeOf(joined) as object) as typeof joined;
    expect(() => sealTogether(copy, names)).toThrow('not a rendering');
  });

  it.each([
    ['none', [], parts],
    ['fewer parts than renderings', [first, second], parts.slice(0, 1)],
    ['no parts', [first, second], []],
  ] as const)('are refused: %s', (_name, renderings, some) => {
    expect(() => joinRenderings([...renderings], { parts: some, tail: TAIL })).toThrow('there is nothing to join');
  });

  it.each([
    ['beyond its end', { from: 5, to: 16 }],
    ['empty', { from: 5, to: 5 }],
  ])('are refused: a part %s', (_name, part) => {
    expect(() => joinRenderings([first, second], { parts: [parts[0] ?? part, part], tail: TAIL })).toThrow(
      'a part does not come from its rendering',
    );
  });

  it('are refused: another head, or what is no rendering', () => {
    const other = written('HEAD SECOND old');
    expect(() => joinRenderings([first, other], { parts, tail: TAIL })).toThrow('begin otherwise');
    const copy = Object.create(Object.getPrototypeOf(second) as object) as typeof second;
    expect(() => joinRenderings([first, copy], { parts, tail: TAIL })).toThrow(TypeError);
  });
});
