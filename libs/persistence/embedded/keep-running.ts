import { stopServer } from './launch.js';
import { isAlive, type ProcessMark } from './processes.js';

const LOOK_EVERY = 250;

/**
 * Watches a server and starts it again when it died; the database is the truth, so its death must not be ours. `restart`
 * gives the new server, or `undefined` if there can be none, which ends the watch. Nothing here keeps the process alive.
 */
export const keepRunning = (first: ProcessMark, restart: () => Promise<ProcessMark | undefined>) => {
  let current: ProcessMark | undefined = first;
  let looking: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    if (current !== undefined && !(await isAlive(current))) current = await restart().catch(() => undefined);
    if (current === undefined) clearInterval(timer);
  };
  const timer = setInterval(() => {
    looking ??= look().finally(() => (looking = undefined));
  }, LOOK_EVERY);
  timer.unref();
  return {
    stop: async (): Promise<void> => {
      clearInterval(timer);
      await looking;
      if (current !== undefined) await stopServer(current);
    },
  };
};
