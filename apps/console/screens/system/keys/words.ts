import { catalogue } from '../../../words/language.js';

export const keyWords = catalogue({
  en: {
    about: 'What programs sign in with. A key never attests, signs or reveals.',
    label: 'What it is for',
    labelHint: 'So that somebody knows which one to revoke.',
    use: 'May',
    useHint: 'One that watches sees counts, queues and health, and no client.',
    uses: { billing: 'Submit and read for billing', operator: 'Watch: metrics, queues, health' },
    days: 'Valid for',
    dayCount: (days: number) => `${days} days`,
    created: 'Made',
    expires: 'Expires',
    add: 'Make a key',
    addTitle: 'Make a key for a program',
    made: (label: string) => `The key “${label}”`,
    stored: 'Stored',
    revoke: 'Revoke',
    revokeTitle: 'Revoke the key',
    revokeStates: (label: string) =>
      `Whatever uses “${label}” is refused from the next request on. It cannot be undone.`,
    revoked: 'The key is revoked.',
    needLabel: 'Say what the key is for.',
    empty: 'No program has a key',
    emptyAbout: 'A practice system that submits invoices by itself needs one. It is shown once, when it is made.',
  },
});
