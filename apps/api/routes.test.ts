import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { mayDo } from '#libs/access';
import { type Role, ROLES, ROUTE_NAMES, type RouteName, routeOf } from '#libs/contracts';
import { type Gateway, openGateway, PASSWORD, SIGN_IN } from './gateway.fixture.js';
import {
  CLIENT,
  CLINICIAN,
  CONNECTION,
  DRAFT,
  INVOICE,
  OTHER_PRACTICE,
  PRACTICE,
  RECORD_CLIENT,
  RECORD_COVERAGE,
  REPORT,
  SIGNING,
  THING,
} from './samples.fixture.js';

let gateway: Gateway;

const STAFF_ROLES = ROLES.filter((role) => role !== 'insurer');

beforeAll(async () => {
  gateway = await openGateway();
  gateway.useCases.signIn = SIGN_IN;
});
afterEach(() => {
  gateway.useCases.refusal = undefined;
});
afterAll(() => gateway.close());

/** A good body for every route that takes one. */
const BODIES: Partial<Record<RouteName, object>> = {
  submitInvoice: INVOICE,
  submitInvoices: { items: [{ key: 'a', invoice: INVOICE }] },
  previewInvoice: INVOICE,
  submitTreatmentReport: REPORT,
  previewTreatmentReport: REPORT,
  amendDocument: { content: { kind: 'invoice', invoice: INVOICE } },
  replaceClaim: INVOICE,
  resubmitClaim: INVOICE,
  actOnDisclosures: { action: 'cancel', items: [{ id: THING }] },
  assignWork: { staff: THING },
  snoozeWork: { until: '2099-01-01' },
  writeNote: { text: 'Called.' },
  createView: { name: 'Held', filter: { state: 'held' }, columns: ['client'] },
  changeView: { name: 'Held', filter: {}, columns: ['client'], sort: '-createdAt' },
  setTimeZone: { timeZone: 'America/Los_Angeles' },
  chooseForDisclosure: { choice: 'keep-holding' },
  recordClient: RECORD_CLIENT,
  amendClient: { identity: RECORD_CLIENT.identity },
  recordCoverage: RECORD_COVERAGE,
  assignClinician: { clinician: CLINICIAN },
  endTreatment: {},
  draftRelease: DRAFT,
  signRelease: SIGNING,
  checkScan: { outcome: 'refused', reason: 'illegible' },
  reviseRelease: DRAFT,
  createSigningLink: { language: 'en', days: 3, factor: 'birth-date' },
  renewReleases: { releases: [THING], validUntil: '2027-12-31' },
  runShadow: { invoices: [INVOICE] },
  supersedeRelease: { older: THING },
  addToRelease: { older: THING },
  revokeRelease: { receivedAt: '2026-03-05T09:00:00Z', channel: 'letter' },
  endRelease: { because: 'known-false', at: '2026-03-05T09:00:00Z' },
  recordRestriction: { kind: 'paid-in-full', serviceDates: ['2026-02-24'] },
  signIn: { signIn: SIGN_IN, password: PASSWORD },
  changeConnection: CONNECTION,
  createApiKey: { label: 'Practice system', roles: ['billing'], days: 30 },
  recordRoute: { kind: 'direct' },
  chooseReading: { ceiling: 'nj-45-14b-32', choice: { kind: 'literal' } },
  createWebhookEndpoint: { url: 'https://hooks.example/sluice', events: ['disclosure.moved'] },
  createStaffAccount: { signIn: 'nell@meadow.example', name: 'Nell Newcomer', roles: ['billing'] },
  changeStaffRoles: { roles: ['auditor'] },
  changePassword: { current: PASSWORD, next: 'eleven white swans' },
  changeWebhookEndpoint: { url: 'https://hooks.example/sluice', events: ['disclosure.moved'], enabled: false },
  acknowledgeInboxItem: {},
  rejectInboxItem: { reason: 'unreadable' },
  decideInboxItem: { decision: 'denied' },
  createInboxCredential: { label: 'Claims system', days: 30 },
};

let keys = 0;

const QUERIES: Partial<Record<RouteName, string>> = { search: '?q=P123456789' };

const urlOf = (name: RouteName): string =>
  `${routeOf(name).path}${QUERIES[name] ?? ''}`
    .replace('{id}', name.includes('Client') || name.includes('Coverage') ? CLIENT : THING)
    .replace('{link}', THING)
    .replace('{queue}', 'parked')
    .replace('{credential}', THING);

/** A document’s tag says what it contains; every other says the version. */
const tagFor = (name: RouteName): string => (name === 'amendDocument' ? '"a1"' : '"v3"');

/** Bytes for every route that takes some. */
const bytesFor = (name: RouteName): { readonly type: string; readonly payload: Buffer } | undefined => {
  const type = routeOf(name).consumes?.[0];
  return type === undefined ? undefined : { type, payload: Buffer.from('%PDF-1.7 invented') };
};

const send = (name: RouteName, headers: Record<string, string>) => {
  const { method, idempotent, entityTag } = routeOf(name);
  const bytes = bytesFor(name);
  const body = bytes?.payload ?? BODIES[name];
  return gateway.app.inject({
    method,
    url: urlOf(name),
    headers: {
      ...(idempotent ? { 'idempotency-key': `key-${(keys += 1)}` } : {}),
      ...(entityTag === 'required' ? { 'if-match': tagFor(name) } : {}),
      ...(bytes === undefined ? {} : { 'content-type': bytes.type }),
      ...headers,
    },
    ...(body === undefined ? {} : { payload: body }),
  });
};

/** Each role by the only credential that it comes with. */
const headersOf = (role: Role): Record<string, string> =>
  role === 'insurer' ? gateway.insurer() : gateway.session([role]);

