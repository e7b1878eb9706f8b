import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '#libs/application';
import { systemIds } from '#libs/settings';
import { withCorrelation } from '#libs/telemetry';

/** A task that runs again and again, never twice at once, until it is stopped. */
export interface Loop {
  /** Whether no round has ended for so many milliseconds: one of them hangs. */
  isOverdue(milliseconds: number): boolean;
  stop(): Promise<void>;
}

/** Waits for the task, then the pause. A failure is logged by its code and does not end the loop. */
export const startLoop = (
  task: { readonly name: string; readonly pauseMs: number; readonly run: () => Promise<unknown> },
  log: Log,
): Loop => {
  const over = new AbortController();
  let lastEnd = performance.now();
  const ended = (async () => {
    while (!over.signal.aborted) {
      await withCorrelation(systemIds.uuid(), async () => {
        try {
          await task.run();
        } catch (error) {
          log.failure(task.name, error);
        }
      });
      lastEnd = performance.now();
      await sleep(task.pauseMs, undefined, { signal: over.signal }).catch(() => undefined);
    }
  })();
  return {
    isOverdue: (milliseconds) => performance.now() - lastEnd > milliseconds,
    stop: async () => {
      over.abort();
      await ended;
    },
  };
};
