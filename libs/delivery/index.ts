export { createConnectionCheck } from './check-connection.js';
export { createTransport } from './create-transport.js';
export { admit, afterAttempt } from './lane-breaker.js';
export { type OpenJournal, openSendJournal } from './send-journal.js';
export { createWebhookSender, webhookAddressCheck } from './webhook-sender.js';
