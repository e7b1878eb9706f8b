import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from './problem-error.js';
import { sendProblem } from './send-problem.js';

/** A route as the router has it: its path by segments, `undefined` where any will do. */
interface Known {
  readonly segments: readonly (string | undefined)[];
  readonly methods: readonly string[];
}

const segmentsOf = (path: string): readonly string[] => path.replace(/\?.*$/, '').split('/').slice(1);

const fits = ({ segments }: Known, asked: readonly string[]): boolean =>
  segments.length === asked.length &&
  segments.every((one, index) => (one === undefined ? asked[index] !== '' : one === asked[index]));

/** Tells a path that is none from one that is there with another method. The public OpenAPI document tells no less. */
export class Methods {
  readonly #known: Known[] = [];

  /** Before any route is made. */
  constructor(server: FastifyInstance) {
    server.addHook('onRoute', ({ url, method }) => {
      // What takes any path says of none that it is there.
      if (url.includes('*')) return;
      const segments = segmentsOf(url).map((one) => (one.startsWith(':') ? undefined : one));
      this.#known.push({ segments, methods: [method].flat() });
    });
    server.addHook('onRequest', (request, reply, done) => {
      if (request.is404 && this.#allowedAt(request.url).length > 0) this.refuse(request, reply);
      else done();
    });
  }

  /** Ends a request for which there is no route: 404 where the path is none, else 405 or, asked with OPTIONS, 204 with what there is. */
  refuse(request: FastifyRequest, reply: FastifyReply): void {
    const allowed = this.#allowedAt(request.url);
    if (allowed.length > 0) void reply.header('allow', allowed.join(', '));
    if (allowed.length > 0 && request.method === 'OPTIONS') void reply.code(204).send();
    else sendProblem(request, reply, new ProblemError(allowed.length > 0 ? 'method_not_allowed' : 'not_found'));
  }

  #allowedAt(url: string): readonly string[] {
    const asked = segmentsOf(url);
    const methods = this.#known.filter((one) => fits(one, asked)).flatMap((one) => one.methods);
    return methods.length === 0 ? [] : [...new Set([...methods, 'OPTIONS'])].sort();
  }
}
