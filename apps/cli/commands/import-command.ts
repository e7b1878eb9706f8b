import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { IMPORT_KINDS, type ImportKind, type ImportReport } from '#libs/contracts';
import { failed, issue, ok, type Result } from '#libs/kernel';
import { answered } from '../gateway/answered.js';
import type { Screen } from '../up/screen.js';
import { connect } from './connection.js';
import type { Said } from './said.js';
import type { GatewayOptions } from './shell.js';

export interface ImportOptions extends GatewayOptions {
  readonly dryRun?: boolean;
}

const ROUTES = {
  clients: 'importClients',
  coverages: 'importCoverages',
  insurers: 'importInsurers',
  releases: 'importReleases',
} as const satisfies Record<ImportKind, string>;

/** Refusals that are shown one by one. */
const SHOWN = 200;

const OUTCOMES = {
  false: { made: 'made', there: 'there already', refused: 'refused' },
  true: { made: 'would be made', there: 'there already', refused: 'would be refused' },
} as const;

const rowsOf = ({ from, to }: ImportReport['ranges'][number]): string =>
  from === to ? `row ${from}` : `rows ${from} to ${to}`;

/** What became of each row, rows alike in a row together. */
export const reportLines = (report: ImportReport): readonly string[] => {
  const words = OUTCOMES[report.dryRun ? 'true' : 'false'];
  const { made, there, refused, stopped } = report;
  return [
    ...report.ranges
      .filter(({ outcome }) => outcome !== 'refused')
      .map((one) => `${rowsOf(one)}: ${words[one.outcome]}`),
    ...report.refusals
      .slice(0, SHOWN)
      .map(
        ({ row, code, column }) => `row ${row}: ${words.refused}  ${code}${column === undefined ? '' : `  ${column}`}`,
      ),
    ...(report.refusals.length > SHOWN ? [`and ${report.refusals.length - SHOWN} more`] : []),
    ...(stopped === undefined
      ? []
      : [`stopped at row ${stopped.row}: ${stopped.code}${stopped.column === undefined ? '' : `  ${stopped.column}`}`]),
    `${made} ${words.made}, ${there} ${words.there}, ${refused} ${words.refused}`,
  ];
};

/** The gateway takes no more than it has worked on, so what has gone is how far it is. */
const withProgress = async function* (
  file: string,
  size: number,
  screen: Pick<Screen, 'say'>,
): AsyncGenerator<Uint8Array> {
  let gone = 0;
  let told = 0;
  for await (const part of createReadStream(file)) {
    const bytes: Uint8Array = Buffer.from(part as Buffer);
    yield bytes;
    gone += bytes.length;
    const tenth = Math.floor((gone / size) * 10);
    if (tenth > told && tenth < 10) screen.say(`${tenth * 10} %`);
    told = tenth;
  }
};

const digestOf = async (file: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const part of createReadStream(file)) hash.update(part as Buffer);
  return hash.digest('hex');
};

/**
 * Sends a comma-separated file to be imported, or with `--dry-run` to hear what would come of it. Not well: a row was
 * refused. `cli.import-kind-unknown`, `cli.file-unreadable`, or codes of the gateway.
 */
export const importRows = async (
  asked: { readonly kind: string; readonly file: string; readonly screen: Pick<Screen, 'say'> },
  options: ImportOptions,
  input: NodeJS.ReadableStream,
): Promise<Result<Said>> => {
  const kind = IMPORT_KINDS.find((one) => one === asked.kind);
  if (kind === undefined) return failed(issue('cli.import-kind-unknown', 'kind', IMPORT_KINDS.join(', ')));
  const size = await stat(asked.file).then(
    (found) => (found.isFile() ? found.size : undefined),
    () => undefined,
  );
  if (size === undefined) return failed(issue('cli.file-unreadable', asked.file));
  const client = await connect(options, input);
  if (!client.ok) return client;
  const report = await answered(
    client.value.ask(ROUTES[kind], {
      query: { 'dry-run': options.dryRun === true ? 'true' : 'false' },
      file: { type: 'text/csv', open: () => withProgress(asked.file, size, asked.screen) },
      ...(options.dryRun === true ? {} : { idempotencyKey: `cli-${await digestOf(asked.file)}` }),
    }),
  );
  if (!report.ok) return report;
  const { refused, stopped } = report.value;
  return ok({
    lines: reportLines(report.value),
    isWell: refused === 0 && stopped === undefined,
    data: report.value,
  });
};
