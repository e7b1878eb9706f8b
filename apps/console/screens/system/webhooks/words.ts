import type { words as wire } from '#libs/contracts';
import { catalogue } from '../../../words/language.js';

type Event = (typeof wire.WEBHOOK_EVENTS)[number];

const events: Readonly<Record<Event | 'endpoint.test', string>> = {
  'disclosure.accepted': 'A document was accepted',
  'disclosure.moved': 'A document moved on, or was held',
  'disclosure.answered': 'An insurer answered',
  'release.signed': 'A release was signed',
  'release.revoked': 'A release was revoked',
  'release.ended': 'A release was ended by what is known',
  'release.expiring': 'A release expires soon',
  'endpoint.test': 'Test message',
};

export const webhookWords = catalogue({
  en: {
    about: 'Where the practice’s own systems are told what happened, with ids and states only (Standard Webhooks 1.0).',
    add: 'Add an endpoint',
    addTitle: 'Register an endpoint',
    editTitle: 'Change the endpoint',
    url: 'Address',
    urlHint: 'https://, on the public internet, without credentials or query.',
    events: 'What it is told',
    eventWords: events,
    enabled: 'Tell it what happens',
    needUrl: 'Enter an address that begins with https://',
    needEvent: 'Choose at least one event.',
    secretOf: 'Signing secret of the endpoint',
    stored: 'Stored',
    active: 'active',
    paused: 'paused',
    gone: 'answered 410 and is told nothing more',
    rotating: (until: string) => `Until ${until} messages are signed under the old secret as well.`,
    test: 'Send a test',
    tested: 'A test message is in line. Its delivery shows below.',
    rotate: 'New secret',
    rotateTitle: 'Make a new secret',
    rotateStates:
      'The new secret is shown once. For 24 hours every message carries a signature under the old one, too, so that nothing breaks meanwhile.',
    edit: 'Change',
    remove: 'Remove',
    removeTitle: 'Remove the endpoint',
    removeStates: (url: string) => `${url} is told nothing more; what waits for it is not sent.`,
    save: 'Save',
    saved: 'Saved.',
    removed: 'The endpoint is removed.',
    empty: 'Nobody is told anything yet',
    emptyAbout:
      'Register the address of a practice system, and it is told when a document is accepted, held or answered, instead of asking for it again and again.',
    deliveries: 'Deliveries',
    deliveriesAbout: 'What was sent and what became of it, newest first. What is over is kept for 30 days.',
    noDeliveries: 'No message fits this filter.',
    state: 'State',
    states: { pending: 'waiting', delivered: 'delivered', failed: 'failed' },
    all: 'All',
    event: 'Event',
    attempts: 'Attempts',
    answer: 'Last answer',
    created: 'Made',
    next: 'Next attempt',
    endpoint: 'Endpoint',
    redeliver: 'Send again',
    redelivered: 'It is in line again, under the same webhook-id.',
    message: 'Message',
  },
});
