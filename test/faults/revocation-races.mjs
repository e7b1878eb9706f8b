/**
 * A revocation and the dispatch of a claim, at the same moment, on two connections. Whatever reached the insurer must have
 * been permitted before the revocation was recorded: the ledger's chain says which came first.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Batch } from './batch.mjs';
import { newClient, newInvoice } from './documents.mjs';
import { query, valueOf } from './ground.mjs';
import { INSURERS } from './insurers.mjs';

/** Longest wait of either side, in milliseconds: about as long as the other takes to its commit, so that each wins at times. */
const SPREAD = { dispatch: 10, revoke: 60 };

const CONCURRENT = 4;

const openSides = async (batch) => {
  const { openStore } = await batch.site.lib('persistence');
  const { createTransport, admit, afterAttempt } = await batch.site.lib('delivery');
  const { Intakes, NumberReserve } = await batch.site.lib('application');
  const { keys } = batch.services;
  const other = valueOf(await openStore({ appUrl: batch.database.appUrl, keys, poolSize: CONCURRENT }));
  const monotonic = () => performance.now();
  const { systemClock, systemIds } = await batch.site.lib('settings');
  const transport = createTransport({ monotonic, clock: systemClock, ids: systemIds, allowLoopback: true });
  const sending = {
    ...batch.services,
    store: other.store,
    transport,
    lanes: { admit, afterAttempt },
    numbers: new NumberReserve(other.store),
    journal: { record: async () => undefined, entries: async () => [] },
    random: Math.random,
    monotonic,
    timing: { leaseMs: 30_000, answerTimeoutMs: 0, retryBaseMs: 1, retryCapMs: 2, absenceMs: 0 },
  };
  return {
    intakes: new Intakes(batch.services),
    sending,
    close: async () => (await transport.close(), await other.close()),
  };
};

const race = async (batch, sides) => {
  const { dispatchHint, revokeRelease } = await batch.site.lib('application');
  const insurers = Object.keys(INSURERS);
  const insurer = insurers[Math.floor(Math.random() * insurers.length)];
  const party = await newClient(batch, insurer, { preset: 'claim-basic' });
  const { identity, body } = newInvoice(batch, party);
  const content = { kind: 'invoice', invoice: body };
  const { accepted } = valueOf(await sides.intakes.submit({ context: batch.context, content }));
  const known = await batch.services.store.inPractice(batch.context, ({ disclosures }) =>
    disclosures.byIds([accepted.disclosure]),
  );
  const { lane } = known.get(accepted.disclosure);
  const soon = (side) => sleep(Math.random() * SPREAD[side]);
  const [, revoked] = await Promise.all([
    soon('dispatch').then(() =>
      dispatchHint(sides.sending, { practice: batch.practice, lane, disclosures: [accepted.disclosure] }),
    ),
    soon('revoke').then(() => revokeRelease(batch.services, batch.context, { release: party.release, channel: 'fax' })),
  ]);
  valueOf(revoked);
  // Once more, long after: what is revoked stays where it is.
  await dispatchHint(sides.sending, { practice: batch.practice, lane, disclosures: [accepted.disclosure] });
  batch.documents.set(randomUUID(), { identity });
  return { identity, client: party.client, disclosure: accepted.disclosure };
};

const heightsOf = async (batch) => {
  const rows = await query(
    batch.database.superuserUrl,
    'SELECT client_id AS client, height::integer AS height, body FROM ledger_entry WHERE client_id IS NOT NULL ORDER BY height, position',
  );
  const heights = new Map();
  for (const { client, height, body } of rows) {
    const of = heights.get(client) ?? { permitted: [], revoked: [] };
    const { kind } = JSON.parse(body);
    if (kind === 'permitted') of.permitted.push(height);
    if (kind === 'release-revoked') of.revoked.push(height);
    heights.set(client, of);
  }
  return heights;
};

/** Gives how many were sent, how many were stopped, and each that went too late. */
export const runRaces = async (ground, { races, site, progress = () => undefined }) => {
  const batch = await Batch.open(ground, site);
  const sides = await openSides(batch);
  const run = [];
  try {
    for (let done = 0; done < races; done += CONCURRENT) {
      run.push(
        ...(await Promise.all(Array.from({ length: Math.min(CONCURRENT, races - done) }, () => race(batch, sides)))),
      );
      progress(run.length);
    }
    const heights = await heightsOf(batch);
    const arrived = new Map();
    for (const row of batch.insurersLedger())
      for (const claim of row.claims)
        arrived.set(`charge:${claim.total}`, (arrived.get(`charge:${claim.total}`) ?? 0) + 1);
    const late = [];
    let [sent, stopped] = [0, 0];
    for (const { identity, client } of run) {
      const { permitted, revoked } = heights.get(client) ?? { permitted: [], revoked: [] };
      const count = arrived.get(identity) ?? 0;
      if (count > 0) sent += 1;
      else stopped += 1;
      if (revoked.length !== 1) late.push(`${identity}: ${revoked.length} revocations in the ledger`);
      if (permitted.some((height) => height > revoked[0])) late.push(`${identity}: permitted after the revocation`);
      if (count > permitted.length) late.push(`${identity}: arrived without a permit`);
    }
    return { races: run.length, sent, stopped, late };
  } finally {
    await sides.close();
    await batch.close();
  }
};
