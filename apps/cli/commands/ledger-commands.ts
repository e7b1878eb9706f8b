import { createHash } from 'node:crypto';
import { open as openFile, rm } from 'node:fs/promises';
import type { LedgerCheckpoint, LedgerVerification } from '#libs/application';
import { failed, issue, ok, type PracticeId, type Result } from '#libs/kernel';
import { exportLedger, readCheckpoints, verifyLedgerFile } from '#libs/persistence';
import { readSettings } from '#libs/settings';
import { openKeys } from '../store/open-keys.js';
import { withStore } from '../store/with-store.js';
import type { Screen } from '../up/screen.js';
import type { Said } from './said.js';

export interface VerifyOptions {
  /** An exported ledger, to be verified by itself. */
  readonly file?: string;
  /** The key with which it must be signed, as base64. */
  readonly signingKey?: string;
  /** An exported ledger, through whose checkpoints ours must still go. */
  readonly against?: string;
}

/** `cli.file-unreadable` for what cannot be opened; what the lines say, the caller judges. */
const withLines = async <T>(
  file: string,
  work: (lines: AsyncIterable<string>) => Promise<Result<T>>,
): Promise<Result<T>> => {
  const handle = await openFile(file).catch(() => undefined);
  if (handle === undefined) return failed(issue('cli.file-unreadable', file));
  try {
    return await work(handle.readLines());
  } finally {
    await handle.close();
  }
};

const outcomeOf = ({ broken }: Pick<LedgerVerification, 'broken'>): string =>
  broken === undefined ? 'the chain holds' : `broken at block ${broken.height}: ${broken.code}`;

const lineOf = (practice: string, found: Omit<LedgerVerification, 'of' | 'place'>): string =>
  `${practice}: ${found.blocks} blocks, ${found.entries} entries, ${found.checkpoints} checkpoints, head ${found.head.slice(0, 16)} · ${outcomeOf(found)}`;

const fingerprintOf = (signingKey: Uint8Array): string => createHash('sha256').update(signingKey).digest('hex');

/** Needs nothing but the file: neither settings nor keys nor a database. Not well: it does not hold. */
const verifyFile = async (file: string, options: VerifyOptions, screen: Screen): Promise<Result<Said>> => {
  const { signingKey } = options;
  const verified = await withLines(file, (lines) =>
    verifyLedgerFile(lines, {
      ...(signingKey === undefined ? {} : { signingKey }),
      progress: (blocks) => screen.say(`${file}: ${blocks} blocks …`),
    }),
  );
  if (!verified.ok) return verified;
  const { value } = verified;
  const whose =
    signingKey === undefined ? 'compare it with the key that the practice gave you' : 'the key that was asked for';
  return ok({
    lines: [
      lineOf(value.practice, value),
      ...(value.broken === undefined ? [`Signed at ${new Date(value.signedAt).toISOString()}.`] : []),
      `Key ${value.signingKey} (${whose}).`,
    ],
    isWell: value.broken === undefined,
  });
};

const checkpointsIn = async (file: string | undefined): Promise<Result<readonly LedgerCheckpoint[]>> =>
  file === undefined ? ok([]) : withLines(file, readCheckpoints);

/**
 * Walks the ledger of every practice and computes everything again, or that in a file. Not well: one does not hold.
 * `ledger.practice-unknown` when nobody here has a ledger that it could be held against.
 */
export const verifyLedgers = async (options: VerifyOptions, screen: Screen): Promise<Result<Said>> => {
  if (options.file !== undefined && options.against !== undefined)
    return failed(issue('cli.contradiction', '--file, --against'));
  if (options.signingKey !== undefined && options.file === undefined)
    return failed(issue('cli.contradiction', '--signing-key', 'only with --file'));
  if (options.file !== undefined) return verifyFile(options.file, options, screen);
  const kept = await checkpointsIn(options.against);
  if (!kept.ok) return kept;
  return withStore({ migrates: false }, async ({ open }) => {
    const services = await open();
    if (!services.ok) return services;
    const { directory, services: use } = services.value;
    const practices = await directory.practices();
    const stranger = kept.value.find((one) => !practices.includes(one.practice));
    if (stranger !== undefined) return failed(issue('ledger.practice-unknown', stranger.practice));
    const lines: string[] = [];
    let isWell = true;
    for (const practice of practices) {
      const verified = await use.store.inPractice({ practice, actor: 'setup' }, (transaction) =>
        transaction.ledger.verify({
          progress: (done, of) => screen.count(practice, { done, of }),
          against: kept.value.filter((one) => one.practice === practice),
        }),
      );
      lines.push(lineOf(practice, verified));
      isWell &&= verified.broken === undefined;
    }
    return ok({ lines: lines.length === 0 ? ['There is no practice here.'] : lines, isWell });
  });
};

const chosen = (practices: readonly PracticeId[], asked: string | undefined): Result<PracticeId> => {
  const [only, ...more] = practices;
  if (asked === undefined)
    return only === undefined || more.length > 0
      ? failed(issue('ledger.practice-not-chosen', '--practice', practices.join(', ')))
      : ok(only);
  const found = practices.find((one) => one === asked);
  return found === undefined ? failed(issue('ledger.practice-unknown', '--practice')) : ok(found);
};

/** Lines into a file that only its owner may read and that was not there before. A file that is not whole is taken away. */
const writeLines = async (file: string, lines: AsyncIterable<string>): Promise<Result<void>> => {
  const handle = await openFile(file, 'wx', 0o600).catch(() => undefined);
  if (handle === undefined) return failed(issue('cli.file-not-creatable', file, 'must not exist yet'));
  try {
    let text = '';
    for await (const line of lines) {
      text += `${line}\n`;
      if (text.length > 1_000_000) {
        await handle.appendFile(text);
        text = '';
      }
    }
    await handle.appendFile(text);
    await handle.sync();
    return ok(undefined);
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
};

/** Writes the ledger of one practice to a file with which anybody can verify it. `ledger.practice-not-chosen` where there are several. */
export const exportLedgerTo = (
  file: string,
  options: { readonly practice?: string },
  screen: Screen,
): Promise<Result<Said>> =>
  withStore({ migrates: false }, async ({ keys, open }) => {
    const services = await open();
    if (!services.ok) return services;
    const practice = chosen(await services.value.directory.practices(), options.practice);
    if (!practice.ok) return practice;
    const context = { practice: practice.value, actor: 'setup' };
    let blocks = 0;
    const progress = (done: number, of: number): void => {
      blocks = done;
      screen.count(practice.value, { done, of });
    };
    const written = await writeLines(file, exportLedger(services.value.services.store, context, { keys, progress }));
    if (!written.ok) return written;
    return ok({
      lines: [
        `${file}: ${blocks} blocks of ${practice.value}. Keep it where nobody of this installation can change it.`,
      ],
      isWell: true,
    });
  });

/** The public key with which checkpoints are signed, as anybody can use it. */
export const showLedgerKey = (): Promise<Result<Said>> => {
  const settings = readSettings();
  if (!settings.ok) return Promise.resolve(settings);
  const keys = openKeys(settings.value);
  if (!keys.ok) return Promise.resolve(keys);
  const { signingKey } = keys.value;
  const text = Buffer.from(signingKey).toString('base64');
  return Promise.resolve(
    ok({
      lines: ['-----BEGIN PUBLIC KEY-----', text, '-----END PUBLIC KEY-----', `SHA-256 ${fingerprintOf(signingKey)}`],
      isWell: true,
    }),
  );
};
