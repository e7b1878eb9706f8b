import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { digestSecret, isSecret, newSecret } from '#libs/access';
import { RELEASE_LANGUAGES, type ReleaseLanguage } from '#libs/documents';
import { Attempts } from '../attempts.js';
import type { ApiDependencies } from '../dependencies.js';
import { headerOf } from '../headers.js';
import { problemFor } from '../problem-filter.js';
import { sendProblem } from '../send-problem.js';
import type { SigningVisit } from '../use-cases/signing.js';
import { questionPage, releasePage, signedPage, SIGNING_POLICY } from './signing-html.js';
import { VISIT_SECONDS, visitCookie } from './visit-cookie.js';

const FORM = 'application/x-www-form-urlencoded';
const LARGEST_FORM = 16_384;

type Dependencies = Pick<ApiDependencies, 'useCases' | 'directory' | 'clock' | 'secureCookies'>;

const languageOf = (given: unknown): ReleaseLanguage | undefined => RELEASE_LANGUAGES.find((one) => one === given);

const html = (reply: FastifyReply, text: string, status = 200): FastifyReply =>
  reply.code(status).header('content-security-policy', SIGNING_POLICY).type('text/html; charset=utf-8').send(text);

const formOf = ({ body }: FastifyRequest): URLSearchParams => new URLSearchParams(typeof body === 'string' ? body : '');

/** What a browser says of who made it send this; one that says nothing sends no cookie of ours from elsewhere either. */
const isOwn = (request: FastifyRequest): boolean => {
  const site = headerOf(request, 'sec-fetch-site');
  return site === undefined || site === 'same-origin' || site === 'none';
};

/** The pages on which clients sign: no scripts, nothing about anybody in an address, nothing kept by a browser. */
class SigningPages {
  readonly #attempts: Attempts;

  constructor(private readonly dependencies: Dependencies) {
    this.#attempts = new Attempts(dependencies.clock);
  }

  /** Whatever stands in the link, the answer is the same: a new session, and the question. */
  async begin(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { useCases, directory, secureCookies } = this.dependencies;
    const { token } = request.params as { readonly token: string };
    const { secret, digest: session } = newSecret('signing-visit');
    // Nobody finds a link by trying, so that nobody has to wait for those who try.
    const found = isSecret('signing-link', token) ? await directory.findSigningLink(digestSecret(token)) : undefined;
    if (found !== undefined) await useCases.signing.begin({ ...found, session });
    return reply
      .code(303)
      .headers({
        location: '/v1/sign',
        'set-cookie': visitCookie.set(secret, { secure: secureCookies, seconds: VISIT_SECONDS }),
      })
      .send();
  }

  async show(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const language = languageOf((request.query as { readonly lang?: unknown }).lang);
    const visit = await this.#visitOf(request);
    const shown = visit === undefined ? undefined : await this.dependencies.useCases.signing.read(visit, language);
    if (!shown?.ok) return html(reply, questionPage(language ?? 'en'));
    return html(
      reply,
      shown.value.state === 'signed' ? signedPage(shown.value.language) : releasePage(shown.value.text),
    );
  }

  async answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const form = formOf(request);
    const language = languageOf(form.get('lang')) ?? 'en';
    const visit = isOwn(request) ? await this.#visitOf(request) : undefined;
    if (visit === undefined) return this.#turnAway(request, reply, language);
    const answer = (form.get('answer') ?? '').slice(0, 40);
    const right = await this.dependencies.useCases.signing.identify(visit, answer);
    if (right.ok && right.value) return this.#goOn(reply, language);
    return html(reply, questionPage(language, 'notRight'), 403);
  }

  async sign(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const form = formOf(request);
    const language = languageOf(form.get('lang')) ?? 'en';
    const visit = isOwn(request) ? await this.#visitOf(request) : undefined;
    const { signing } = this.dependencies.useCases;
    const read = visit === undefined ? undefined : await signing.read(visit, language);
    if (visit === undefined || !read?.ok) return html(reply, questionPage(language, 'notRight'), 403);
    if (read.value.state === 'signed') return this.#goOn(reply, language);
    const { text } = read.value;
    const kept = form.getAll('keep');
    const without = text.groups.map(({ category }) => category).filter((one) => !kept.includes(one));
    const name = form.get('name') ?? '';
    const signed = await signing.sign(visit, { name, language, without });
    return signed.ok ? this.#goOn(reply, language) : html(reply, releasePage(text, { name, kept }), 422);
  }

  async copy(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const visit = await this.#visitOf(request);
    const copy = visit === undefined ? undefined : await this.dependencies.useCases.signing.copy(visit);
    if (!copy?.ok) return html(reply, questionPage('en'));
    return reply
      .header('content-disposition', 'attachment; filename="release.pdf"')
      .type('application/pdf')
      .send(Buffer.from(copy.value));
  }

  #goOn(reply: FastifyReply, language: ReleaseLanguage): FastifyReply {
    return reply.code(303).header('location', `/v1/sign?lang=${language}`).send();
  }

  async #visitOf(request: FastifyRequest): Promise<SigningVisit | undefined> {
    const secret = visitCookie.read(headerOf(request, 'cookie'), this.dependencies.secureCookies);
    if (secret === undefined) return undefined;
    const session = digestSecret(secret);
    const found = await this.dependencies.directory.findSigningLink(session);
    return found === undefined ? undefined : { ...found, session };
  }

  /** Whoever answers without a link waits longer each time. A link has its own three tries, whatever others do from the same address. */
  #turnAway(request: FastifyRequest, reply: FastifyReply, language: ReleaseLanguage): FastifyReply {
    const name = Attempts.nameOf('signing', request.ip);
    if (this.#attempts.wait(name) > 0) return html(reply, questionPage(language, 'tooMany'), 429);
    this.#attempts.failed(name);
    return html(reply, questionPage(language, 'notRight'), 403);
  }
}

/** `/v1/sign`: for clients, who have no account. The address with the secret in it is left at once. */
export const serveSigning = async (server: FastifyInstance, dependencies: Dependencies): Promise<void> => {
  const pages = new SigningPages(dependencies);
  await server.register((own, _options, done) => {
    own.addContentTypeParser(FORM, { parseAs: 'string', bodyLimit: LARGEST_FORM }, (_request, body, parsed) =>
      parsed(null, body),
    );
    own.setErrorHandler((error, request, reply) => sendProblem(request, reply, problemFor(error)));
    own.get('/v1/sign', (request, reply) => pages.show(request, reply));
    own.get('/v1/sign/copy', (request, reply) => pages.copy(request, reply));
    own.get('/v1/sign/:token', (request, reply) => pages.begin(request, reply));
    own.post('/v1/sign/answer', (request, reply) => pages.answer(request, reply));
    own.post('/v1/sign/signature', (request, reply) => pages.sign(request, reply));
    done();
  });
};
