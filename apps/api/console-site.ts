import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IdSource } from '#libs/kernel';
import { consolePolicy, headerOf, PAGE_POLICY } from './headers.js';
import type { Methods } from './methods.js';
import { mediaTypeOf } from './page-types.js';

const OWN = /^\/(?:v1|docs|health|metrics|openapi\.json|problems)(?:[/?]|$)/;

/** Stands in the page where its nonce goes. */
const NONCE = '@@nonce@@';

interface Asset {
  readonly path: string;
  readonly type: string;
  readonly bytes: Buffer;
  readonly packed: Readonly<Record<'br' | 'gzip', Buffer>>;
}

const readAsset = async (directory: string, file: string): Promise<Asset> => {
  const bytes = await readFile(file);
  const [br, zipped] = await Promise.all([promisify(brotliCompress)(bytes), promisify(gzip)(bytes)]);
  return {
    path: `/${relative(directory, file).split(sep).join('/')}`,
    type: mediaTypeOf(file) ?? 'application/octet-stream',
    bytes,
    packed: { br, gzip: zipped },
  };
};

const takes = (request: FastifyRequest, coding: string): boolean =>
  (headerOf(request, 'accept-encoding') ?? '').split(',').some((one) => one.trim() === coding);

/** Names of built files hold a digest of what is in them, so that those may be kept for good; they say nothing of anybody. */
const sendAsset = (request: FastifyRequest, reply: FastifyReply, asset: Asset): void => {
  const forGood = asset.path.startsWith('/assets/');
  const coding = (['br', 'gzip'] as const).find((one) => takes(request, one));
  void reply
    .headers({
      'content-security-policy': PAGE_POLICY,
      'cache-control': forGood ? 'public, max-age=31536000, immutable' : 'no-cache',
      vary: 'accept-encoding',
      ...(coding === undefined ? {} : { 'content-encoding': coding }),
    })
    .type(asset.type)
    .send(coding === undefined ? asset.bytes : asset.packed[coding]);
};

/**
 * The built console: its files as they are, read once; any other page of it is its index. Each index has a nonce of its
 * own, under which the page may add styles; scripts are files of ours and have none.
 */
export const serveConsole = async (
  server: FastifyInstance,
  site: { readonly consoleDirectory: string; readonly ids: IdSource; readonly methods: Methods },
): Promise<void> => {
  const { consoleDirectory, ids, methods } = site;
  const entries = await readdir(consoleDirectory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && mediaTypeOf(entry.name) !== undefined);
  const assets = await Promise.all(
    files.map((entry) => readAsset(consoleDirectory, join(entry.parentPath, entry.name))),
  );
  for (const asset of assets) {
    if (OWN.test(asset.path) || asset.path === '/index.html') continue;
    server.get(asset.path, (request, reply) => sendAsset(request, reply, asset));
  }
  const page = assets.find(({ path }) => path === '/index.html')?.bytes.toString('utf8');
  if (page === undefined) return;
  const sendPage = (reply: FastifyReply): void => {
    const nonce = ids.uuid();
    void reply
      .headers({ 'content-security-policy': consolePolicy(nonce), 'cache-control': 'no-store' })
      .type('text/html; charset=utf-8')
      .send(page.replaceAll(NONCE, nonce));
  };
  server.get('/', (_request, reply) => sendPage(reply));
  server.get('/*', (request, reply) => {
    if (OWN.test(request.url) || extname(request.url) !== '') methods.refuse(request, reply);
    else sendPage(reply);
  });
};
