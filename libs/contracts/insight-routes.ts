import { accountingQuery, accountingRow } from './accounting.js';
import { comparison } from './comparison.js';
import { connectionCheck, testClaim } from './connection-check.js';
import { asking, askingQuery, dashboard, dashboardQuery } from './dashboard.js';
import { clientInPath, disclosureInPath, insurerInPath, releaseInPath } from './path-parameters.js';
import { route } from './route.js';
import { pageOf } from './scalars.js';
import { releaseSimulation, simulationQuery } from './simulation.js';
import { systemHealth, systemQueues } from './system.js';

/** Media types in which bytes are sealed. */
export const SENT_MEDIA = ['application/edi-x12', 'application/json', 'application/pdf'] as const;

/** What the practice learns about its own disclosures. */
export const INSIGHT_ROUTES = {
  simulateRelease: route({
    method: 'POST',
    path: '/v1/releases/{id}/simulation',
    access: 'releases.draft',
    tag: 'Releases',
    summary: 'Decide the last ninety days of a client as now and as if this draft were signed. Keeps nothing.',
    params: releaseInPath,
    query: simulationQuery,
    status: 200,
    response: releaseSimulation,
  }),
  readDashboard: route({
    method: 'GET',
    path: '/v1/dashboard',
    access: 'dashboard.read',
    tag: 'Insight',
    summary: 'What was sent, what waits for whom, what stays back, and how fast insurers answer.',
    query: dashboardQuery,
    status: 200,
    response: dashboard,
  }),
  readAsking: route({
    method: 'GET',
    path: '/v1/insurers/asking',
    access: 'dashboard.read',
    tag: 'Insight',
    summary: 'Which insurers require more than law or clients allow, by field and cause.',
    query: askingQuery,
    status: 200,
    response: asking,
  }),
  compareDisclosure: route({
    method: 'GET',
    path: '/v1/disclosures/{id}/comparison',
    access: 'disclosures.read',
    tag: 'Disclosures',
    summary: 'Compare it, field by field, with the claim that it corrects or the report before it.',
    params: disclosureInPath,
    status: 200,
    response: comparison,
  }),
  readSentBytes: route({
    method: 'GET',
    path: '/v1/disclosures/{id}/sent',
    access: 'disclosures.sent-bytes',
    personal: true,
    tag: 'Disclosures',
    summary:
      'The very bytes that were sealed, for whoever may see every value in them; the ledger records it first. The entity tag is their stored SHA-256, Repr-Digest (RFC 9530) is computed from what is given.',
    params: disclosureInPath,
    status: 200,
    media: SENT_MEDIA,
    entityTag: 'given',
  }),
  accountForClient: route({
    method: 'GET',
    path: '/v1/clients/{id}/accounting',
    access: 'accounting.read',
    tag: 'Clients',
    summary: 'What was disclosed about a client: when, to whom, which fields, why. Newest first.',
    params: clientInPath,
    query: accountingQuery,
    status: 200,
    response: pageOf(accountingRow),
  }),
  checkConnection: route({
    method: 'POST',
    path: '/v1/insurers/{id}/connection/check',
    access: 'insurers.connect',
    personal: true,
    tag: 'Practice',
    summary: 'Open the connection to an insurer, sign in and close it. Nothing about any client is sent.',
    params: insurerInPath,
    status: 200,
    response: connectionCheck,
  }),
  sendTestClaim: route({
    method: 'POST',
    path: '/v1/insurers/{id}/connection/test-claim',
    access: 'insurers.connect',
    personal: true,
    tag: 'Practice',
    summary:
      'Send an insurer a claim about nobody, marked as a test (ISA15 T), over the connection by which it is reached now. It goes once; the ledger records it first.',
    params: insurerInPath,
    status: 200,
    response: testClaim,
  }),
  readQueues: route({
    method: 'GET',
    path: '/v1/system/queues',
    access: 'system.read',
    tag: 'System',
    summary: 'What waits in outbox, lanes and queues, and what failed lately.',
    status: 200,
    response: systemQueues,
  }),
  readHealth: route({
    method: 'GET',
    path: '/v1/system/health',
    access: 'system.read',
    tag: 'System',
    summary: 'Whether each part of the installation works.',
    status: 200,
    response: systemHealth,
  }),
} as const;
