import { availableParallelism, loadavg } from 'node:os';
import { chromiumMissing, launchChromium } from '../browser/chromium.js';
import { type ListVisit, visitList } from './console-list.js';
import { type PanelVisit, visitPanel } from './console-panel.js';
import { openConsolePractice } from './console-practice.js';
import { type FirstScreen, firstScreen } from './console-scripts.js';
import { median } from './measure.js';

/**
 * npm run bench:console. What a person waits for, in the machine's own Chromium, on the built console, gateway and store.
 * `--claims n`, `--rounds n`, `--rows n` (how far is scrolled), `--json`. One kB is 1,000 bytes.
 */
const argument = (name: string, fallback: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};

/** Bounds: kB of scripts, and milliseconds in which a person does not notice a wait, a stall, a delay. */
const BOUND = { scripts: 250, rows: 500, frame: 100, panel: 100 } as const;

if (chromiumMissing !== undefined) {
  console.log(chromiumMissing);
  process.exit(1);
}

const plan = { claims: argument('claims', 10_000), rounds: argument('rounds', 3), bursts: argument('bursts', 24) };
const rows = argument('rows', plan.claims);

const line = (name: string, value: string, bound?: { readonly met: boolean; readonly said: string }): void =>
  console.log(
    `  ${name.padEnd(62)} ${value.padStart(12)}${bound ? `  ${bound.met ? 'within' : 'OVER'} ${bound.said}` : ''}`,
  );
const within = (value: number, bound: number, unit: string) => ({ met: value <= bound, said: `${bound} ${unit}` });
const kB = (scripts: readonly { readonly bytes: number }[]): number =>
  scripts.reduce((sum, { bytes }) => sum + bytes, 0) / 1_000;
const ms = (value: number): string => `${Math.round(value)} ms`;

const showScripts = ({ signIn, worklist }: FirstScreen) => {
  const all = [...signIn, ...worklist];
  const coding = [...new Set(all.map((one) => one.coding))].join(', ');
  console.log(`Scripts of the first screen, as transferred (${coding})`);
  for (const { file, bytes } of [...all].sort((one, other) => other.bytes - one.bytes))
    line(file, `${(bytes / 1_000).toFixed(1)} kB`);
  line('sign-in', `${kB(signIn).toFixed(1)} kB`);
  line('sign-in and worklist', `${kB(all).toFixed(1)} kB`, within(kB(all), BOUND.scripts, 'kB'));
  return { coding, signIn: kB(signIn), all: kB(all), files: all };
};

const showList = (visits: readonly ListVisit[]) => {
  console.log(`A list of ${plan.claims} claims (medians of ${visits.length}; worst in brackets)`);
  const of = (name: string, value: (visit: ListVisit) => number, bound?: number) => {
    const samples = visits.map(value);
    const worst = Math.max(...samples);
    line(
      name,
      `${ms(median(samples))} (${Math.round(worst)})`,
      bound === undefined ? undefined : within(worst, bound, 'ms'),
    );
    return { median: median(samples), samples };
  };
  const result = {
    open: of('opened: click to rows', ({ open }) => open, BOUND.rows),
    filter: of('another filter: click to rows', ({ filter }) => filter, BOUND.rows),
    sort: of('another order: click to rows', ({ sort }) => sort, BOUND.rows),
    task: of('longest task of the three, by the clock', ({ task }) => task, BOUND.frame),
    taskProcessor: of('longest task of the three, processor time', ({ taskProcessor }) => taskProcessor, BOUND.frame),
    frame: of('scrolled through: longest frame', ({ scroll }) => scroll.frame, BOUND.frame),
    scrollTask: of('scrolled through: longest task, by the clock', ({ scroll }) => scroll.task, BOUND.frame),
    scrollTaskProcessor: of(
      'scrolled through: longest task, processor time',
      ({ scroll }) => scroll.taskProcessor,
      BOUND.frame,
    ),
    waited: of('scrolled through: longest wait at the end for more', ({ scroll }) => scroll.waited, BOUND.rows),
  };
  for (const { scroll } of visits)
    line(
      `  ${scroll.rows} rows in ${scroll.seconds.toFixed(1)} s, at most ${scroll.drawn} in the page`,
      `${scroll.dropped}/${scroll.dropped + scroll.frames} dropped`,
    );
  return { ...result, visits };
};

const showPanel = (visits: readonly PanelVisit[]) => {
  const bursts = visits.flatMap((visit) => visit.bursts);
  const worst = Math.max(...bursts);
  console.log(`The decision beside a new invoice (${bursts.length} bursts of three keys)`);
  line('last key to decision: median', ms(median(bursts)), within(median(bursts), BOUND.panel, 'ms'));
  line('last key to decision: worst', ms(worst), within(worst, BOUND.panel, 'ms'));
  line('longest task', ms(Math.max(...visits.map(({ task }) => task))));
  return { median: median(bursts), worst, bursts };
};

console.log(`${plan.claims} claims are submitted …`);
const practice = await openConsolePractice(plan.claims);
const browser = await launchChromium();
try {
  const scripts = showScripts(await firstScreen(browser, practice));
  const panels: PanelVisit[] = [];
  for (let round = 0; round < plan.rounds; round += 1)
    panels.push(await visitPanel(browser, practice, Math.ceil(plan.bursts / plan.rounds)));
  const panel = showPanel(panels);
  const lists: ListVisit[] = [];
  for (let round = 0; round < plan.rounds; round += 1)
    lists.push(await visitList(browser, practice, { claims: plan.claims, rows }));
  const list = showList(lists);
  const load = { processors: availableParallelism(), load: loadavg()[0] ?? 0 };
  console.log(`Load of this machine in the last minute: ${load.load.toFixed(1)} on ${load.processors} processors`);
  if (process.argv.includes('--json')) console.log(JSON.stringify({ scripts, list, panel, ...load }));
} finally {
  await browser.close();
  await practice.stop();
}
