export type { Asked, DryRoute, FileSent, Given, JsonRoute, MediaRoute, PagedRoute } from './exchanges.js';
export { type Downloaded, GatewayClient, type GatewayClientOptions } from './gateway-client.js';
export { type GatewayProblemCode, Problem } from './problem.js';
export { type ReceivedWebhook, verifyWebhook } from './verify-webhook.js';
export type { Proof } from './wire.js';
