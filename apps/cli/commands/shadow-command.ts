import { readFile } from 'node:fs/promises';
import { MOST_SHADOWED, type ShadowReport } from '#libs/contracts';
import { failed, issue, ok, type Result } from '#libs/kernel';
import { answered } from '../gateway/answered.js';
import { unread } from '../gateway/unread.js';
import type { Screen } from '../up/screen.js';
import { connect } from './connection.js';
import { allNamesReplaced } from './names-in-documents.js';
import type { Said } from './said.js';
import type { GatewayOptions } from './shell.js';

/** Bytes of invoices in one request: half of what the gateway takes. */
const LARGEST_PART = 500_000;

/** A list of invoices, or an object with one, or one invoice in a line each. */
const invoicesIn = (text: string): readonly object[] | undefined => {
  const objects = (found: unknown): readonly object[] | undefined =>
    Array.isArray(found) && found.every((one): one is object => typeof one === 'object' && one !== null)
      ? found
      : undefined;
  try {
    const whole: unknown = JSON.parse(text);
    if (typeof whole === 'object' && whole !== null && 'invoices' in whole) return objects(whole.invoices);
    return objects(whole) ?? objects([whole]);
  } catch {
    try {
      const lines = text.split('\n').filter((line) => line.trim() !== '');
      return objects(lines.map((line): unknown => JSON.parse(line)));
    } catch {
      return undefined;
    }
  }
};

/** Parts that one request takes. */
const partsOf = (invoices: readonly object[]): readonly (readonly object[])[] => {
  const parts: object[][] = [];
  let size = 0;
  for (const invoice of invoices) {
    const bytes = Buffer.byteLength(JSON.stringify(invoice));
    const last = parts.at(-1);
    if (last === undefined || last.length === MOST_SHADOWED || size + bytes > LARGEST_PART) {
      parts.push([invoice]);
      size = bytes;
    } else {
      last.push(invoice);
      size += bytes;
    }
  }
  return parts;
};

type Counts = ShadowReport['counts'];

const sum = <Key extends string>(one: Readonly<Record<Key, number>>, other: Readonly<Record<Key, number>>) =>
  Object.fromEntries(Object.entries<number>(one).map(([key, value]) => [key, value + other[key as Key]])) as Record<
    Key,
    number
  >;

/** What many parts say together. */
export const togetherOf = (reports: readonly ShadowReport[]): Omit<ShadowReport, 'documents'> => {
  const [first, ...rest] = reports;
  if (first === undefined) throw new Error('there is at least one part');
  const insurers = new Map(first.byInsurer.map((one) => [one.insurer, one]));
  const gaps = new Map<string, ShadowReport['gaps'][number]>();
  const nameOf = ({ cause, curer, field, position }: ShadowReport['gaps'][number]): string =>
    [cause, curer, field, position].join(' ');
  for (const gap of first.gaps) gaps.set(nameOf(gap), gap);
  for (const { byInsurer, gaps: more } of rest) {
    for (const one of byInsurer) {
      const known = insurers.get(one.insurer);
      insurers.set(one.insurer, known === undefined ? one : { ...known, counts: sum(known.counts, one.counts) });
    }
    for (const gap of more) {
      const known = gaps.get(nameOf(gap));
      gaps.set(nameOf(gap), known === undefined ? gap : { ...known, documents: known.documents + gap.documents });
    }
  }
  return {
    counts: reports.map(({ counts }) => counts).reduce((one, other) => sum(one, other)),
    byCurer: reports.map(({ byCurer }) => byCurer).reduce((one, other) => sum(one, other)),
    byInsurer: [...insurers.values()].sort((one, other) => one.name.localeCompare(other.name, 'en')),
    gaps: [...gaps.values()].sort((one, other) => other.documents - one.documents),
  };
};

const countsLine = ({ goes, changed, withheld, held, blocked, refused }: Counts): string =>
  `${goes} would go (${changed} with something changed, ${withheld} with something withheld), ${held} held, ${blocked} blocked, ${refused} refused`;

export const shadowLines = (report: Omit<ShadowReport, 'documents'>): readonly string[] => [
  countsLine(report.counts),
  ...report.byInsurer.map(({ name, counts }) => `  ${name}: ${countsLine(counts)}`),
  ...Object.entries(report.byCurer)
    .filter(([, count]) => count > 0)
    .map(([curer, count]) => `  waits for ${curer}: ${count}`),
  ...report.gaps.map(
    ({ documents, field, sentence, cause }) =>
      `  ${documents} ×  ${field === undefined ? '' : `${field}  `}${cause}  ${sentence}`,
  ),
  'Nothing was stored and nothing was sent.',
];

/** What would become of last month's invoices. Not well: some would not go. `cli.file-unreadable`, `cli.not-a-document`. */
export const shadowFile = async (
  asked: { readonly file: string; readonly screen: Pick<Screen, 'say'> },
  options: GatewayOptions,
  input: NodeJS.ReadableStream,
): Promise<Result<Said>> => {
  const text = await readFile(asked.file, 'utf8').catch(() => undefined);
  if (text === undefined) return failed(issue('cli.file-unreadable', asked.file));
  const invoices = invoicesIn(text);
  if (invoices === undefined || invoices.length === 0) return failed(issue('cli.not-a-document', asked.file));
  const client = await connect(options, input);
  if (!client.ok) return client;
  const reports: ShadowReport[] = [];
  let done = 0;
  const named = await allNamesReplaced(client.value, invoices);
  if (!named.ok) return named;
  for (const part of partsOf(named.value as readonly object[])) {
    const report = await answered(client.value.ask('runShadow', { body: unread<'runShadow'>({ invoices: part }) }));
    if (!report.ok) return report;
    reports.push(report.value);
    done += part.length;
    if (done < invoices.length) asked.screen.say(`${done} of ${invoices.length}`);
  }
  const together = togetherOf(reports);
  return ok({ lines: shadowLines(together), isWell: together.counts.goes === invoices.length, data: together });
};
