import type { z } from 'zod';
import { CLIENT_ROUTES } from './client-routes.js';
import { DOCUMENT_ROUTES } from './document-routes.js';
import { IMPORT_ROUTES } from './import-routes.js';
import { INSIGHT_ROUTES } from './insight-routes.js';
import { PRACTICE_ROUTES } from './practice-routes.js';
import { SCAN_ROUTES } from './scan-routes.js';
import type { RouteDefinition } from './route.js';
import { SIGNING_ROUTES } from './signing-routes.js';
import { STAFF_ROUTES } from './staff-routes.js';
import { WEBHOOK_ROUTES } from './webhook-routes.js';
import { WORKLIST_ROUTES } from './worklist-routes.js';

/** Every route of `/v1`. What is not in here does not exist. */
export const ROUTES = {
  ...DOCUMENT_ROUTES,
  ...CLIENT_ROUTES,
  ...IMPORT_ROUTES,
  ...SCAN_ROUTES,
  ...SIGNING_ROUTES,
  ...PRACTICE_ROUTES,
  ...STAFF_ROUTES,
  ...INSIGHT_ROUTES,
  ...WEBHOOK_ROUTES,
  ...WORKLIST_ROUTES,
} as const;

export type RouteName = keyof typeof ROUTES;

export const ROUTE_NAMES: readonly RouteName[] = Object.keys(ROUTES) as RouteName[];

export const routeOf = (name: RouteName): RouteDefinition => ROUTES[name];

type Part<Name extends RouteName, Key extends 'params' | 'query' | 'body'> = (typeof ROUTES)[Name] extends {
  readonly [K in Key]: infer Schema extends z.ZodType;
}
  ? z.output<Schema>
  : undefined;

/** What a route's handler gets, after everything has been checked. */
export interface RouteInput<Name extends RouteName> {
  readonly params: Part<Name, 'params'>;
  readonly query: Part<Name, 'query'>;
  readonly body: Part<Name, 'body'>;
}

/** What a route's handler gives, before it is held to the contract on its way out. */
export type RouteOutput<Name extends RouteName> = (typeof ROUTES)[Name] extends {
  readonly response: infer Schema extends z.ZodType;
}
  ? z.input<Schema>
  : undefined;

/** The same for `?validate=only`. */
export type DryRunOutput<Name extends RouteName> = (typeof ROUTES)[Name] extends {
  readonly validateOnly: infer Schema extends z.ZodType;
}
  ? z.input<Schema>
  : undefined;
