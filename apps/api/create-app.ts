import type { NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Socket } from 'node:net';
import { type MediaType, PROBLEMS } from '#libs/contracts';
import { withCorrelation } from '#libs/telemetry';
import { ApiModule } from './api.module.js';
import { serveConsole } from './console-site.js';
import type { ApiDependencies } from './dependencies.js';
import { SECURITY_HEADERS } from './headers.js';
import { observe } from './observing.js';
import { Methods } from './methods.js';
import { serveTokens } from './inbox/serve-tokens.js';
import { serveOperations } from './operations.js';
import { serveDocumentation } from './pages.js';
import { ProblemError } from './problem-error.js';
import { problemFor } from './problem-filter.js';
import { serveProblems } from './problem-pages.js';
import { beginState, stateOf } from './request-state.js';
import { problemBody, sendProblem } from './send-problem.js';
import { serveSigning } from './signing/serve-signing.js';
import { readStrictJson } from './strict-json.js';

const BODY_LIMIT = 1_048_576;
const REQUEST_TIMEOUT_MS = 30_000;
/** A file may take as long as the rows in it; whatever else is sent is short. */
const UPLOAD_TIMEOUT_MS = 15 * 60_000;
const BYTES: readonly MediaType[] = ['text/csv', 'application/edi-x12', 'application/pdf', 'image/png', 'image/jpeg'];
const JSON_TYPE = /^application\/json(?:; ?charset=utf-8)?$/i;

/** Only JSON, only UTF-8, only as it is: everything else is refused before it is looked at. */
const takeJsonOnly = (server: FastifyInstance): void => {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: BODY_LIMIT },
    (request, body, done) => {
      const acceptable =
        JSON_TYPE.test(request.headers['content-type'] ?? '') && request.headers['content-encoding'] === undefined;
      if (!acceptable) {
        done(new ProblemError('unsupported_media_type'));
        return;
      }
      const read = readStrictJson(typeof body === 'string' ? Buffer.from(body) : body);
      if (read.ok) done(null, read.value);
      else done(new ProblemError(read.code));
    },
  );
};

/** As it is, and if it is text, in UTF-8. */
const isPlain = ({ headers }: FastifyRequest): boolean =>
  headers['content-encoding'] === undefined && /^[^;]*(?:; ?charset=utf-8)?$/i.test(headers['content-type'] ?? '');

const isFile = ({ headers }: FastifyRequest): boolean =>
  BYTES.some((type) => headers['content-type']?.toLowerCase().startsWith(type));

/** Nobody keeps a place by sending slowly. */
const hurry = (server: FastifyInstance, milliseconds: number): void => {
  server.addHook('preParsing', (request, reply, payload, done) => {
    if (!isFile(request)) {
      const timer = setTimeout(() => {
        void reply.header('connection', 'close');
        sendProblem(request, reply, new ProblemError('request_timeout'));
      }, milliseconds);
      for (const event of ['end', 'close', 'error']) payload.once(event, () => clearTimeout(timer));
    }
    done(null, payload);
  });
};

/**
 * Bytes that only some routes take; those read them. Which type a route takes is asked when the route is known, so that
 * nobody finds out more by another type.
 */
const handOnBytes = (server: FastifyInstance): void => {
  for (const type of BYTES) {
    server.addContentTypeParser(type, (request, payload, done) => {
      if (isPlain(request)) done(null, payload);
      else done(new ProblemError('unsupported_media_type'));
    });
  }
};

/** Every request gets a correlation id of ours, never one that it brings. The second hook is for what comes after the body, which arrives by another way. */
const follow = (server: FastifyInstance, dependencies: ApiDependencies): void => {
  server.addHook('onRequest', (request, reply, done) => {
    const { correlation } = beginState(request, dependencies.ids.uuid());
    void reply.headers({ ...SECURITY_HEADERS, 'sluice-correlation': correlation });
    withCorrelation(correlation, done);
  });
  server.addHook('preHandler', (request, _reply, done) => withCorrelation(stateOf(request).correlation, done));
  server.addHook('onResponse', (request, reply, done) => {
    observe(request, reply, dependencies);
    done();
  });
};

/** For what is not HTTP enough to become a request. */
const answerGarbage = (error: NodeJS.ErrnoException, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) return;
  const told = new ProblemError(
    error.code === 'HPE_HEADER_OVERFLOW'
      ? 'headers_too_large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? 'request_timeout'
        : 'malformed_request',
  );
  const body = JSON.stringify(problemBody(told, '00000000-0000-0000-0000-000000000000'));
  socket.end(
    `HTTP/1.1 ${PROBLEMS[told.code].status} Refused\r\nContent-Type: application/problem+json; charset=utf-8\r\nCache-Control: no-store\r\nConnection: close\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
};

/** The gateway, ready to listen. */
export const createApp = async (
  dependencies: ApiDependencies,
  patienceMs = REQUEST_TIMEOUT_MS,
): Promise<NestFastifyApplication> => {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    ...(dependencies.trustedProxies.length === 0 ? {} : { trustProxy: [...dependencies.trustedProxies] }),
    requestTimeout: UPLOAD_TIMEOUT_MS,
    http: { headersTimeout: REQUEST_TIMEOUT_MS },
    keepAliveTimeout: 10_000,
    routerOptions: { maxParamLength: 100 },
    forceCloseConnections: 'idle',
    logger: false,
    clientErrorHandler: answerGarbage,
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      const { correlation } = beginState(request, dependencies.ids.uuid());
      void reply.headers({ ...SECURITY_HEADERS, 'sluice-correlation': correlation });
      sendProblem(request, reply, problemFor(error));
    },
  });
  const server = adapter.getInstance<FastifyInstance>();
  takeJsonOnly(server);
  handOnBytes(server);
  hurry(server, patienceMs);
  follow(server, dependencies);
  const methods = new Methods(server);
  serveOperations(server, dependencies);
  serveProblems(server);
  await serveDocumentation(server);
  await serveSigning(server, dependencies);
  await serveTokens(server, dependencies);
  const { consoleDirectory, ids } = dependencies;
  if (consoleDirectory !== undefined) await serveConsole(server, { consoleDirectory, ids, methods });
  const options: NestApplicationOptions = { bodyParser: false, logger: false, abortOnError: false };
  return NestFactory.create<NestFastifyApplication>(ApiModule.on(dependencies), adapter, options);
};
