import { type ImportKind, importQuery, importReport } from './imports.js';
import { route } from './route.js';
import { shadowReport, shadowRun } from './shadow.js';

const importOf = <Kind extends ImportKind, const Access extends 'imports.run' | 'insurers.write'>(
  kind: Kind,
  of: { readonly access: Access; readonly summary: string },
) =>
  route({
    method: 'POST',
    path: `/v1/imports/${kind}`,
    ...of,
    tag: 'Import',
    query: importQuery,
    consumes: ['text/csv'],
    bytes: 64 * 1_048_576,
    status: 200,
    response: importReport,
    idempotent: true,
  });

/** What a practice brings along from elsewhere, as comma-separated files (RFC 4180, UTF-8). */
export const IMPORT_ROUTES = {
  importClients: importOf('clients', { access: 'imports.run', summary: 'Import clients.' }),
  importCoverages: importOf('coverages', {
    access: 'imports.run',
    summary: 'Import coverages of clients who are there, with funding and whether something on file shows it.',
  }),
  importInsurers: importOf('insurers', {
    access: 'insurers.write',
    summary: 'Import how the practice reaches its insurers.',
  }),
  importReleases: importOf('releases', {
    access: 'imports.run',
    summary: 'Import releases as drafts. None is in force before its paper was attached and checked.',
  }),
  runShadow: route({
    method: 'POST',
    path: '/v1/shadow-runs',
    access: 'invoices.submit',
    tag: 'Import',
    summary:
      'Say what would go, change, stay or be held if these invoices were submitted now. Stores and sends nothing.',
    body: shadowRun,
    status: 200,
    response: shadowReport,
  }),
} as const;
