export {
  type Asked,
  GatewayClient,
  type GatewayClientOptions,
  type Given,
  type JsonRoute,
  type PagedRoute,
  type Proof,
} from './gateway-client.js';
export { type GatewayProblemCode, Problem } from './problem.js';
export { type ReceivedWebhook, verifyWebhook } from './verify-webhook.js';
