/** Judges a batch by what the insurers' own ledger says and by the client's own list of what was accepted. */
import { query } from './ground.mjs';
import { resolvesItself } from './insurers.mjs';

const RESTING = new Set(['sent', 'received', 'held', 'blocked', 'parked', 'cancelled']);
const WITH_A_CAUSE = new Set(['held', 'blocked', 'parked']);

/** Which of our documents a row of the sandbox's ledger is about, told from what the insurer read. */
const identitiesOf = (row) => {
  if (row.path === 'claims')
    return row.claims.map((claim) => ({
      identity: `charge:${claim.total}`,
      adjudicated: row.adjudicated && claim.finding === undefined,
    }));
  const member = /ZZ\d{6}/.exec(Buffer.from(row.bodyBase64, 'base64').toString('latin1'))?.[0];
  return [{ identity: `member:${member}`, adjudicated: row.adjudicated }];
};

const tally = (rows) => {
  const counts = new Map();
  for (const row of rows.filter(({ outcome }) => outcome !== 'incomplete')) {
    for (const { identity, adjudicated } of identitiesOf(row)) {
      const count = counts.get(identity) ?? { arrived: 0, adjudicated: 0 };
      counts.set(identity, { arrived: count.arrived + 1, adjudicated: count.adjudicated + (adjudicated ? 1 : 0) });
    }
  }
  return counts;
};

