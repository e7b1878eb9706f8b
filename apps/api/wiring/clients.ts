import {
  addClientIn,
  amendClientIn,
  addCoverageIn,
  assignClinicianIn,
  type Receipt,
  type Transaction,
} from '#libs/application';
import { type ClientId, type CoverageId, failed, issue, ok, type Result } from '#libs/kernel';
import type { ClientView, CoverageView } from '#libs/contracts';
import { CURSOR_PLACE } from '../paging.js';
import type { ClientUseCases } from '../use-cases/clients.js';
import { fromRecordClient, fromRecordCoverage, toClientView, toCoverageView } from './client-mappers.js';
import { clientFor, createdOnce, type Desk, idIn, notFound, toPracticeContext, within } from './desk.js';
import { pageInReach } from './pages-in-reach.js';

const clientShown = async (transaction: Transaction, receipt: Receipt): Promise<Result<ClientView>> => {
  const id = idIn<ClientId>(receipt, 'client');
  const client = id === undefined ? undefined : (await transaction.clients.byIds([id])).get(id);
  return client === undefined ? notFound() : ok(toClientView(client));
};

const coverageShown = async (transaction: Transaction, receipt: Receipt): Promise<Result<CoverageView>> => {
  const id = idIn<CoverageId>(receipt, 'coverage');
  const coverage = id === undefined ? undefined : (await transaction.clients.coverages([id])).get(id);
  return coverage === undefined ? notFound() : ok(toCoverageView(coverage));
};

export const clientUseCases = (desk: Desk): ClientUseCases => ({
  listClients: (context, { code }, paging) =>
    within(desk, context, async (transaction) => {
      // One client by code is one page; no cursor leads out of it.
      if (code !== undefined && paging.after !== undefined) return failed(issue('cursor_invalid', CURSOR_PLACE));
      const { rows, ...more } = await pageInReach(
        { transaction, context, paging },
        async (place) => {
          if (code === undefined) return transaction.clients.page(place);
          const client = await transaction.clients.byCode(code);
          return { rows: client === undefined ? [] : [client] };
        },
        (client) => client.id,
      );
      return ok({ rows: rows.map(toClientView), ...more });
    }),

  recordClient: (context, client, idempotency) =>
    createdOnce(
      desk,
      { context, idempotency },
      {
        run: async (transaction) => {
          const request = { context: toPracticeContext(context), client: fromRecordClient(client) };
          const added = await addClientIn(desk.services, transaction, request);
          if (!added.ok) return added;
          const { id } = added.value;
          // Who sees only own clients, and records one, treats this one.
          if (context.reach.kind === 'own') {
            const assignment = { client: id, clinician: context.reach.clinician };
            const assigned = await assignClinicianIn(desk.services, transaction, { ...request, assignment });
            if (!assigned.ok) return assigned;
          }
          return ok({ client: id });
        },
        show: clientShown,
      },
    ),

  readClient: (context, id) =>
    within(desk, context, async (transaction) => {
      const client = await clientFor(transaction, context, id);
      return client.ok ? ok(toClientView(client.value)) : client;
    }),

  amendClient: (context, id, { identity, version }) =>
    within(desk, context, async (transaction) => {
      const found = await clientFor(transaction, context, id);
      if (!found.ok) return found;
      const amendment = { context: toPracticeContext(context), client: id, identity, revision: version };
      const amended = await amendClientIn(desk.services, transaction, amendment);
      return amended.ok ? ok(toClientView(amended.value)) : amended;
    }),

  listCoverages: (context, id) =>
    within(desk, context, async (transaction) => {
      const client = await clientFor(transaction, context, id);
      return client.ok ? ok((await transaction.clients.coveragesOf(id)).map(toCoverageView)) : client;
    }),

  recordCoverage: (context, coverage, idempotency) =>
    createdOnce(
      desk,
      { context, idempotency },
      {
        run: async (transaction) => {
          const client = await clientFor(transaction, context, coverage.client);
          if (!client.ok) return client;
          const added = await addCoverageIn(desk.services, transaction, fromRecordCoverage(coverage));
          return added.ok ? ok({ coverage: added.value.id }) : added;
        },
        show: coverageShown,
      },
    ),
});
