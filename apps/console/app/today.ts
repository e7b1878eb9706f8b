import { dayIn } from '../parts/days.js';
import { nowMs } from './platform.js';
import { useSession } from './session.js';

/** Today where the practice is, `YYYY-MM-DD`: its releases begin and end by its days, wherever the reader sits. */
export const useToday = (): string => {
  const { session } = useSession();
  return dayIn(session.practice.timeZone, nowMs());
};
