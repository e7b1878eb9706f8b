import { describe, expect, it } from 'vitest';
import { FieldBag, locus, locusKey } from '#libs/catalogue';
import { CODES } from '../../test/support/config-data.js';
import { invoiceBag, reportBag } from '../../test/support/release-fixtures.js';
import { describe as describeBag } from './index.js';

const keys = (bag: FieldBag): readonly string[] => describeBag(bag, CODES).map((offer) => locusKey(offer.locus));

describe('what decide is told of a document', () => {
  it('comes in an order of its own, however the document was written', () => {
    for (const bag of [invoiceBag(), reportBag()]) {
      const turned = new FieldBag();
      for (const { locus: at, value } of [...bag.entries()].reverse()) turned.set(at, value);
      expect(keys(turned)).toEqual(keys(bag));
      expect(keys(bag)).toEqual([...keys(bag)].sort());
      expect(keys(bag).length).toBe([...bag.entries()].length);
    }
  });

  it('is what a code reveals, once each, and nothing for a plain one', () => {
    const bag = new FieldBag()
      .set(locus('diagnosis.primary', 'D1'), 'F331')
      .set(locus('diagnosis.secondary', 'D2'), 'F1020')
      .set(locus('procedure.code', 'L1'), 'no such code')
      .set(locus('diagnosis.pointer', 'L1'), ['D1', 'D2']);
    expect(describeBag(bag, CODES)).toEqual([
      {
        locus: { field: 'diagnosis.pointer', occurrence: 'L1' },
        reveals: [],
        inClosedList: true,
        refersTo: ['D1', 'D2'],
      },
      { locus: { field: 'diagnosis.primary', occurrence: 'D1' }, reveals: [], inClosedList: true },
      { locus: { field: 'diagnosis.secondary', occurrence: 'D2' }, reveals: ['substanceUse'], inClosedList: true },
      { locus: { field: 'procedure.code', occurrence: 'L1' }, reveals: 'unclassified', inClosedList: true },
    ]);
  });

  it('is the word itself only where it is one of a closed list', () => {
    const level = (word: string) => describeBag(new FieldBag().set(locus('functioning.level'), word), CODES)[0];
    expect(level('severe')).toEqual({
      locus: { field: 'functioning.level' },
      reveals: [],
      inClosedList: true,
      word: 'severe',
    });
    const other = level('in words of her own');
    expect(other).toEqual({ locus: { field: 'functioning.level' }, reveals: 'unclassified', inClosedList: false });
    const text = describeBag(new FieldBag().set(locus('reason.continuing'), 'a long story'), CODES);
    expect(JSON.stringify(text)).not.toContain('story');
  });
});
