import type { Action, DisclosureSummary } from '#libs/contracts';
import type { Asked } from '../../ask/ask.js';

export type BulkBody = Asked<'POST /v1/disclosures/bulk'>['body'];

export const BULK_ACTIONS = [
  ...(['draft-amendment', 'use-markers', 'smaller-format', 'keep-holding', 'cancel', 'assign', 'snooze'] as const),
];

export type BulkActionName = (typeof BULK_ACTIONS)[number];

/** Most that one request takes. */
export const MOST_AT_ONCE = 500;

const NEEDS: Readonly<Record<BulkActionName, Action>> = {
  'draft-amendment': 'disclosures.choose',
  'use-markers': 'disclosures.choose',
  'smaller-format': 'disclosures.choose',
  'keep-holding': 'disclosures.choose',
  cancel: 'disclosures.cancel',
  assign: 'worklist.write',
  snooze: 'worklist.write',
};

export const bulkActionsFor = (may: (action: Action) => boolean): readonly BulkActionName[] =>
  BULK_ACTIONS.filter((name) => may(NEEDS[name]));

/** What is asked for: each row in the version in which it was seen, so that nothing is done to what nobody has looked at. */
export const bulkBodyOf = (
  name: BulkActionName,
  rows: readonly Pick<DisclosureSummary, 'id' | 'version'>[],
  told: { readonly staff: string | null; readonly until: string },
): BulkBody => {
  const seen = rows.map(({ id, version }) => ({ id, version }));
  // Assignment and snooze have a version of their own, which this list does not show.
  const bare = rows.map(({ id }) => ({ id }));
  switch (name) {
    case 'cancel':
      return { action: 'cancel', items: seen };
    case 'assign':
      return { action: 'assign', items: bare, staff: told.staff };
    case 'snooze':
      return { action: 'snooze', items: bare, until: told.until };
    case 'smaller-format':
      return { action: 'choose', items: seen, choice: { choice: name, format: 'statement' } };
    case 'draft-amendment':
    case 'use-markers':
    case 'keep-holding':
      return { action: 'choose', items: seen, choice: { choice: name } };
  }
};
