import { describe, expect, it } from 'vitest';
import { identifierProblem, transliterate } from './characters.js';
import { USUAL_DELIMITERS } from './delimiters.js';

describe('names in the letters of X12', () => {
  it.each([
    ['Zoë', 'ZOE', ['accent']],
    ['Zoe\u0308', 'ZOE', ['accent']],
    ['Łukasz', 'LUKASZ', ['accent']],
    ['Großmann', 'GROSSMANN', ['accent']],
    ['O’Neil', "O'NEIL", ['symbol']],
    ["O'Neil", "O'NEIL", []],
    ['O*Neil~NM1*IL', 'O NEIL NM1 IL', ['delimiter']],
    ['Smith|Jones', 'SMITH JONES', ['delimiter']],
    ['Anne\tMarie', 'ANNE MARIE', ['symbol']],
    ['\u200fAnne\u202e', 'ANNE', ['symbol']],
    ['Anne ☂', 'ANNE', ['symbol']],
    ['7 ½ Elm', '7 1/2 ELM', ['symbol']],
    ['  Anne   Marie ', 'ANNE MARIE', []],
  ])('%j', (from, text, kinds) => {
    expect(transliterate(from, USUAL_DELIMITERS)).toEqual({ text, kinds });
  });

  it.each(['Петрова', '李', 'محمد', '☂', '***', '', ' '])('refuses %j, which would be another name or none', (from) => {
    expect(transliterate(from, USUAL_DELIMITERS)).toBeUndefined();
  });

  it('keeps out the delimiters of the file at hand as well', () => {
    expect(transliterate('A;B', { ...USUAL_DELIMITERS, component: ';' })).toEqual({
      text: 'A B',
      kinds: ['delimiter'],
    });
  });
});

describe('identifiers', () => {
  it.each(['W100-2', 'abc', 'A B', 'x.y@z'])('passes %j as it is', (text) => {
    expect(identifierProblem(text, USUAL_DELIMITERS)).toBeUndefined();
  });

  it.each([
    ['A*1', 'x12_delimiter_in_identifier'],
    ['A`1', 'x12_delimiter_in_identifier'],
    ['É1', 'x12_character_in_identifier'],
    [' A', 'x12_character_in_identifier'],
    ['A  B', 'x12_character_in_identifier'],
    ['A\n', 'x12_character_in_identifier'],
    ['', 'x12_character_in_identifier'],
  ])('refuses %j', (text, code) => {
    expect(identifierProblem(text, USUAL_DELIMITERS)).toBe(code);
  });
});
