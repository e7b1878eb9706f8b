import { words, type WorklistQueue } from '#libs/contracts';

/** What of the worklist is shown, as it stands in the address; nothing else may. */
export interface WorklistSearch {
  readonly queue?: WorklistQueue;
  readonly scope?: 'mine';
  readonly snoozed?: true;
}

export const readWorklistSearch = ({ queue, scope, snoozed }: Record<string, unknown>): WorklistSearch => {
  const known = words.WORKLIST_QUEUES.find((one) => one === queue);
  return {
    ...(known === undefined ? {} : { queue: known }),
    ...(scope === 'mine' ? { scope } : {}),
    ...(snoozed === true ? { snoozed } : {}),
  };
};
