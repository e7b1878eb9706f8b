import type { PracticeId } from '#libs/kernel';
import type { Services } from '../ports/services.js';
import type { Heartbeat } from '../ports/system.js';

/** Lets a practice know that a worker lives. The gateway knows no queue: what is in them it reads from here. */
export const beat = ({ store }: Pick<Services, 'store'>, practice: PracticeId, heartbeat: Heartbeat): Promise<void> =>
  store.inPractice({ practice, actor: 'worker' }, ({ system }) => system.beat(heartbeat));
