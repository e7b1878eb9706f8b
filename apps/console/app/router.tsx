import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { NotFound } from '../parts/not-found.js';
import { readSearch } from '../parts/read-search.js';
import { ScreenFailed } from '../parts/screen-failed.js';
import { Waiting } from '../parts/waiting.js';
import { readClaimSearch } from '../screens/claims/claim-search.js';
import { readDocumentSearch } from '../screens/invoice/invoice-search.js';
import { readSubmissionSearch } from '../screens/submission/submission-search.js';
import { readWorklistSearch } from '../screens/worklist/worklist-search.js';
import { Home } from './home.js';
import { Shell } from './shell.js';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const home = createRoute({ getParentRoute: () => root, path: '/', component: Home });

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

const insurers = createRoute({
  getParentRoute: () => root,
  path: '/insurers',
  validateSearch: readSearch('view'),
  component: lazyRouteComponent(() => import('../screens/insurers/insurers-screen.js'), 'InsurersScreen'),
});

const insurer = createRoute({
  getParentRoute: () => root,
  path: '/insurers/$insurer',
  component: lazyRouteComponent(() => import('../screens/insurers/insurer-screen.js'), 'InsurerScreen'),
});

const readings = createRoute({
  getParentRoute: () => root,
  path: '/readings',
  component: lazyRouteComponent(() => import('../screens/readings/readings-screen.js'), 'ReadingsScreen'),
});

const imports = createRoute({
  getParentRoute: () => root,
  path: '/imports',
  validateSearch: readSearch('kind'),
  component: lazyRouteComponent(() => import('../screens/imports/imports-screen.js'), 'ImportsScreen'),
});

const shadow = createRoute({
  getParentRoute: () => root,
  path: '/shadow',
  component: lazyRouteComponent(() => import('../screens/shadow/shadow-screen.js'), 'ShadowScreen'),
});

const ledger = createRoute({
  getParentRoute: () => root,
  path: '/ledger',
  validateSearch: readSearch('view', 'kind', 'from', 'to', 'disclosure', 'client'),
  component: lazyRouteComponent(() => import('../screens/ledger/ledger-screen.js'), 'LedgerScreen'),
});

const dashboard = createRoute({
  getParentRoute: () => root,
  path: '/dashboard',
  validateSearch: readSearch('period'),
  component: lazyRouteComponent(() => import('../screens/dashboard/dashboard-screen.js'), 'DashboardScreen'),
});

const password = createRoute({
  getParentRoute: () => root,
  path: '/password',
  component: lazyRouteComponent(() => import('../screens/system/password/password-screen.js'), 'PasswordScreen'),
});

const system = createRoute({
  getParentRoute: () => root,
  path: '/system',
  component: lazyRouteComponent(() => import('../screens/system/system-screen.js'), 'SystemHome'),
});

const people = createRoute({
  getParentRoute: () => root,
  path: '/system/people',
  component: lazyRouteComponent(() => import('../screens/system/people/people-screen.js'), 'PeopleScreen'),
});

const keys = createRoute({
  getParentRoute: () => root,
  path: '/system/keys',
  component: lazyRouteComponent(() => import('../screens/system/keys/keys-screen.js'), 'KeysScreen'),
});

const webhooks = createRoute({
  getParentRoute: () => root,
  path: '/system/webhooks',
  validateSearch: readSearch('state'),
  component: lazyRouteComponent(() => import('../screens/system/webhooks/webhooks-screen.js'), 'WebhooksScreen'),
});

const queues = createRoute({
  getParentRoute: () => root,
  path: '/system/queues',
  component: lazyRouteComponent(() => import('../screens/system/queues/queues-screen.js'), 'QueuesScreen'),
});

const health = createRoute({
  getParentRoute: () => root,
  path: '/system/health',
  component: lazyRouteComponent(() => import('../screens/system/health/health-screen.js'), 'HealthScreen'),
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
      insurers,
      insurer,
      readings,
      imports,
      shadow,
      ledger,
      dashboard,
      password,
      system,
      people,
      keys,
      webhooks,
      queues,
      health,
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
