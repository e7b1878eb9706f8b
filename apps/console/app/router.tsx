import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { NotFound } from '../parts/not-found.js';
import { ScreenFailed } from '../parts/screen-failed.js';
import { Waiting } from '../parts/waiting.js';
import { readClaimSearch } from '../screens/claims/claim-search.js';
import { readDocumentSearch } from '../screens/invoice/invoice-search.js';
import { readSubmissionSearch } from '../screens/submission/submission-search.js';
import { readWorklistSearch } from '../screens/worklist/worklist-search.js';
import { Shell } from './shell.js';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- how the router is told of a redirection
    throw redirect({ to: '/worklist' });
  },
});

const worklist = createRoute({
  getParentRoute: () => root,
  path: '/worklist',
  validateSearch: readWorklistSearch,
  component: lazyRouteComponent(() => import('../screens/worklist/worklist-screen.js'), 'WorklistScreen'),
});

const claims = createRoute({
  getParentRoute: () => root,
  path: '/claims',
  validateSearch: readClaimSearch,
  component: lazyRouteComponent(() => import('../screens/claims/claims-screen.js'), 'ClaimsScreen'),
});

const newInvoice = createRoute({
  getParentRoute: () => root,
  path: '/invoices/new',
  validateSearch: readDocumentSearch,
  component: lazyRouteComponent(() => import('../screens/invoice/invoice-screen.js'), 'InvoiceScreen'),
});

const newReport = createRoute({
  getParentRoute: () => root,
  path: '/reports/new',
  validateSearch: readDocumentSearch,
  component: lazyRouteComponent(() => import('../screens/report/report-screen.js'), 'ReportScreen'),
});

const clients = createRoute({
  getParentRoute: () => root,
  path: '/clients',
  component: lazyRouteComponent(() => import('../screens/clients/clients-screen.js'), 'ClientsScreen'),
});

const client = createRoute({
  getParentRoute: () => root,
  path: '/clients/$client',
  component: lazyRouteComponent(() => import('../screens/client/client-screen.js'), 'ClientScreen'),
});

const release = createRoute({
  getParentRoute: () => root,
  path: '/releases/$release',
  component: lazyRouteComponent(() => import('../screens/release/release-screen.js'), 'ReleaseScreen'),
});

const renewals = createRoute({
  getParentRoute: () => root,
  path: '/renewals',
  component: lazyRouteComponent(() => import('../screens/renewals/renewals-screen.js'), 'RenewalsScreen'),
});

const submission = createRoute({
  getParentRoute: () => root,
  path: '/claims/$id',
  validateSearch: readSubmissionSearch,
  component: lazyRouteComponent(() => import('../screens/submission/submission-screen.js'), 'SubmissionScreen'),
});

/** Every page of the console. Addresses hold ids and filters over what is stored in clear, and nothing of a client. */
export const createConsoleRouter = () =>
  createRouter({
    routeTree: root.addChildren([
      home,
      worklist,
      claims,
      submission,
      newInvoice,
      newReport,
      clients,
      client,
      release,
      renewals,
    ]),
    defaultPendingComponent: Waiting,
    defaultErrorComponent: ScreenFailed,
    defaultPreload: 'intent',
    scrollRestoration: true,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