/** Whoever is as powerful as anybody on that side can be. */
const everybody = (name: RouteName, practice = PRACTICE): Record<string, string> =>
  routeOf(name).audience === 'insurer' ? gateway.insurer(practice) : gateway.session([...STAFF_ROLES], practice);

const guarded = ROUTE_NAMES.filter((name) => routeOf(name).access !== 'anybody');

describe('every route of the table', () => {
  it('is answered, and nothing else is under /v1', () => {
    const printed = gateway.app
      .getHttpAdapter()
      .getInstance()
      .printRoutes({ commonPrefix: false, includeHooks: false });
    const lines = printed.split('\n').filter((line: string) => line.includes('('));
    const methods = lines
      .flatMap((line: string) => (/\(([^)]*)\)/.exec(line)?.[1] ?? '').split(', '))
      .filter((method: string) => method !== 'HEAD');
    const own = [
      '/health/live',
      '/health/ready',
      '/metrics',
      '/openapi.json',
      '/docs',
      '/docs/start.js',
      '/docs/swagger-ui.css',
      '/docs/swagger-ui-bundle.js',
      '/v1/sign',
      '/v1/sign/copy',
      '/v1/sign/:token',
      '/v1/sign/answer',
      '/v1/sign/signature',
      '/v1/oauth/token',
      '/problems/:code',
    ];
    expect(methods).toHaveLength(ROUTE_NAMES.length + own.length);
  });

  it.each(guarded)('%s asks who it is', async (name) => {
    const answer = await send(name, {});
    expect(answer.statusCode).toBe(401);
    expect(answer.json().code).toBe('not_signed_in');
  });

  it.each(ROUTE_NAMES.flatMap((name) => ROLES.map((role) => [name, role] as const)))(
    '%s as %s goes by the matrix',
    async (name, role: Role) => {
      const { access, status } = routeOf(name);
      const allowed = access === 'anybody' || (access === 'signed-in' ? role !== 'insurer' : mayDo([role], access));
      const calls = gateway.useCases.calls.length;
      const answer = await send(name, headersOf(role));
      expect([answer.statusCode, answer.body]).toEqual([allowed ? status : 403, expect.any(String)]);
      if (!allowed) {
        expect(answer.json().code).toBe('forbidden');
        expect(gateway.useCases.calls).toHaveLength(calls);
      }
    },
  );

  it.each(guarded)('%s allows nothing without a role', async (name) => {
    if (routeOf(name).access === 'signed-in') return;
    expect((await send(name, gateway.session([]))).statusCode).toBe(403);
  });

  it.each(guarded.filter((name) => routeOf(name).audience === 'insurer'))(
    '%s is for an insurer’s token alone, whatever roles somebody else has',
    async (name) => {
      for (const headers of [gateway.session([...ROLES]), gateway.apiKey([...ROLES])]) {
        const answer = await send(name, headers);
        expect([answer.statusCode, answer.json().code]).toEqual([403, 'forbidden']);
      }
    },
  );

  it.each(guarded.filter((name) => routeOf(name).audience !== 'insurer'))(
    '%s is nothing for an insurer’s token',
    async (name) => {
      const answer = await send(name, gateway.insurer());
      expect([answer.statusCode, answer.json().code]).toEqual([403, 'forbidden']);
    },
  );

  it.each(guarded.filter((name) => routeOf(name).method !== 'GET' && routeOf(name).audience === undefined))(
    '%s by a session needs the request header',
    async (name) => {
      const { cookie } = gateway.session([...STAFF_ROLES]);
      const answer = await send(name, { cookie: String(cookie) });
      expect([answer.statusCode, answer.json().code]).toEqual([403, 'request_header_missing']);
    },
  );

  it.each(ROUTE_NAMES.filter((name) => routeOf(name).idempotent))('%s needs an Idempotency-Key', async (name) => {
    const answer = await send(name, { ...everybody(name), 'idempotency-key': '' });
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'idempotency_key_missing']);
  });

  it.each(ROUTE_NAMES.filter((name) => routeOf(name).params !== undefined))(
    '%s finds nothing of another practice, nor under what is no id',
    async (name) => {
      const foreign = await send(name, everybody(name, OTHER_PRACTICE));
      const { method } = routeOf(name);
      const bytes = bytesFor(name);
      const body = bytes?.payload ?? BODIES[name];
      const noId = await gateway.app.inject({
        method,
        url: urlOf(name).replace(/[0-9a-f-]{36,64}|parked/, 'CANARY'),
        headers: {
          ...everybody(name),
          'idempotency-key': 'k',
          'if-match': tagFor(name),
          ...(bytes === undefined ? {} : { 'content-type': bytes.type }),
        },
        ...(body === undefined ? {} : { payload: body }),
      });
      for (const answer of [foreign, noId]) {
        expect(answer.statusCode).toBe(404);
        const { correlation, ...told } = answer.json();
        expect(correlation).toMatch(/^[0-9a-f-]{36}$/);
        expect(told).toEqual({
          type: '/problems/not_found',
          title: 'There is no such thing here.',
          status: 404,
          code: 'not_found',
          issues: [],
        });
      }
    },
  );

  it('creates under an idempotency key, unless it gives out a secret', () => {
    const without = ROUTE_NAMES.filter(
      (name) => [201, 202].includes(routeOf(name).status) && !routeOf(name).idempotent,
    );
    expect(without).toEqual([
      'createSigningLink',
      'createApiKey',
      'createStaffAccount',
      'createWebhookEndpoint',
      // The same bytes are the same answer, and it gives nothing back that a repetition could lose.
      'postInboxAnswer',
      'createInboxCredential',
    ]);
  });
});
