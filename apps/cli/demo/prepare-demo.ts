import { join } from 'node:path';
import { z } from 'zod';
import { dateOfInstant, failed, issue, ok, type PracticeId, type Result } from '#libs/kernel';
import { projectRoot, type Settings, systemClock, systemIds } from '#libs/settings';
import { isSeeded, seed } from '../seed/seed.js';
import { readWorld, type World } from '../seed/world.js';
import type { OpenServices } from '../store/open-services.js';
import { choosePort } from '../up/ports.js';
import { readStateFile, writePrivateFile } from '../up/state-file.js';
import { type Demo, loadDemo } from './load-demo.js';
import { behavioursAfter } from './play.js';
import { Progress } from './progress.js';
import { SandboxControl } from './sandbox-control.js';
import { sandboxFile } from './sandbox-file.js';

/** The fictitious practice, there, and the insurers that it deals with, about to be started. */
export interface PreparedDemo {
  readonly demo: Demo;
  readonly practice: PracticeId;
  readonly world: World;
  readonly progress: Progress;
  readonly control: SandboxControl;
  readonly sandbox: { readonly port: number; readonly insurersFile: string; readonly ledgerFile: string };
  /** The practice was made now. */
  readonly seeded: boolean;
}

/** What the clearinghouse handed over once is what the practice has recorded. */
const handedBefore = z.looseObject({ clearinghouses: z.array(z.looseObject({ token: z.string() })) });

const addressOf = (host: string, port: number): string => `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

/** The port at which the practice expects its insurers, once there is one. */
const portOf = (world: World): number | undefined => {
  const [first] = world.insurers.values();
  return first === undefined ? undefined : Number(new URL(first.url).port);
};

/** Codes of `loadDemo`, `seed` and `choosePort`; `demo.unknown-reference` for data that the practice does not have. */
export const prepareDemo = async (settings: Settings, open: OpenServices): Promise<Result<PreparedDemo>> => {
  const { sandbox, stateDirectory } = settings;
  const loaded = await loadDemo(projectRoot());
  if (!loaded.ok) return loaded;
  const demo = loaded.value;
  const practice = demo.practice.id as PracticeId;
  const before = (await isSeeded(open, demo)) ? await readWorld(open.services, practice, demo) : undefined;
  const agreed = before && portOf(before);
  const port = await choosePort({
    name: 'SLUICE_SANDBOX_PORT',
    host: sandbox.host,
    port: agreed ?? sandbox.port,
    orAnother: agreed === undefined,
  });
  if (!port.ok) return port;
  const tokens = new Map(
    demo.insurers.map(({ profile }) => [profile, before?.insurers.get(profile)?.token ?? systemIds.uuid()]),
  );
  // What lies in a database without a note of how far the story came is left as it is.
  const progress =
    Progress.read(stateDirectory) ??
    Progress.begin(stateDirectory, {
      day: dateOfInstant(systemClock.now(), demo.practice.timeZone),
      done: before ? demo.steps.length : 0,
    });
  const baseUrl = addressOf(sandbox.host, port.value);
  const seeded = await seed(open, { demo, sandbox: { baseUrl, tokens }, today: progress.day });
  if (!seeded.ok) return seeded;
  const world = before ?? (await readWorld(open.services, practice, demo));
  const incomplete = demo.clients.find((one) => !world.clients.has(one.label));
  if (incomplete) return failed(issue('demo.unknown-reference', `config/demo#${incomplete.label}`));
  const controlToken = systemIds.uuid();
  const insurersFile = join(sandbox.stateDirectory, 'insurers.json');
  const terms = {
    ...{ controlToken, tokens, behaviours: behavioursAfter(demo.steps, progress.done) },
    clearinghouseToken: readStateFile(insurersFile, handedBefore)?.clearinghouses[0]?.token ?? systemIds.uuid(),
    clearinghouseDirectory: sandbox.stateDirectory,
  };
  writePrivateFile(insurersFile, sandboxFile(demo, open.insurers, terms));
  const ledgerFile = join(sandbox.stateDirectory, 'ledger.jsonl');
  return ok({
    demo,
    practice,
    world,
    progress,
    control: new SandboxControl(baseUrl, controlToken),
    sandbox: { port: port.value, insurersFile, ledgerFile },
    seeded: seeded.value,
  });
};
