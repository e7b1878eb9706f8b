import type { DisclosureRow, Explanation, Preview } from '#libs/contracts';
import { unreachable } from '#libs/kernel';
import { warned } from './warned.js';

/** What a preview and an explanation have in common. */
export type Explained = Preview | Omit<Explanation, 'disclosure' | 'decidedAt'>;

type Gap = Explained['gaps'][number];
type Cell = NonNullable<DisclosureRow['source']>;

const CURED_BY: Readonly<Record<Gap['curer'], string>> = {
  client: 'the client can cure it, with an amended release',
  chart: 'the clinician can cure it, in the chart',
  office: 'the office can cure it',
  practice: 'the practice can cure it',
  nobody: 'nobody can cure it',
};

const CHOICES: Readonly<Record<Explained['choices'][number], string>> = {
  'draft-amendment': 'draft an amendment for the client',
  'smaller-format': 'send a smaller format',
  'use-markers': 'send with “withheld by client authorization” in its place',
  'exclude-lines': 'take lines out',
  receipt: 'give the client a receipt',
  'keep-holding': 'keep holding',
  'insurer-has-it': 'record that the insurer has it',
  'send-again': 'send it again',
};

const OUTCOMES: Readonly<Record<Explained['outcome'], string>> = {
  send: 'Goes',
  hold: 'Held',
  deny: 'Held: nothing may go at all',
};

const valueOf = (cell: Cell | undefined): string => {
  if (cell === undefined) return '';
  if (cell.masked) return '(not shown to your role)';
  const { value } = cell;
  const text = Array.isArray(value) ? value.join(', ') : String(value);
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);
};

/** Grounds why something stays come before those on which it may go. */
const groundOf = (row: Pick<DisclosureRow, 'reasons'>): string => {
  const against = row.reasons.find(({ code }) => !/^(granted|within_ceiling:|reading:)/.test(code));
  return (against ?? row.reasons[0])?.sentence ?? '';
};

interface Line {
  readonly mark: string;
  readonly field: string;
  /** Lines and diagnoses of the document for which it holds. */
  readonly occurrences: readonly string[];
  readonly text: string;
}

const THE_WHOLE = 'the whole document';

const occurrencesOf = (locus: DisclosureRow['locus'] | undefined): readonly string[] =>
  locus?.occurrence === undefined ? [] : [locus.occurrence];

const textOfRow = (row: DisclosureRow): string => {
  switch (row.effect) {
    case 'changed':
      return `goes as ${row.form ?? 'less'} ${valueOf(row.outgoing)} · ${groundOf(row)}`;
    case 'withheld':
      return `${groundOf(row)}${row.marker ? ' · a marker stands in its place' : ''}`;
    case 'goes':
    case 'missing':
      return groundOf(row);
    default:
      return unreachable(row.effect);
  }
};

const MARKS: Readonly<Record<DisclosureRow['effect'], string | undefined>> = {
  goes: undefined,
  changed: 'CHANGE',
  withheld: 'WITHHELD',
  missing: 'MISSING',
};

const lineOfRow = (row: DisclosureRow): Line | undefined => {
  const mark = MARKS[row.effect];
  if (mark === undefined) return undefined;
  return { mark, field: row.locus.field, occurrences: occurrencesOf(row.locus), text: textOfRow(row) };
};

const lineOfGap = ({ locus, occurrences, position, sentence, curer }: Gap): Line => {
  const needed = locus === undefined ? '' : `needed${position === undefined ? '' : ` at ${position}`} · `;
  const text = `${needed}${sentence} · ${CURED_BY[curer]}`;
  return { mark: 'GAP', field: locus?.field ?? THE_WHOLE, occurrences: occurrences ?? occurrencesOf(locus), text };
};

/** What is the same for several lines of the document is said once. */
const merged = (lines: readonly Line[]): readonly Line[] => {
  const found = new Map<string, Line>();
  for (const line of lines) {
    const key = JSON.stringify([line.mark, line.field, line.text]);
    const before = found.get(key);
    found.set(
      key,
      before === undefined ? line : { ...line, occurrences: [...before.occurrences, ...line.occurrences] },
    );
  }
  return [...found.values()];
};

const isOpenAt = ({ locus, occurrences }: Gap, { field, occurrence }: DisclosureRow['locus']): boolean =>
  locus?.field === field &&
  (locus.occurrence === occurrence || (occurrence !== undefined && occurrences?.includes(occurrence) === true));

/** A gap has said it already: of this very place, or of the whole document. */
const isSaid = (row: DisclosureRow, gaps: readonly Gap[]): boolean =>
  gaps.some((gap) => (gap.locus === undefined ? gap.sentence === groundOf(row) : isOpenAt(gap, row.locus)));

/** What the insurer never asked for is a matter of course, and many. */
const isWorthALine = (row: DisclosureRow): boolean =>
  row.effect !== 'withheld' || !row.reasons.every(({ code }) => code === 'not_asked');

const placeOf = ({ field, occurrences }: Line): string => [field, occurrences.join(', ')].join(' ').trimEnd();

const aligned = (lines: readonly Line[]): readonly string[] => {
  const width = Math.max(0, ...lines.map((one) => placeOf(one).length));
  return lines.map((line) => `  ${line.mark.padEnd(8)}  ${placeOf(line).padEnd(width)}  ${line.text}`.trimEnd());
};

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/**
 * Why a document goes as it goes, or does not: insurer, form and release, the counts, then one line for each gap, change
 * and field that stays, with the ground and who can cure it, and what can be done.
 */
export const gapText = (explained: Explained): readonly string[] => {
  const { insurer, format, formatRevision, releases, rows, gaps, counts, outcome } = explained;
  const papers = releases.map(({ id, revision }) => `release ${id} revision ${revision}`).join(' and ');
  const head = [
    insurer.name,
    formatRevision === undefined ? format : `${format} ${formatRevision}`,
    papers || 'no release',
  ].join(' · ');
  const asked = rows.filter(isWorthALine);
  const unasked = rows.length - asked.length;
  const found = `${counts.goes} go, ${counts.changed} change, ${counts.withheld} stay, ${plural(gaps.length, 'gap')}`;
  const told = asked.filter((row) => !isSaid(row, gaps)).flatMap((row) => lineOfRow(row) ?? []);
  return [
    head,
    `  ${OUTCOMES[outcome]}. ${found}${unasked === 0 ? '' : ` (${unasked} of them not asked for)`}.`,
    ...aligned(merged([...gaps.map(lineOfGap), ...told])),
    ...warned(explained.warnings),
    ...(explained.enclosures.length === 0 ? [] : [`  Travels along: ${explained.enclosures.join(', ')}`]),
    ...(explained.choices.length === 0
      ? []
      : [`  Choices: ${explained.choices.map((one) => CHOICES[one]).join(' · ')}`]),
    `  Next: ${explained.nextStep}`,
  ];
};
