import { describe, expect, it } from 'vitest';
import { Row } from './row.js';

const row = new Row({
  text: 'a',
  none: null,
  texts: ['a', 'b'],
  small: 7,
  large: '9007199254740991',
  tooLarge: '9007199254740993',
  flag: true,
  instant: new Date(5),
  bytes: Uint8Array.of(1),
});

describe('a row', () => {
  it('reads each column as what it is', () => {
    expect([row.text('text'), row.optionalText('none'), row.texts('texts'), row.flag('flag')]).toEqual([
      'a',
      undefined,
      ['a', 'b'],
      true,
    ]);
    expect([row.number('small'), row.number('large'), row.instant('instant'), row.optionalInstant('none')]).toEqual([
      7,
      Number.MAX_SAFE_INTEGER,
      5,
      undefined,
    ]);
    expect([row.bytes('bytes'), row.optionalBytes('none')]).toEqual([Uint8Array.of(1), undefined]);
  });

  it('refuses what is otherwise, without quoting it', () => {
    const wrong = [
      () => row.text('small'),
      () => row.text('none'),
      () => row.texts('text'),
      () => row.number('text'),
      () => row.number('tooLarge'),
      () => row.flag('text'),
      () => row.instant('text'),
      () => row.bytes('text'),
      () => row.text('missing'),
    ];
    for (const read of wrong) expect(read).toThrow(/^unexpected_row$/);
  });
});
