import { fieldOf, type Occurrence } from '#libs/catalogue';
import { fieldLeaf, structuralLeaf } from '#libs/disclosure';
import type { DocumentEnvelope } from '../document-envelope.js';
import type { Place } from '../fields-of.js';
import { valueText } from '../value-text.js';
import { LEFT, type Paper, RIGHT } from './paper.js';
import { BODY, LABEL, STRONG, type Style } from './styles.js';

const ROW = 17;
const MONEY_WIDTH = 110;
const DATE_WIDTH = 100;

interface Column {
  readonly place: Place;
  readonly x: number;
  readonly width: number;
  readonly align: 'left' | 'right';
}

const isMoney = ({ field }: Place): boolean => fieldOf(field).kind === 'money';

/** Dates at the left, money at the right, the rest shares what is between. */
const columnsOf = (places: readonly Place[]): readonly Column[] => {
  const money = places.filter(isMoney);
  const dates = places.filter(({ field }) => field === 'session.date');
  const rest = places.filter((place) => !isMoney(place) && !dates.includes(place));
  const from = LEFT + dates.length * DATE_WIDTH;
  const width = (RIGHT - money.length * MONEY_WIDTH - from) / Math.max(1, rest.length);
  return [
    ...dates.map((place, index): Column => ({
      place,
      x: LEFT + index * DATE_WIDTH,
      width: DATE_WIDTH - 8,
      align: 'left',
    })),
    ...rest.map((place, index): Column => ({ place, x: from + index * width, width: width - 8, align: 'left' })),
    ...money.map((place, index): Column => ({
      place,
      x: RIGHT - (money.length - 1 - index) * MONEY_WIDTH,
      width: MONEY_WIDTH - 8,
      align: 'right',
    })),
  ];
};

const drawHead = (paper: Paper, columns: readonly Column[], envelope: DocumentEnvelope): void => {
  for (const { place, x, width, align } of columns) {
    const { label } = fieldOf(place.field);
    const text = isMoney(place) && envelope.currency !== undefined ? `${label} (${envelope.currency})` : label;
    paper.draw(paper.block(structuralLeaf('constant', place.position, text), LABEL, width).lines[0], {
      x,
      y: paper.y,
      style: LABEL,
      align,
    });
  }
  paper.y += LABEL.leading;
  paper.rule();
  paper.y += 5;
};

/** A line of the table is as high as its highest cell. */
const drawLine = (paper: Paper, columns: readonly Column[], line: Occurrence): void => {
  const cells = columns.map((column) => {
    const field = column.place.values.find(({ locus }) => locus.occurrence === line);
    const block =
      field === undefined
        ? undefined
        : paper.block(fieldLeaf(field, column.place.position, valueText(field)), BODY, column.width);
    return { column, lines: block?.lines ?? [] };
  });
  const high = Math.max(1, ...cells.map(({ lines }) => lines.length));
  paper.need(ROW + (high - 1) * BODY.leading);
  for (const { column, lines } of cells) {
    lines.forEach((text, index) =>
      paper.draw(text, { x: column.x, y: paper.y + index * BODY.leading, style: BODY, align: column.align }),
    );
  }
  paper.y += ROW + (high - 1) * BODY.leading;
};

/** One row for each session that goes; the head comes again on each page. */
export const drawSessions = (
  paper: Paper,
  lines: readonly Occurrence[],
  { places, envelope }: { readonly places: readonly Place[]; readonly envelope: DocumentEnvelope },
): void => {
  const columns = columnsOf(places);
  const head = () => drawHead(paper, columns, envelope);
  paper.need(LABEL.leading + 5 + 2 * ROW);
  head();
  paper.repeating(head, () => {
    for (const line of lines) drawLine(paper, columns, line);
  });
};

/** Sums under the money column, kept together; the number of sessions is counted from what goes. */
export const drawTotals = (paper: Paper, sessions: number, sums: readonly Place[]): void => {
  paper.need(sums.length * ROW + 10);
  paper.rule();
  paper.y += 6;
  const count = structuralLeaf('count', 'sessions', sessions === 1 ? '1 session' : `${sessions} sessions`);
  paper.draw(paper.block(count, LABEL).lines[0], { x: LEFT, y: paper.y + 0.8, style: LABEL });
  for (const { field, position, values } of sums) {
    const style: Style = field === 'fee.total' ? STRONG : BODY;
    for (const one of values) {
      const label = structuralLeaf('constant', position, fieldOf(field).label);
      paper.draw(paper.block(label, style).lines[0], { x: RIGHT - MONEY_WIDTH, y: paper.y, style, align: 'right' });
      paper.draw(paper.block(fieldLeaf(one, position, valueText(one)), style).lines[0], {
        x: RIGHT,
        y: paper.y,
        style,
        align: 'right',
      });
      paper.y += ROW;
    }
  }
};
