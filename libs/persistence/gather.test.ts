import { describe, expect, it } from 'vitest';
import { gather } from './gather.js';

describe('gathered questions', () => {
  const counted = () => {
    const asked: (readonly string[])[] = [];
    const open: (() => void)[] = [];
    const ask = gather<string, string>(async (questions) => {
      asked.push(questions);
      await new Promise<void>((resolve) => open.push(resolve));
      return new Map(questions.filter((one) => one !== 'nothing').map((one) => [one, `answer to ${one}`]));
    });
    const answerNext = async (): Promise<void> => {
      while (open.length === 0) await Promise.resolve();
      open.shift()?.();
    };
    return { asked, ask, answerNext };
  };

  it('come together while one is under way, each asked once', async () => {
    const { asked, ask, answerNext } = counted();
    const first = ask('a');
    await Promise.resolve();
    await Promise.resolve();
    const others = [ask('b'), ask('c'), ask('b'), ask('nothing')];
    await answerNext();
    await answerNext();
    expect(await Promise.all([first, ...others])).toEqual([
      'answer to a',
      'answer to b',
      'answer to c',
      'answer to b',
      undefined,
    ]);
    expect(asked).toEqual([['a'], ['b', 'c', 'nothing']]);
  });

  it('are never answered from before they were asked', async () => {
    const { asked, ask, answerNext } = counted();
    const first = ask('a');
    while (asked.length === 0) await Promise.resolve();
    const again = ask('a');
    await answerNext();
    await answerNext();
    await Promise.all([first, again]);
    expect(asked).toEqual([['a'], ['a']]);
  });

  it('fail together, and the next are asked all the same', async () => {
    let calls = 0;
    const ask = gather<string, string>(() => {
      calls += 1;
      return calls === 1 ? Promise.reject(new Error('away')) : Promise.resolve(new Map([['b', 'back']]));
    });
    await expect(ask('a')).rejects.toThrow('away');
    expect(await ask('b')).toBe('back');
  });
});
