/**
 * The module behind `#fault` under the import condition `faults`: stops its own process at a named point. A build without
 * that condition never loads it.
 *
 *   SLUICE_FAULT=K13:2          SIGKILL at the second hit of K13
 *   SLUICE_FAULT=K13:2:stop     SIGSTOP instead
 *   SLUICE_FAULT=K15:1:kill:0   K15 only: after so many bytes of the body: 0, 1, half, last (all but one) or all
 *   SLUICE_FAULT_LOG=<file>     one line for the first hit of each point, and one before a strike
 *
 * K4 and K14 to K16 are points inside Node's HTTP server and undici, found through the diagnostic channels that both document.
 */
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';

/** Gone from the environment at once: the program under test refuses variables that it does not know. */
const take = (name) => {
  const value = process.env[name];
  delete process.env[name];
  return value;
};

const [wanted, at = '1', how = 'kill', bytes = 'half'] = (take('SLUICE_FAULT') ?? '').split(':');
const log = take('SLUICE_FAULT_LOG');
const hits = new Map();

const note = (line) => {
  if (log !== undefined) appendFileSync(log, `${line}\n`);
};

/** The kernel may let a thread run on for a moment; this one must not. */
const standStill = (milliseconds) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);

const strike = (point) => {
  note(`struck ${point}`);
  process.kill(process.pid, how === 'stop' ? 'SIGSTOP' : 'SIGKILL');
  standStill(how === 'stop' ? 100 : 10_000);
};

/** True at the hit that is asked for. */
const isDue = (point) => {
  const count = (hits.get(point) ?? 0) + 1;
  hits.set(point, count);
  if (count === 1) note(`hit ${point}`);
  return point === wanted && count === Number(at);
};

export const fault = (point) => {
  if (isDue(point)) strike(point);
  return Promise.resolve();
};

const cutAt = (length) => ({ 0: 0, 1: 1, half: length >> 1, last: length - 1, all: length })[bytes] ?? length >> 1;

/** Lets so many bytes of the next body through to the kernel, and then strikes. */
const cutBody = (socket) => {
  const write = socket.write;
  socket.write = (chunk, ...rest) => {
    if (typeof chunk === 'string') return write.call(socket, chunk, ...rest);
    socket.write = write;
    const count = cutAt(chunk.length);
    if (count === 0) setImmediate(() => strike('K15'));
    else write.call(socket, chunk.subarray(0, count), () => strike('K15'));
    return true;
  };
};

subscribe('http.server.response.finish', ({ request }) => {
  if (request.method === 'POST' && isDue('K4')) strike('K4');
});

const isSubmission = (request) => request.method === 'POST';

subscribe('undici:client:sendHeaders', ({ request, socket }) => {
  if (!isSubmission(request)) return;
  if (isDue('K14')) strike('K14');
  if (isDue('K15')) cutBody(socket);
});

subscribe('undici:request:bodySent', ({ request }) => {
  if (isSubmission(request) && isDue('K16')) strike('K16');
});
