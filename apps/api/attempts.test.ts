import { describe, expect, it } from 'vitest';
import { Attempts } from './attempts.js';

const at = { now: 0 };
const attempts = () => new Attempts({ now: () => at.now });

describe('attempts', () => {
  it('are free three times, then wait longer each time, up to a minute', () => {
    at.now = 0;
    const desk = attempts();
    const waits = Array.from({ length: 12 }, () => {
      desk.failed('a');
      return desk.wait('a');
    });
    expect(waits).toEqual([0, 0, 0, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
    at.now = 60_000;
    expect(desk.wait('a')).toBe(0);
    expect(desk.wait('b')).toBe(0);
  });

  it('are forgotten after a success, or a quarter of an hour', () => {
    at.now = 0;
    const desk = attempts();
    for (let failure = 0; failure < 6; failure += 1) desk.failed('a');
    desk.succeeded('a');
    expect(desk.wait('a')).toBe(0);
    for (let failure = 0; failure < 6; failure += 1) desk.failed('a');
    at.now = 15 * 60_000 + 1;
    desk.failed('a');
    expect(desk.wait('a')).toBe(0);
  });

  it('are counted by account and address, in any case', () => {
    expect(Attempts.nameOf('Bo@Meadow', '1')).toBe(Attempts.nameOf('bo@meadow', '1'));
    expect(Attempts.nameOf('bo@meadow', '1')).not.toBe(Attempts.nameOf('bo@meadow', '2'));
    expect(Attempts.nameOf('bo@meadow', '1')).not.toContain('bo');
  });
});
