import { benchDecisions } from './decisions.js';
import { benchEndToEnd } from './end-to-end.js';
import { benchImport } from './imports.js';
import { benchInbox } from './inbox.js';
import type { Measured } from './measure.js';
import { benchRenderings } from './renderings.js';
import { benchSftp } from './sftp.js';

const argument = (name: string, fallback: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};

const show = (rows: readonly Measured[]): void => {
  for (const { name, unit, median, samples, perProcessorSecond, processorMs } of rows) {
    const range = `${Math.round(Math.min(...samples))}..${Math.round(Math.max(...samples))}`;
    const rate = String(Math.round(median)).padStart(9);
    console.log(`  ${name.padEnd(58)} ${rate} ${unit.padEnd(12)} (${range}, n=${samples.length})`);
    if (perProcessorSecond) {
      const alone = String(Math.round(perProcessorSecond.median)).padStart(9);
      console.log(`  ${'  of a second of processor time'.padEnd(58)} ${alone}`);
    }
    if (processorMs) {
      const each = Object.entries(processorMs).map(([process, ms]) => `${process} ${ms.toFixed(2)}`);
      const sum = Object.values(processorMs).reduce((one, other) => one + other, 0);
      console.log(`    ms of processor time for one: ${sum.toFixed(2)} = ${each.join(' + ')}`);
    }
  }
};

const rate = (rows: readonly Measured[], start: string): number | undefined =>
  rows.find((one) => one.name.startsWith(start))?.median;

const ratio = (rows: readonly Measured[], pair: readonly [string, string]): number | undefined => {
  const [one, other] = [rate(rows, pair[0]), rate(rows, pair[1])];
  return one === undefined || other === undefined ? undefined : Math.round((one / other) * 1_000) / 1_000;
};

const quick = process.argv.includes('--quick');
/** With `--only <part>` the others are left out. */
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;
const isAsked = (part: string): boolean => only === undefined || only === part;

console.log('Decisions');
const decisions = isAsked('decisions') ? benchDecisions() : [];
show(decisions);
console.log('Renderings');
const renderings = isAsked('renderings') ? benchRenderings() : [];
show(renderings);
console.log('Import of clients over HTTP (target: 100,000 in a minute, memory does not grow with the file)');
const imported = isAsked('import') ? await benchImport(argument('clients', quick ? 10_000 : 100_000)) : undefined;
if (imported !== undefined)
  console.log(
    `  ${imported.clients} clients in ${imported.seconds} s; the gateway had ${imported.before} MB before, at most ${imported.quarters.join(', ')} MB in each quarter`,
  );
console.log('SFTP: HTTP in → in the directory of an OpenSSH server (all on this machine)');
const sftp = isAsked('sftp') ? await benchSftp(quick ? 1_000 : 10_000) : [];
if (sftp === undefined) console.log('  not run: there is no sshd on this machine');
else show(sftp);
console.log('Inbox: HTTP in → fetched and acknowledged by an insurer over HTTP (all on this machine)');
const inbox = isAsked('inbox') ? await benchInbox(quick ? 500 : 2_000) : [];
show(inbox);
console.log('End to end: HTTP in → insurer answered (load generator and insurer on the same machine)');
const endToEnd =
  process.argv.includes('--no-end-to-end') || !isAsked('end-to-end')
    ? []
    : await benchEndToEnd({ count: argument('count', 2_000), rounds: argument('rounds', 3) });
show(endToEnd);

const ratios = {
  'Sluice / bare loop, 1 practice, Redis (target 0.4)': ratio(endToEnd, [
    'Sluice, 1 practice, Redis',
    'batched bare loop, Redis',
  ]),
  'Sluice / bare loop, 50 practices, Redis': ratio(endToEnd, [
    'Sluice, 50 practices, Redis',
    'batched bare loop, Redis',
  ]),
  'Sluice / bare loop, 1 practice, embedded': ratio(endToEnd, [
    'Sluice, 1 practice, embedded',
    'batched bare loop, embedded',
  ]),
  'embedded / Redis, 1 practice (target 0.6)': ratio(endToEnd, [
    'Sluice, 1 practice, embedded',
    'Sluice, 1 practice, Redis',
  ]),
};
console.log('Ratios of medians');
for (const [name, value] of Object.entries(ratios))
  if (value !== undefined) console.log(`  ${name.padEnd(58)} ${value}`);
if (process.argv.includes('--json'))
  console.log(JSON.stringify({ decisions, renderings, imported, sftp, inbox, endToEnd, ratios }));
