import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '#libs/application';

/** A task that runs again and again, never twice at once, until it is stopped. */
export interface Loop {
  stop(): Promise<void>;
}

/** Waits for the task, then the pause. A failure is logged by its code and does not end the loop. */
export const startLoop = (
  task: { readonly name: string; readonly pauseMs: number; readonly run: () => Promise<unknown> },
  log: Log,
): Loop => {
  const over = new AbortController();
  const ended = (async () => {
    while (!over.signal.aborted) {
      try {
        await task.run();
      } catch (error) {
        log.failure(task.name, error);
      }
      await sleep(task.pauseMs, undefined, { signal: over.signal }).catch(() => undefined);
    }
  })();
  return {
    stop: async () => {
      over.abort();
      await ended;
    },
  };
};
