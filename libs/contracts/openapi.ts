import { z } from 'zod';
import { problem } from './problems.js';
import type { RouteDefinition } from './route.js';
import { ROUTE_NAMES, type RouteName, routeOf } from './routes.js';
import { WEBHOOK_MESSAGES } from './webhook-messages.js';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = Readonly<Record<string, Json>>;

const SCHEMAS = '#/components/schemas/';

/** Moves the definitions of one schema among those of the whole document, and points references there. */
const hoist = (value: Json, definitions: Map<string, Json>): Json => {
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map((member) => hoist(member, definitions));
  const moved: Record<string, Json> = {};
  for (const [key, member] of Object.entries(value)) {
    if (key === '$schema') continue;
    if (key === '$defs' && typeof member === 'object' && member !== null && !isList(member)) {
      for (const [name, definition] of Object.entries(member))
        definitions.set(name, hoist(withoutId(definition), definitions));
    } else if (key === '$ref' && typeof member === 'string') moved[key] = member.replace('#/$defs/', SCHEMAS);
    else moved[key] = hoist(member, definitions);
  }
  return moved;
};

const isList = (value: readonly Json[] | JsonObject): value is readonly Json[] => Array.isArray(value);

const withoutId = (value: Json): Json => {
  if (typeof value !== 'object' || value === null || isList(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'id' && key !== '$id'));
};

/** JSON Schema 2020-12 of what goes over the wire, which is what OpenAPI 3.1 takes. */
const schemaOf = (schema: z.ZodType, definitions: Map<string, Json>): Json => {
  const made: unknown = JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' })));
  return hoist(made as Json, definitions);
};

const parametersOf = (schema: z.ZodType | undefined, place: 'path' | 'query'): readonly Json[] => {
  if (schema === undefined) return [];
  const definitions = new Map<string, Json>();
  const object = schemaOf(schema, definitions);
  if (typeof object !== 'object' || object === null || isList(object)) return [];
  const properties = object['properties'];
  const required = object['required'];
  if (typeof properties !== 'object' || properties === null || isList(properties)) return [];
  const needed = Array.isArray(required) ? required : [];
  return Object.entries(properties).map(([name, member]) => ({
    name,
    in: place,
    required: place === 'path' || needed.includes(name),
    schema: member,
  }));
};

const headersOf = (route: RouteDefinition): readonly Json[] => [
  ...(route.idempotent
    ? [
        {
          name: 'Idempotency-Key',
          in: 'header',
          required: route.validateOnly === undefined,
          description: 'Not needed with ?validate=only.',
          schema: { type: 'string', minLength: 1, maxLength: 255 },
        },
      ]
    : []),
  ...(route.entityTag === 'required' || route.entityTag === 'accepted'
    ? [
        {
          name: 'If-Match',
          in: 'header',
          required: route.entityTag === 'required',
          schema: { type: 'string', maxLength: 100 },
        },
      ]
    : []),
];

const jsonBody = (schema: Json): JsonObject => ({ 'application/json': { schema } });

const bytesOf = (types: readonly string[], { bytes }: RouteDefinition): JsonObject =>
  Object.fromEntries(types.map((type) => [type, { schema: { type: 'string', maxLength: bytes ?? 0 } }]));

const securityOf = (route: RouteDefinition): readonly Json[] =>
  route.access === 'anybody' ? [] : [{ session: [] }, ...(route.personal ? [] : [{ apiKey: [] }])];

const descriptionOf = ({ access, personal }: RouteDefinition): string => {
  if (access === 'anybody') return 'For anybody.';
  const needs = access === 'signed-in' ? 'For signed-in.' : `Needs a role that allows \`${access}\`.`;
  return personal ? `${needs} Only for a person: an API key is refused with \`person_required\`.` : needs;
};

const operationOf = (name: RouteName, definitions: Map<string, Json>): JsonObject => {
  const route = routeOf(name);
  const success = {
    description: 'Done.',
    ...(route.response === undefined ? {} : { content: jsonBody(schemaOf(route.response, definitions)) }),
    ...(route.media === undefined ? {} : { content: Object.fromEntries(route.media.map((media) => [media, {}])) }),
  };
  return {
    operationId: name,
    tags: [route.tag],
    summary: route.summary,
    description: descriptionOf(route),
    security: securityOf(route),
    parameters: [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query'), ...headersOf(route)],
    ...(route.consumes === undefined
      ? {}
      : { requestBody: { required: true, content: bytesOf(route.consumes, route) } }),
    ...(route.body === undefined
      ? {}
      : { requestBody: { required: true, content: jsonBody(schemaOf(route.body, definitions)) } }),
    responses: {
      ...(route.validateOnly === undefined
        ? {}
        : {
            '200': {
              description: 'Valid (?validate=only).',
              content: jsonBody(schemaOf(route.validateOnly, definitions)),
            },
          }),
      [String(route.status)]: success,
      default: { $ref: '#/components/responses/Problem' },
    },
  };
};

/** What goes out to endpoints of the practice: the operation is theirs to answer. */
const messagesIn = (definitions: Map<string, Json>): JsonObject =>
  Object.fromEntries(
    Object.entries(WEBHOOK_MESSAGES).map(([type, schema]) => [
      type,
      {
        post: {
          summary: `\`${type}\`, signed by Standard Webhooks 1.0 (webhook-id, webhook-timestamp, webhook-signature).`,
          requestBody: { required: true, content: jsonBody(schemaOf(schema, definitions)) },
          responses: {
            '2XX': { description: 'Taken. Anything else is tried again, for three days.' },
            '410': { description: 'The endpoint wants nothing more and is disabled.' },
          },
        },
      },
    ]),
  );

/** The OpenAPI 3.1 document, from the same table and schemas that the server answers by. */
export const openApiDocument = (): JsonObject => {
  const definitions = new Map<string, Json>();
  const paths: Record<string, Record<string, Json>> = {};
  for (const name of ROUTE_NAMES) {
    const { path, method } = routeOf(name);
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(name, definitions) };
  }
  const problemSchema = schemaOf(problem, definitions);
  const webhooks = messagesIn(definitions);
  return {
    openapi: '3.1.1',
    info: {
      title: 'Sluice',
      version: '1',
      description:
        'A disclosure gateway for psychotherapy practices: no field leaves that the client’s signed release does not allow. Unknown members are refused. Errors are problem details (RFC 9457) with a code and paths, never a value. A change made with a session cookie needs the header `Sluice-Request: 1`.',
    },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    paths,
    webhooks,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-sluice' },
        apiKey: { type: 'http', scheme: 'bearer' },
      },
      responses: {
        Problem: {
          description: 'What went wrong, in codes.',
          content: { 'application/problem+json': { schema: problemSchema } },
        },
      },
      schemas: Object.fromEntries([...definitions].sort(([left], [right]) => (left < right ? -1 : 1))),
    },
  };
};
