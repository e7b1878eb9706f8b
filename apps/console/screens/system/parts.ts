import type { Action } from '#libs/contracts';
import type { systemWords } from './words.js';

interface Part {
  readonly to: string;
  readonly word: keyof (typeof systemWords)['en'];
  readonly needs: Action;
}

/** What the system is made of, each for whoever may do what it needs. */
export const PARTS = [
  { to: '/system/people', word: 'people', needs: 'staff.manage' },
  { to: '/system/keys', word: 'keys', needs: 'api-keys.manage' },
  { to: '/system/webhooks', word: 'webhooks', needs: 'webhooks.manage' },
  { to: '/system/queues', word: 'queues', needs: 'system.read' },
  { to: '/system/health', word: 'health', needs: 'system.read' },
] as const satisfies readonly Part[];

export type PartAddress = (typeof PARTS)[number]['to'];

/** The first part that somebody may see. */
export const firstPart = (may: (action: Action) => boolean): PartAddress | undefined =>
  PARTS.find(({ needs }) => may(needs))?.to;
