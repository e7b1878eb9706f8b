import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { PAGE_POLICY } from './headers.js';
import { mediaTypeOf } from './page-types.js';

interface Page {
  readonly path: string;
  readonly type: string;
  readonly bytes: Buffer;
}

const send = (reply: FastifyReply, page: Page): void => {
  void reply
    .headers({ 'content-security-policy': PAGE_POLICY, 'cache-control': 'no-cache' })
    .type(page.type)
    .send(page.bytes);
};

const serve = (server: FastifyInstance, pages: readonly Page[]): void => {
  for (const page of pages) server.get(page.path, (_request, reply) => send(reply, page));
};

const DOCUMENTATION = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Sluice API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

/** `validatorUrl` is off: the document goes to nobody. Requests tried out carry the header that changes need. */
const START = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  validatorUrl: null,
  requestInterceptor: (request) => {
    request.headers['Sluice-Request'] = '1';
    return request;
  },
});
`;

/** Swagger UI as it is published, without anything written into the page. */
const swaggerDirectory = (): string => {
  const ours = createRequire(import.meta.url);
  return dirname(ours.resolve('swagger-ui-dist/package.json'));
};

/** `/docs`: the OpenAPI document for people. */
export const serveDocumentation = async (server: FastifyInstance): Promise<void> => {
  const directory = swaggerDirectory();
  const asset = async (name: string): Promise<Page> => ({
    path: `/docs/${name}`,
    type: mediaTypeOf(name) ?? 'application/octet-stream',
    bytes: await readFile(join(directory, name)),
  });
  serve(server, [
    { path: '/docs', type: 'text/html; charset=utf-8', bytes: Buffer.from(DOCUMENTATION) },
    { path: '/docs/start.js', type: 'text/javascript; charset=utf-8', bytes: Buffer.from(START) },
    await asset('swagger-ui.css'),
    await asset('swagger-ui-bundle.js'),
  ]);
};
