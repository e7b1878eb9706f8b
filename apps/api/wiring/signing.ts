import { newCode, newSecret } from '#libs/access';
import {
  allOrNothing,
  beginVisitIn,
  createSigningLinkIn,
  endLinksIn,
  identifySignerIn,
  isInReach,
  linkActor,
  type NewSigningLink,
  readSigningIn,
  releaseCopyIn,
  releaseTextIn,
  type ReleaseRecord,
  signByLinkIn,
  signedCopyIn,
  type SigningLinkRecord,
  type Transaction,
} from '#libs/application';
import type { CreateSigningLink, SigningLinkMade, SigningLinkView } from '#libs/contracts';
import { ok, type ReleaseId, type Result } from '#libs/kernel';
import type { SigningUseCases, SigningVisit } from '../use-cases/signing.js';
import type { Answer, RequestContext } from '../use-cases/asked.js';
import { toReleaseText } from './release-mappers.js';
import { type Desk, notFound, toInstant, toPracticeContext, within } from './desk.js';
import { settled } from './failures.js';

const DAY_MS = 86_400_000;

export const releaseFor = async (
  transaction: Transaction,
  context: RequestContext,
  id: ReleaseId,
): Promise<Result<ReleaseRecord>> => {
  const release = await transaction.authority.release(id);
  return release !== undefined && (await isInReach(transaction, context.reach, release.client))
    ? ok(release)
    : notFound();
};

const basicsOf = ({ id, release, language, factor, createdAt, expiresAt }: SigningLinkRecord) => ({
  id,
  release,
  language,
  factor: factor.kind,
  createdAt: toInstant(createdAt),
  expiresAt: toInstant(expiresAt),
});

const toLinkView = (link: SigningLinkRecord, now: number): SigningLinkView => ({
  ...basicsOf(link),
  createdBy: link.createdBy,
  tries: link.tries,
  status: link.ended?.because ?? (link.expiresAt <= now ? 'expired' : 'open'),
});

/** A link with the secret that is shown once, and the code that is told by telephone. */
export const makeLinkIn = async (
  desk: Desk,
  transaction: Transaction,
  request: {
    readonly context: RequestContext;
    readonly release: ReleaseId;
    readonly wanted: Pick<CreateSigningLink, 'days' | 'factor' | 'language'> & Pick<NewSigningLink, 'relation'>;
  },
): Promise<Result<SigningLinkMade>> => {
  const { context, release, wanted } = request;
  const { days, factor, ...link } = wanted;
  const { secret, digest } = newSecret('signing-link');
  const code = newCode();
  const made = await createSigningLinkIn(desk.services, transaction, {
    context: toPracticeContext(context),
    link: {
      ...link,
      release,
      token: digest,
      livesFor: days * DAY_MS,
      factor: factor === 'code' ? { kind: factor, code } : { kind: factor },
    },
  });
  if (!made.ok) return made;
  return ok({ ...basicsOf(made.value), path: `/v1/sign/${secret}`, ...(factor === 'code' ? { code } : {}) });
};

/** One transaction of the practice that made the link; whoever holds it acts as the link. */
const visiting = <T>(
  { services }: Desk,
  { practice, link }: SigningVisit,
  work: (transaction: Transaction) => Promise<Result<T>>,
): Answer<T> => settled(services.log, allOrNothing(services, { practice, actor: linkActor(link) }, work));

export const signingUseCases = (desk: Desk): SigningUseCases => ({
  createSigningLink: (context, release, wanted) =>
    within(desk, context, async (transaction) => {
      const known = await releaseFor(transaction, context, release);
      return known.ok ? makeLinkIn(desk, transaction, { context, release, wanted }) : known;
    }),

  listSigningLinks: (context, release) =>
    within(desk, context, async (transaction) => {
      const known = await releaseFor(transaction, context, release);
      if (!known.ok) return known;
      const now = await transaction.clock();
      return ok((await transaction.signingLinks.of(release)).map((link) => toLinkView(link, now)));
    }),

  withdrawSigningLink: (context, { release, link }) =>
    within(desk, context, async (transaction) => {
      const known = await releaseFor(transaction, context, release);
      if (!known.ok) return known;
      const request = { context: toPracticeContext(context), release, because: 'withdrawn', only: link } as const;
      return (await endLinksIn(transaction, request)) === 0 ? notFound() : ok(undefined);
    }),

  readReleaseText: (context, release, language) =>
    within(desk, context, async (transaction) => {
      const known = await releaseFor(transaction, context, release);
      if (!known.ok) return known;
      const { terms } = known.value;
      return ok(toReleaseText(await releaseTextIn(desk.services, transaction, { terms, language })));
    }),

  readReleaseCopy: (context, release) =>
    within(desk, context, async (transaction) => {
      const known = await releaseFor(transaction, context, release);
      return known.ok ? releaseCopyIn(desk.services, transaction, known.value) : known;
    }),

  readSignature: (context, release) =>
    within(desk, context, async (transaction) => {
      const known = await releaseFor(transaction, context, release);
      if (!known.ok) return known;
      const picture = await transaction.authority.signaturePicture(known.value);
      return picture === undefined ? notFound() : ok(picture);
    }),

  signing: {
    begin: (visit) =>
      visiting(desk, visit, async (transaction) => {
        await beginVisitIn(transaction, visit);
        return ok(undefined);
      }),

    identify: (visit, answer) =>
      visiting(desk, visit, async (transaction) => {
        const context = { practice: visit.practice, actor: linkActor(visit.link) };
        return ok(await identifySignerIn(desk.services, transaction, { context, visit, answer }));
      }),

    read: (visit, language) =>
      visiting(desk, visit, (transaction) =>
        readSigningIn(desk.services, transaction, { visit, ...(language === undefined ? {} : { language }) }),
      ),

    sign: (visit, signing) =>
      visiting(desk, visit, (transaction) => {
        const context = { practice: visit.practice, actor: linkActor(visit.link) };
        return signByLinkIn(desk.services, transaction, { context, visit, signing });
      }),

    copy: (visit) => visiting(desk, visit, (transaction) => signedCopyIn(desk.services, transaction, visit)),
  },
});
