import type { ImportedBodies, ImportKind } from '#libs/contracts';
import { type ClientId, failed, type InsurerId, issue, type Issue, ok, type Result } from '#libs/kernel';
import { RECIPIENT_CLASSES, type Recipient } from '#libs/release';
import { addClientsIn } from '../clients/clients.js';
import { addCoveragesIn, type NewCoverage } from '../clients/coverages.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext, Transaction } from '../ports/store.js';
import { addInsurerIn } from '../practice/insurers.js';
import { draftReleaseIn } from '../releases/draft-release.js';
import type { CellFault } from './columns.js';
import type { RowOutcome } from './row-report.js';

export type Imported<Kind extends ImportKind> = ImportedBodies[Kind];

/** One batch: its rows as bodies, and the transaction in which they become something. */
export interface Batch<Kind extends ImportKind> {
  readonly services: Services;
  readonly transaction: Transaction;
  readonly context: PracticeContext;
  readonly bodies: readonly Imported<Kind>[];
}

/**
 * What each kind of file is to the practice. `keyOf`: what tells one from another, as it stands in the row. `load` puts
 * a batch through the use cases and says of each row what became of it.
 */
export interface KindOfImport<Kind extends ImportKind> {
  readonly keyOf: (body: Imported<Kind>) => string;
  readonly load: (batch: Batch<Kind>) => Promise<readonly RowOutcome[]>;
}

const MADE: RowOutcome = { kind: 'made' };
const THERE: RowOutcome = { kind: 'there' };

const refused = (code: string, column?: string): RowOutcome => ({
  kind: 'refused',
  faults: [{ code, ...(column === undefined ? {} : { column }) }],
});

/** Where in a row stands what a use case finds fault with. */
const outcomeOf = (result: Result<unknown>, columnOf: (found: Issue) => string | undefined): RowOutcome =>
  result.ok
    ? MADE
    : {
        kind: 'refused',
        faults: result.issues.map((found): CellFault => {
          const column = columnOf(found);
          return { code: found.code, ...(column === undefined ? {} : { column }) };
        }),
      };

/** Puts what is told of some rows back among all of them. */
const amongAll = async <Body, Known>(
  bodies: readonly Body[],
  judge: (body: Body) => RowOutcome | { readonly kind: 'new'; readonly known: Known },
  make: (fresh: readonly Known[]) => Promise<readonly RowOutcome[]>,
): Promise<readonly RowOutcome[]> => {
  const judged = bodies.map(judge);
  const made = await make(judged.flatMap((one) => (one.kind === 'new' ? [one.known] : [])));
  let next = 0;
  return judged.map((one) => (one.kind === 'new' ? (made[next++] ?? refused('not_made')) : one));
};

const clients: KindOfImport<'clients'> = {
  keyOf: ({ code }) => code,
  load: async ({ services, transaction, context, bodies }) => {
    const known = await transaction.clients.idsByCode(bodies.map(({ code }) => code));
    return amongAll(
      bodies,
      (body) => {
        const found = known.get(body.code);
        if (found === 'forgotten') return refused('code_in_use', 'code');
        return found === undefined ? { kind: 'new', known: body } : THERE;
      },
      async (fresh) =>
        (await addClientsIn(services, transaction, { context, clients: fresh })).map((one) =>
          outcomeOf(one, () => 'code'),
        ),
    );
  },
};

const liveIds = async (transaction: Transaction, codes: readonly string[]): Promise<ReadonlyMap<string, ClientId>> => {
  const known = await transaction.clients.idsByCode([...new Set(codes)]);
  return new Map([...known].flatMap(([code, id]) => (id === 'forgotten' ? [] : [[code, id] as const])));
};

const insurersByProfile = async (transaction: Transaction): Promise<ReadonlyMap<string, InsurerId>> =>
  new Map([...(await transaction.practice.insurers()).values()].map(({ id, profile }) => [profile.id, id]));

const COVERAGE_COLUMNS: Readonly<Record<string, string>> = {
  '/client': 'client_code',
  '/insurer': 'insurer_code',
  '/terms/subscriber': 'subscriber_last_name',
};

