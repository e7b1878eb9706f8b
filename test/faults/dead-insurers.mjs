/**
 * Fifty insurers that hang or refuse, and one that is well: its claims must arrive as if it were alone. Compared with the
 * same run without the others on the same machine, because times mean nothing by themselves.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { until } from './children.mjs';
import { Batch } from './batch.mjs';
import { newClient, newInvoice } from './documents.mjs';
import { query, valueOf } from './ground.mjs';

const DEAD = 50;
const CLAIMS_OF_A_DEAD_ONE = 2;
const CLAIMS = 40;
const ALIVE = 'harbor-mutual';

/** Longest wait for all claims of the one that is well, in milliseconds. */
const PATIENCE = 20_000;

/** What the dead ones have before the one that is well has anything to send, in milliseconds. */
const HEADSTART = 3_000;

/** With others dead the last claim may take this many times as long, and not less than so many milliseconds more. */
const BOUND = { ratio: 4, slack: 1_000 };

/** A door that opens and behind which nobody ever says anything, and one that is shut. */
const openDoors = async () => {
  const sockets = new Set();
  const hanging = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  const shut = createServer();
  for (const server of [hanging, shut]) await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const ports = [hanging.address().port, shut.address().port];
  await new Promise((resolve) => shut.close(resolve));
  return {
    urlOf: (number) => `http://127.0.0.1:${ports[number % ports.length]}`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => hanging.close(resolve));
    },
  };
};

const addDead = async (batch, doors) => {
  const { profile } = batch.insurers.get(ALIVE);
  const names = [];
  for (let number = 0; number < DEAD; number += 1) {
    const name = `dead-${number}`;
    const connection = { url: doors.urlOf(number), receiverId: profile.payerId, production: false };
    const insurer = { id: randomUUID(), profile, connection, token: 'nobody' };
    batch.insurers.set(name, insurer);
    await batch.services.store.inPractice(batch.context, ({ practice }) => practice.addInsurer(insurer, randomUUID()));
    names.push(name);
  }
  return names;
};

const invoicesFor = async (batch, insurer, count) => {
  const party = await newClient(batch, insurer, { preset: 'claim-basic' });
  return Array.from({ length: count }, (_one, index) => newInvoice(batch, party, { daysAgo: index + 1 }));
};

const arrived = (batch, wanted) =>
  batch
    .insurersLedger()
    .flatMap(({ claims = [] }) => claims.map(({ total }) => `charge:${total}`))
    .filter((one) => wanted.has(one));

/** Milliseconds until the last claim of the one that is well had arrived, and how many claims of the others were tried. */
const measure = async (ground, { dead }) => {
  const batch = await Batch.open(ground);
  const doors = await openDoors();
  try {
    const { Intakes } = await batch.site.lib('application');
    const intakes = new Intakes(batch.services);
    const submit = (invoices) =>
      Promise.all(
        invoices.map(async ({ body }) =>
          valueOf(await intakes.submit({ context: batch.context, content: { kind: 'invoice', invoice: body } })),
        ),
      );
    const names = dead ? await addDead(batch, doors) : [];
    const lost = [];
    for (const name of names) lost.push(...(await invoicesFor(batch, name, CLAIMS_OF_A_DEAD_ONE)));
    const [warm, ...living] = await invoicesFor(batch, ALIVE, CLAIMS + 1);
    await batch.startWorker();
    await submit([warm]);
    await until(() => arrived(batch, new Set([warm.identity])).length > 0, PATIENCE, 10);
    await submit(lost);
    const attempted = async () =>
      (await query(batch.database.superuserUrl, 'SELECT count(*)::integer AS count FROM attempt'))[0].count - 1;
    // All of them are found to be dead first, or as many as the program gets round to.
    if (dead) await until(async () => (await attempted()) >= DEAD, HEADSTART, 50);
    const wanted = new Set(living.map(({ identity }) => identity));
    const began = performance.now();
    await submit(living);
    const all = await until(() => arrived(batch, wanted).length === CLAIMS, PATIENCE, 10);
    const milliseconds = Math.round(performance.now() - began);
    return { milliseconds, arrived: arrived(batch, wanted).length, tried: await attempted(), all: Boolean(all) };
  } finally {
    await batch.close();
    await doors.close();
  }
};

export const runDeadInsurers = async (ground) => {
  const alone = await measure(ground, { dead: false });
  const beside = await measure(ground, { dead: true });
  const ratio = Number((beside.milliseconds / alone.milliseconds).toFixed(2));
  const ok =
    alone.all &&
    beside.all &&
    beside.milliseconds <= Math.max(alone.milliseconds * BOUND.ratio, alone.milliseconds + BOUND.slack);
  return { dead: DEAD, claims: CLAIMS, alone, beside, ratio, ok };
};
