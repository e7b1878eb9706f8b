import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ApiDependencies } from '../dependencies.js';
import { headerOf } from '../headers.js';
import { problemFor } from '../problem-filter.js';
import { sendProblem } from '../send-problem.js';
import { type TokenAnswer, TokenDesk } from './token-desk.js';

const FORM = 'application/x-www-form-urlencoded';
const LARGEST_FORM = 4_096;

const STATUS = {
  invalid_request: 400,
  invalid_client: 401,
  unsupported_grant_type: 400,
  invalid_scope: 400,
  temporarily_unavailable: 503,
} as const;

const send = (reply: FastifyReply, answer: TokenAnswer): FastifyReply => {
  void reply.header('pragma', 'no-cache').type('application/json; charset=utf-8');
  switch (answer.kind) {
    case 'granted':
      return reply.send(
        JSON.stringify({ access_token: answer.token, token_type: 'Bearer', expires_in: answer.seconds }),
      );
    case 'slowed':
      return reply
        .code(429)
        .header('retry-after', String(answer.waitSeconds))
        .send(JSON.stringify({ error: 'temporarily_unavailable' }));
    case 'refused':
      if (answer.way === 'basic') void reply.header('www-authenticate', 'Basic realm="inbox", charset="UTF-8"');
      return reply.code(STATUS[answer.error]).send(JSON.stringify({ error: answer.error }));
  }
};

/** `POST /v1/oauth/token`: speaks as RFC 6749 says and not as the rest of the gateway, in forms and in its error words. */
export const serveTokens = async (
  server: FastifyInstance,
  dependencies: Pick<ApiDependencies, 'useCases' | 'directory' | 'clock' | 'log'>,
): Promise<void> => {
  const desk = new TokenDesk(dependencies);
  const exchange = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { body, query } = request;
    // Parameters stand in the body and nowhere else (RFC 6749 §2.3.1).
    if (typeof body !== 'string' || Object.keys(query ?? {}).length > 0)
      return send(reply, { kind: 'refused', error: 'invalid_request' });
    const authorization = headerOf(request, 'authorization');
    return send(reply, await desk.exchange(body, { authorization, address: request.ip }));
  };
  await server.register((own, _options, done) => {
    own.removeAllContentTypeParsers();
    own.addContentTypeParser(FORM, { parseAs: 'string', bodyLimit: LARGEST_FORM }, (_request, body, parsed) =>
      parsed(null, body),
    );
    own.setErrorHandler((error, request, reply) => sendProblem(request, reply, problemFor(error)));
    own.post('/v1/oauth/token', exchange);
    done();
  });
};