const coverages: KindOfImport<'coverages'> = {
  keyOf: ({ client, insurer, terms }) => JSON.stringify([client, insurer, terms.memberId]),
  load: async ({ services, transaction, bodies }) => {
    const ids = await liveIds(
      transaction,
      bodies.map(({ client }) => client),
    );
    const insurers = await insurersByProfile(transaction);
    const resolved = bodies.map((body): NewCoverage | RowOutcome => {
      const client = ids.get(body.client);
      const insurer = insurers.get(body.insurer);
      if (client === undefined) return refused('unknown_reference', 'client_code');
      if (insurer === undefined) return refused('unknown_reference', 'insurer_code');
      return { ...body, client, insurer };
    });
    const there = await transaction.clients.coveragesThere(
      resolved.flatMap((one) => ('kind' in one ? [] : [{ ...one, memberId: one.terms.memberId }])),
    );
    let place = 0;
    return amongAll(
      resolved,
      (one) => {
        if ('kind' in one) return one;
        return there[place++] ? THERE : { kind: 'new', known: one };
      },
      async (fresh) =>
        (await addCoveragesIn(services, transaction, fresh)).map((one) =>
          outcomeOf(one, ({ path }) => COVERAGE_COLUMNS[path]),
        ),
    );
  },
};

const INSURER_COLUMNS: Readonly<Record<string, string>> = { '/profile': 'insurer_code', '/url': 'url' };

const insurers: KindOfImport<'insurers'> = {
  keyOf: ({ profile }) => profile,
  load: async ({ services, transaction, context, bodies }) => {
    const known = await insurersByProfile(transaction);
    const outcomes: RowOutcome[] = [];
    for (const insurer of bodies) {
      if (known.has(insurer.profile)) outcomes.push(THERE);
      else {
        const added = await addInsurerIn(services, transaction, { context, insurer });
        outcomes.push(outcomeOf(added, ({ path }) => INSURER_COLUMNS[path]));
      }
    }
    return outcomes;
  },
};

const recipientIn = (
  { insurer, recipientClass }: Imported<'releases'>,
  known: ReadonlyMap<string, InsurerId>,
): Result<Recipient | undefined> => {
  if (insurer !== undefined && recipientClass !== undefined) return failed(issue('recipient_twice', 'recipient_class'));
  if (recipientClass !== undefined) {
    const found = RECIPIENT_CLASSES.find((one) => one === recipientClass);
    return found === undefined ? failed(issue('not_allowed', 'recipient_class')) : ok({ kind: 'class', class: found });
  }
  if (insurer === undefined) return ok(undefined);
  const id = known.get(insurer);
  return id === undefined
    ? failed(issue('unknown_reference', 'recipient_insurer_code'))
    : ok({ kind: 'party', id, class: 'insurer' });
};

const RELEASE_COLUMNS: readonly (readonly [string, string])[] = [
  ['/preset', 'preset'],
  ['/grants', 'grants'],
];

const releaseColumn = ({ path }: Issue): string | undefined =>
  RELEASE_COLUMNS.find(([place]) => path.startsWith(place))?.[1];

/** They come as drafts: nothing is in force because a file says so. Somebody attaches the paper, somebody else checks it. */
const releases: KindOfImport<'releases'> = {
  keyOf: ({ reference }) => reference,
  load: async ({ services, transaction, context, bodies }) => {
    const ids = await liveIds(
      transaction,
      bodies.map(({ client }) => client),
    );
    const insurerIds = await insurersByProfile(transaction);
    const there = await transaction.imports.releasesThere(bodies.map(({ reference }) => reference));
    const outcomes: RowOutcome[] = [];
    for (const body of bodies) {
      const client = ids.get(body.client);
      const recipient = recipientIn(body, insurerIds);
      if (there.has(body.reference)) outcomes.push(THERE);
      else if (client === undefined) outcomes.push(refused('unknown_reference', 'client_code'));
      else if (!recipient.ok) outcomes.push(outcomeOf(recipient, ({ path }) => path));
      else {
        const draft = { ...body.terms, ...(recipient.value === undefined ? {} : { recipient: recipient.value }) };
        const drafted = await draftReleaseIn(services, transaction, { context, client, draft });
        if (drafted.ok) await transaction.imports.addRelease(body.reference, drafted.value);
        outcomes.push(outcomeOf(drafted, releaseColumn));
      }
    }
    return outcomes;
  },
};

export const KINDS: { readonly [Kind in ImportKind]: KindOfImport<Kind> } = {
  clients,
  coverages,
  insurers,
  releases,
};
