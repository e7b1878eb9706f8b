import { ok, type Result } from '#libs/kernel';
import { systemClock } from '#libs/settings';
import { answered } from '../gateway/answered.js';
import type { Screen } from '../up/screen.js';
import { play } from './play.js';
import type { PreparedDemo } from './prepare-demo.js';
import { allRows } from './rows.js';
import { signEverybodyIn, type Stage } from './stage.js';
import { tableOf } from './table.js';

export interface Presenting {
  /** Where the gateway answers. */
  readonly address: string;
  readonly screen: Screen;
  readonly over: AbortSignal;
}

/** What the practice can prove of itself, and what the insurers say they received. */
const proof = async (stage: Stage): Promise<{ readonly line: string; readonly holds: boolean }> => {
  const [ledger, sandbox] = [await answered(stage.cast.privacy.ask('verifyLedger', {})), await stage.sandbox.totals()];
  const [verified, totals] = [ledger.ok ? ledger.value : undefined, sandbox.ok ? sandbox.value : undefined];
  const chain =
    verified === undefined
      ? 'The ledger could not be verified'
      : `Ledger: ${verified.blocks} blocks, ${verified.entries} entries, the chain ${verified.holds ? 'holds' : 'is broken'}`;
  const received =
    totals === undefined
      ? 'the insurers do not answer'
      : `insurers received ${totals.received} transmissions and worked on ${totals.doubled === 0 ? 'none' : totals.doubled} of them twice`;
  return { line: `${chain}; ${received}.`, holds: verified?.holds === true && totals?.doubled === 0 };
};

/**
 * Plays what is left of the story, and shows one table of where everything stands. True when all of it is as it was
 * expected. A practice of which nothing is noted is left alone, and nothing is shown.
 */
export const presentDemo = async (
  prepared: PreparedDemo,
  { address, screen, over }: Presenting,
): Promise<Result<boolean>> => {
  const { demo, world, progress, control } = prepared;
  const cast = await signEverybodyIn(address, demo);
  if (!cast.ok) return cast;
  const stage: Stage = { demo, world, progress, sandbox: control, cast: cast.value, screen, clock: systemClock, over };
  const isOld = progress.done >= demo.steps.length;
  if (isOld && Object.keys(progress.pushed).length === 0) {
    screen.say('The practice was here before, and nothing tells what was submitted; nothing is submitted now.');
    return ok(true);
  }
  const played = await play(stage);
  if (!played.ok) return played;
  if (over.aborted) return ok(true);
  const rows = await allRows(stage);
  const proven = await proof(stage);
  screen.show('');
  for (const line of tableOf(rows, screen.columns)) screen.show(line);
  screen.show('');
  const failures = rows.filter((row) => !row.asExpected).length;
  screen.show(failures === 0 ? `All ${rows.length} as expected.` : `${failures} of ${rows.length} not as expected.`);
  screen.show(proven.line);
  screen.show('');
  return ok(failures === 0 && proven.holds);
};
