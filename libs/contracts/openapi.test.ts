import { describe, expect, it } from 'vitest';
import { openApiDocument } from './openapi.js';
import { PROBLEMS } from './problems.js';
import { ROUTE_NAMES, routeOf } from './routes.js';

const text = JSON.stringify(openApiDocument());
const document = JSON.parse(text);

const isNode = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const at = (reference: string): unknown =>
  reference
    .slice(2)
    .split('/')
    .reduce<unknown>((place, step) => (isNode(place) ? place[step] : undefined), document);

describe('the OpenAPI document', () => {
  it('has every route of the table once, and no other', () => {
    const described = Object.entries<Record<string, { operationId: string }>>(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, { operationId }]) => `${operationId} ${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual(
      ROUTE_NAMES.map((name) => `${name} ${routeOf(name).method} ${routeOf(name).path}`).sort(),
    );
  });

  it('points nowhere that is not there', () => {
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => String(match[1]));
    expect(references.length).toBeGreaterThan(20);
    for (const reference of new Set(references)) {
      expect(at(reference), reference).toBeDefined();
    }
  });

  it('names every parameter of a path', () => {
    for (const name of ROUTE_NAMES) {
      const { path, method } = routeOf(name);
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const { parameters } = document.paths[path][method.toLowerCase()];
      expect(
        parameters.filter((one: { in: string }) => one.in === 'path').map((one: { name: string }) => one.name),
      ).toEqual(inPath);
    }
  });

  it('says which requests need an Idempotency-Key or an entity tag', () => {
    const needing = (header: string) =>
      ROUTE_NAMES.filter((name) => {
        const { path, method } = routeOf(name);
        return document.paths[path][method.toLowerCase()].parameters.some(
          (one: { name: string }) => one.name === header,
        );
      });
    expect(needing('Idempotency-Key')).toEqual(ROUTE_NAMES.filter((name) => routeOf(name).idempotent));
    expect(needing('If-Match')).toEqual([
      'amendDocument',
      'chooseForDisclosure',
      'cancelDisclosure',
      'amendClient',
      'reviseRelease',
      'signRelease',
      'changeStaffRoles',
      'disableStaff',
      'enableStaff',
      'resetPassword',
      'assignWork',
      'snoozeWork',
      'changeView',
    ]);
  });

  it('says which requests only a person may make', () => {
    const personal = ROUTE_NAMES.filter((name) => routeOf(name).personal);
    expect(personal).toEqual([
      'submitTreatmentReport',
      'previewTreatmentReport',
      'attachScan',
      'checkScan',
      'chooseReading',
      'changeConnection',
      'clearLane',
      'setTimeZone',
      'createStaffAccount',
      'changeStaffRoles',
      'disableStaff',
      'enableStaff',
      'resetPassword',
      'changePassword',
      'readSentBytes',
      'checkConnection',
      'sendTestClaim',
      'listViews',
      'createView',
      'changeView',
      'deleteView',
      'createInboxCredential',
      'revokeInboxCredential',
    ]);
    for (const name of ROUTE_NAMES) {
      const { path, method, access, audience } = routeOf(name);
      const { security, description } = document.paths[path][method.toLowerCase()];
      const keyed = access !== 'anybody' && audience === undefined && !personal.includes(name);
      expect([name, security.some((one: object) => 'apiKey' in one)]).toEqual([name, keyed]);
      expect([name, description.includes('person_required')]).toEqual([name, personal.includes(name)]);
    }
  });

  it('refuses unknown members everywhere', () => {
    const loose: string[] = [];
    const walk = (value: unknown, path: string): void => {
      if (!isNode(value)) return;
      if (value['type'] === 'object' && value['additionalProperties'] !== false) loose.push(path);
      for (const [key, member] of Object.entries(value)) walk(member, `${path}/${key}`);
    };
    walk(document.paths, '');
    walk(document.components, '');
    expect(loose).toEqual([]);
  });

  it('bounds every text and every list that comes in', () => {
    const unbounded: string[] = [];
    const seen = new Set<string>();
    const walk = (value: unknown, path: string): void => {
      if (!isNode(value)) return;
      if (typeof value['$ref'] === 'string') {
        if (seen.has(value['$ref'])) return;
        seen.add(value['$ref']);
        walk(at(value['$ref']), value['$ref']);
        return;
      }
      const bounded =
        value['maxLength'] !== undefined ||
        value['format'] !== undefined ||
        value['enum'] !== undefined ||
        value['const'] !== undefined ||
        /^\^\\d\{1,3\}\$$/.test(String(value['pattern']));
      if (value['type'] === 'string' && !bounded) unbounded.push(path);
      if (value['type'] === 'array' && value['maxItems'] === undefined) unbounded.push(path);
      if (value['type'] === 'integer' && (value['maximum'] === undefined || value['minimum'] === undefined))
        unbounded.push(path);
      if (value['type'] === 'number') unbounded.push(path);
      for (const [key, member] of Object.entries(value)) if (key !== 'responses') walk(member, `${path}/${key}`);
    };
    walk(document.paths, '');
    expect(unbounded).toEqual([]);
  });

  it('is the same every time it is made', () => {
    expect(JSON.stringify(openApiDocument())).toBe(text);
  });
});

describe('problems', () => {
  it('have a status of an error, and one sentence', () => {
    for (const { status, title } of Object.values(PROBLEMS)) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(600);
      expect(title).toMatch(/^[A-Z].*\.$/);
    }
  });
});
