import { expect, it } from 'vitest';
import { differencesOf } from './differences.js';

it('says where two papers differ, and nothing of where they do not', () => {
  const theirs = { number: 'A', lines: [{ units: 1, modifiers: ['95'] }], note: 'x' };
  const yours = { number: 'A', lines: [{ units: 2, modifiers: ['95', 'HO'] }] };
  expect(differencesOf(theirs, yours)).toEqual([
    { place: '/lines/0/units', theirs: '1', yours: '2' },
    { place: '/lines/0/modifiers', theirs: '95', yours: '95, HO' },
    { place: '/note', theirs: 'x', yours: '' },
  ]);
  expect(differencesOf(theirs, theirs)).toEqual([]);
});
