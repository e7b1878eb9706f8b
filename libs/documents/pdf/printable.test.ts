import { describe, expect, it } from 'vitest';
import { printable } from './printable.js';
import { wrap } from './wrap.js';

describe('printable', () => {
  it.each(['Zoë Müller', 'It’s “5 €” – or more…', 'Øre Ångström ß', 'a\nb'])('leaves %j as it is', (text) =>
    expect(printable(text)).toEqual({ text, substituted: false }),
  );

  it.each([
    ['Wiśniewska', 'Wisniewska'],
    ['Łódź', 'Lódz'],
    ['Đorđević', 'Dordevic'],
    ['Ștefan', 'Stefan'],
    ['Nguyễn', 'Nguyen'],
    ['ﬁne', 'fine'],
    ['a\u202fb\u200bc\u2011d\u00ade', 'a bc-de'],
    ['a\tb', 'a b'],
  ])('takes the nearest letters for %j', (text, made) =>
    expect(printable(text)).toEqual({ text: made, substituted: true }),
  );

  it('says that it did', () => expect(printable('Łódź')?.substituted).toBe(true));

  it('composes without calling it a substitution', () =>
    expect(printable('Zoe\u0308')).toEqual({ text: 'Zoë', substituted: false }));

  it.each(['Ольга', '王', '🙂', 'a\u0000b', '\u0085'])('has nothing for %j', (text) =>
    expect(printable(text)).toBeUndefined(),
  );
});

describe('wrap', () => {
  const measure = (text: string) => text.length;

  it('breaks between words', () => expect(wrap('one two three', 7, measure)).toEqual(['one two', 'three']));
  it('breaks at line breaks and drops empty lines', () =>
    expect(wrap('one\n\n two ', 7, measure)).toEqual(['one', 'two']));
  it('breaks a word that is too long', () =>
    expect(wrap('a abcdefghij b', 4, measure)).toEqual(['a', 'abcd', 'efgh', 'ij b']));
  it('ends even where nothing fits', () => expect(wrap('abc', 0, measure)).toEqual(['a', 'b', 'c']));
  it('loses no character but spaces', () => {
    const text = 'The quick brown fox jumps over extraordinarily lazy dogs';
    for (let width = 1; width < 60; width += 1)
      expect(wrap(text, width, measure).join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
  });
});
