import { Intakes, type PullServices } from '#libs/application';
import { createConnectionCheck, createTransport, webhookAddressCheck } from '#libs/delivery';
import type { UseCases } from '../use-cases.js';
import { accountingUseCases } from './accounting.js';
import { actorUseCases } from './actor.js';
import { clientUseCases } from './clients.js';
import { comparisonUseCases } from './comparison.js';
import { correctionUseCases } from './corrections.js';
import type { Desk } from './desk.js';
import { disclosureUseCases } from './disclosures.js';
import { documentUseCases } from './documents.js';
import { importUseCases } from './imports.js';
import { insightUseCases } from './insight.js';
import { insurerUseCases } from './insurers.js';
import { intakeUseCases } from './intake.js';
import { inboxUseCases } from './inbox.js';
import { practiceUseCases } from './practice.js';
import { releaseUseCases } from './releases.js';
import { scanUseCases } from './scans.js';
import { shadowUseCases } from './shadow.js';
import { routeUseCases } from './routes.js';
import { renewalUseCases } from './renewals.js';
import { simulationUseCases } from './simulation.js';
import { signingUseCases } from './signing.js';
import { staffUseCases } from './staff.js';
import { systemUseCases } from './system.js';
import { treatmentUseCases } from './treatments.js';
import { bulkActionUseCases } from './bulk-actions.js';
import { viewUseCases } from './views.js';
import { webhookUseCases } from './webhooks.js';
import { worklistUseCases } from './worklist.js';

interface EgressSettings {
  readonly allowLoopback: boolean;
  /** In which insurers are reached, and endpoints never. */
  readonly privateNetworks?: readonly string[];
}

/**
 * The application as the gateway sees it: one transaction of the asker’s practice behind every answer. Endpoints on this
 * machine are refused unless the installation allows them.
 */
export const createUseCases = (services: PullServices, egress: EgressSettings = { allowLoopback: false }): UseCases => {
  const { clock, ids } = services;
  const reaching = { ...egress, clock, ids, monotonic: () => performance.now() };
  const desk: Desk = {
    services,
    intakes: new Intakes(services),
    mayTell: webhookAddressCheck(egress),
    checkConnection: createConnectionCheck(reaching),
    sendTest: async (sealed, permit, insurer) => {
      const transport = createTransport(reaching);
      return transport.send(sealed, permit, insurer).finally(() => transport.close());
    },
  };
  return {
    ...intakeUseCases(desk),
    ...documentUseCases(desk),
    ...disclosureUseCases(desk),
    ...comparisonUseCases(desk),
    ...accountingUseCases(desk),
    ...correctionUseCases(desk),
    ...clientUseCases(desk),
    ...treatmentUseCases(desk),
    ...releaseUseCases(desk),
    ...importUseCases(desk),
    ...scanUseCases(desk),
    ...signingUseCases(desk),
    ...renewalUseCases(desk),
    ...shadowUseCases(desk),
    ...simulationUseCases(desk),
    ...insightUseCases(desk),
    ...systemUseCases(desk),
    ...practiceUseCases(desk),
    ...insurerUseCases(desk),
    ...routeUseCases(desk),
    ...webhookUseCases(desk),
    ...staffUseCases(desk),
    ...worklistUseCases(desk),
    ...bulkActionUseCases(desk),
    ...viewUseCases(desk),
    ...inboxUseCases(desk),
    ...actorUseCases(desk),
  };
};