export const statesOf = async (batch, documents) => {
  const ids = documents.flatMap(({ answer }) => (answer === undefined ? [] : [answer.disclosure]));
  const rows = await query(
    batch.database.superuserUrl,
    'SELECT id, state, cause FROM disclosure WHERE id = ANY ($1::uuid[])',
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
};

/** Every accepted one of these has come to rest. */
export const isQuiet = async (batch, documents) => {
  const states = await statesOf(batch, documents).catch(() => undefined);
  if (states === undefined) return false;
  return documents.every(({ answer }) => answer === undefined || RESTING.has(states.get(answer.disclosure)?.state));
};

/** What an insurer has answered so far, as its own desk gives it out. */
const saidBy = async (batch, id) => {
  let said = 0;
  for (let after = ''; ;) {
    const answer = await fetch(`${batch.sandboxUrl}/insurers/${id}/answers?after=${encodeURIComponent(after)}`, {
      headers: { authorization: `Bearer token-of-${id}` },
    });
    const { answers, next } = await answer.json();
    if (answers.length === 0) return said;
    said += answers.length;
    after = next;
  }
};

/** How many answers each insurer gave, and how many of them the practice has taken in. */
const answersOf = async (batch) => {
  const rows = await query(
    batch.database.superuserUrl,
    `SELECT l.insurer_id AS id, count(n.digest)::integer AS taken FROM lane l
      LEFT JOIN inbox n ON n.practice_id = l.practice_id AND n.lane_id = l.id GROUP BY 1`,
  );
  const taken = new Map(rows.map((row) => [row.id, row.taken]));
  return Promise.all(
    [...batch.insurers].map(async ([name, { id }]) => ({
      name,
      said: await saidBy(batch, name),
      taken: taken.get(id) ?? 0,
    })),
  );
};

/** Every answer that was given is here, and none of them lies where it was left. */
export const isAnswered = async (batch) =>
  (await answersOf(batch).catch(() => [{ said: 1, taken: 0 }])).every(({ said, taken }) => said === taken) &&
  (batch.fileInsurer?.waiting() ?? []).length === 0;

/** An answer is taken in once: none is missing, none stands twice on a list, and none is deleted before it is stored. */
const judgeAnswers = async (batch, verdict) => {
  for (const { name, said, taken } of await answersOf(batch))
    if (said !== taken) verdict[said > taken ? 'lost' : 'doubled'].push(`${name}: ${said} answers, ${taken} taken in`);
  const twice = await query(
    batch.database.superuserUrl,
    'SELECT disclosure_id AS id, kind FROM answer GROUP BY disclosure_id, kind, incoming HAVING count(*) > 1',
  );
  for (const { id, kind } of twice) verdict.doubled.push(`${id}: ${kind} stands twice`);
  const left = batch.fileInsurer?.waiting() ?? [];
  if (left.length > 0) verdict.lost.push(`${left.length} answers were never taken away`);
};

const permitsOf = async (batch) => {
  const rows = await query(
    batch.database.superuserUrl,
    `SELECT disclosure_id AS id, count(*)::integer AS count FROM ledger_entry WHERE body LIKE '%"permitted"%' GROUP BY 1`,
  );
  return new Map(rows.map(({ id, count }) => [id, count]));
};

const add = (verdict, list, document, why) => verdict[list].push(`${document.insurer} ${document.identity}: ${why}`);

const judgeOne = (verdict, document, { state, cause, arrived, adjudicated, permits }) => {
  const { sendable, insurer, answer } = document;
  if (adjudicated > 1) add(verdict, 'doubled', document, `adjudicated ${adjudicated} times`);
  if (answer === undefined) {
    // The run is over and the client was told nothing, although it kept asking.
    add(verdict, 'lost', document, `never accepted (${document.refused ?? 'no answer'})`);
    if (arrived > 0) add(verdict, 'phantom', document, 'sent without having been accepted');
    return;
  }
  if (!sendable && arrived > 0) add(verdict, 'leaked', document, 'sent without a release');
  if (document.contradicted) add(verdict, 'lost', document, 'an acceptance was taken back');
  if (state === undefined || !RESTING.has(state)) add(verdict, 'lost', document, `left in ${state ?? 'nothing'}`);
  else if ((state === 'sent' || state === 'received') && adjudicated === 0)
    add(verdict, 'lost', document, `said to be ${state}, and the insurer has nothing`);
  else if (WITH_A_CAUSE.has(state) && !cause) add(verdict, 'lost', document, `${state} without a cause`);
  else if (sendable && adjudicated === 0 && resolvesItself(insurer))
    add(verdict, 'lost', document, `${state} (${cause}), though the insurer could have told`);
  if (arrived > permits) add(verdict, 'phantom', document, `arrived ${arrived} times on ${permits} permits`);
};

/** Looks for canaries in everything that anybody but staff may see. */
const scanForLeaks = async (batch, rows) => {
  const { canaries, ground } = batch;
  for (const row of rows) canaries.scan(`body at ${row.insurer}`, Buffer.from(row.bodyBase64, 'base64'));
  for (const child of batch.children) canaries.scan(`output of ${child.name}`, child.said);
  await scanStores(batch, 'at rest');
  canaries.scan('log of the database', ground.serverLog());
};

/** Whole rows as text. Blobs are written as hex, so that one that was not encrypted is found as well. */
export const scanStores = async (batch, when) => {
  const { superuserUrl } = batch.database;
  const tables = await query(
    superuserUrl,
    `SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema IN ('public', 'bullmq') AND table_type = 'BASE TABLE'`,
  );
  for (const { name } of tables) {
    const [{ text }] = await query(
      superuserUrl,
      `SELECT coalesce(string_agg(t::text, E'\\n'), '') AS text FROM ${name} t`,
    );
    batch.canaries.scan(`table ${name} ${when}`, text);
  }
  if (batch.ground.redis) batch.canaries.scan(`redis ${when}`, await batch.ground.redis.dump());
};

/** The verdict over these documents of a batch; over all of it, also what the insurers have that nobody sent in. */
export const judge = async (batch, documents = [...batch.documents.values()]) => {
  const verdict = {
    accepted: 0,
    adjudicated: 0,
    held: 0,
    parked: 0,
    lost: [],
    doubled: [],
    phantom: [],
    leaked: [],
    broken: [],
  };
  const rows = batch.insurersLedger();
  const counts = tally(rows);
  const [states, permits] = [await statesOf(batch, documents), await permitsOf(batch)];
  for (const document of documents) {
    const id = document.answer?.disclosure;
    const { state, cause } = states.get(id) ?? {};
    const { arrived, adjudicated } = counts.get(document.identity) ?? { arrived: 0, adjudicated: 0 };
    verdict.accepted += id === undefined ? 0 : 1;
    verdict.adjudicated += adjudicated > 0 ? 1 : 0;
    verdict.held += state === 'held' || state === 'blocked' ? 1 : 0;
    verdict.parked += state === 'parked' ? 1 : 0;
    judgeOne(verdict, document, { state, cause, arrived, adjudicated, permits: permits.get(id) ?? 0 });
  }
  const ours = new Set([...batch.documents.values()].map(({ identity }) => identity));
  for (const identity of counts.keys())
    if (!ours.has(identity)) verdict.phantom.push(`${identity}: nobody sent this in`);
  if (batch.answers) await judgeAnswers(batch, verdict);
  await scanForLeaks(batch, rows);
  verdict.leaked.push(...new Set(batch.canaries.hits));
  const { broken } = await batch.services.store.inPractice(batch.context, ({ ledger }) => ledger.verify());
  if (broken !== undefined) verdict.broken.push(`ledger: ${broken.code} at ${broken.height}`);
  return verdict;
};
