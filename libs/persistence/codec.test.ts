import { describe, expect, it } from 'vitest';
import { decode, encode } from './codec.js';

describe('the codec', () => {
  it('gives back what it was given', () => {
    const records: readonly unknown[] = [
      {},
      [],
      'text',
      0,
      { nested: { list: [1, 'two', true, null, { deep: [] }] } },
      new Map(),
      {
        dates: new Map([
          ['L1', '2026-05-04'],
          ['L2', '2026-05-11'],
        ]),
      },
      new Map([['outer', new Map([[1, { inner: new Map([['x', []]]) }]])]]),
      { text: 'Zoë ‘quoted’ \\ " \n \u0000 \u{1F9A9}' },
    ];
    for (const record of records) expect(decode(encode(record))).toEqual(record);
  });

  it('leaves absent members absent', () => {
    expect(Object.keys(decode(encode({ here: 1, absent: undefined })) as object)).toEqual(['here']);
  });

  it('refuses to write what it would read as something else', () => {
    expect(() => encode({ $map: [['a', 1]] })).toThrow('blob_unreadable');
  });

  it('says nothing of what it could not read', () => {
    const unreadable = ['{"name": "canary', '{"$map": "canary"}', '{"$map": [["canary"]]}'];
    for (const text of unreadable) {
      expect(() => decode(Buffer.from(text))).toThrow(/^blob_unreadable$/);
    }
    expect(() => decode(Uint8Array.of(0xff, 0xfe))).toThrow(/^blob_unreadable$/);
  });
});
