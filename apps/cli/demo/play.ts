import { setTimeout as sleep } from 'node:timers/promises';
import { failed, issue, ok, type Result, unreachable } from '#libs/kernel';
import { answered } from '../gateway/answered.js';
import type { DemoStep } from './demo-schema.js';
import { documentsOf } from './load-demo.js';
import { meets } from './outcome.js';
import { push } from './push.js';
import { rowOf, settled, standingOf } from './rows.js';
import { idOf, type Stage } from './stage.js';

const PAUSE_MS = 500;
/** How long one document, and how long all of them, may take to come where they are expected. */
const STEP_MS = 45_000;
const SETTLE_MS = 90_000;

const waitIn =
  (stage: Stage) =>
  (milliseconds: number): Promise<void> =>
    sleep(milliseconds, undefined, { signal: stage.over }).catch(() => undefined);

/** Asks again and again; true when it came about in time. */
const until = async (stage: Stage, condition: () => Promise<boolean>, milliseconds: number): Promise<boolean> => {
  const deadline = stage.clock.now() + milliseconds;
  while (!(await condition())) {
    if (stage.over.aborted || stage.clock.now() > deadline) return false;
    await waitIn(stage)(PAUSE_MS);
  }
  return true;
};

const awaitDocument = async (stage: Stage, step: Extract<DemoStep, { do: 'await' }>): Promise<Result<void>> => {
  const document = documentsOf(stage.demo).find((one) => one.label === step.document);
  if (document === undefined) return failed(issue('demo.unknown-reference', step.document));
  await until(
    stage,
    async () => {
      if (stage.progress.pushed[document.label] === undefined) return true;
      const standing = await standingOf(stage, document);
      return standing.ok && meets(standing.value, step.expect);
    },
    STEP_MS,
  );
  const row = await rowOf(stage, document, step);
  // A step that was broken off after this is taken again, and is still one row.
  stage.progress.save({ seen: [...stage.progress.seen.filter((one) => one.what !== row.what), row] });
  stage.screen.say(`${row.asExpected ? '✓' : '✗'} ${step.what}: ${row.outcome}`);
  return ok(undefined);
};

const settle = async (stage: Stage): Promise<Result<void>> => {
  const all = documentsOf(stage.demo).length;
  let last = -1;
  await until(
    stage,
    async () => {
      const count = await settled(stage);
      if (count.ok && count.value !== last) {
        last = count.value;
        stage.screen.count('Where they are expected', { done: count.value, of: all });
      }
      return count.ok && count.value === Object.keys(stage.progress.pushed).length;
    },
    SETTLE_MS,
  );
  return ok(undefined);
};

const revoke = async (stage: Stage, step: Extract<DemoStep, { do: 'revoke' }>): Promise<Result<unknown>> => {
  const release = idOf(stage.world.releases, step.release);
  if (!release.ok) return release;
  const receivedAt = new Date(stage.clock.now()).toISOString();
  return answered(
    stage.cast.privacy.ask('revokeRelease', {
      params: { id: release.value },
      body: { receivedAt, channel: step.channel },
    }),
  );
};

const take = async (stage: Stage, step: DemoStep): Promise<Result<unknown>> => {
  switch (step.do) {
    case 'behave':
      stage.screen.say(`· ${step.say}`);
      return stage.sandbox.behave(step.insurer, step.behaviour);
    case 'push':
      await push(stage);
      return ok(undefined);
    case 'await':
      return awaitDocument(stage, step);
    case 'choose-reading': {
      stage.screen.say(`· ${step.say}`);
      const choice = { kind: 'reading', reading: step.reading, version: step.version } as const;
      return answered(
        stage.cast.privacy.ask('chooseReading', {
          body: { ceiling: step.ceiling, choice },
          idempotencyKey: `demo-${step.reading}`,
        }),
      );
    }
    case 'revoke':
      stage.screen.say(`· ${step.say}`);
      return revoke(stage, step);
    case 'settle':
      return settle(stage);
    default:
      return unreachable(step);
  }
};

const isOver = (stage: Stage): boolean => stage.over.aborted;

/** Plays the steps that are not over yet, in order. A step that was broken off is taken again; each can be. */
export const play = async (stage: Stage): Promise<Result<void>> => {
  const { demo, progress } = stage;
  for (const [index, step] of demo.steps.entries()) {
    if (index < progress.done) continue;
    if (isOver(stage)) break;
    const taken = await take(stage, step);
    if (!taken.ok) return taken;
    if (isOver(stage)) break;
    progress.save({ done: index + 1 });
  }
  return ok(undefined);
};

/** How each insurer behaves after the steps that are over: what a sandbox that starts anew must be told. */
export const behavioursAfter = (steps: readonly DemoStep[], done: number): ReadonlyMap<string, object> =>
  new Map(
    steps.slice(0, done).flatMap((step) => (step.do === 'behave' ? [[step.insurer, step.behaviour] as const] : [])),
  );
