import { fieldOf } from '#libs/catalogue';
import { type DisclosedField, fieldLeaf, type Leaf, structuralLeaf } from '#libs/disclosure';
import type { DocumentEnvelope } from '../document-envelope.js';
import type { Place } from '../fields-of.js';
import { unitOf, valueText } from '../value-text.js';
import { type Block, LEFT, type Paper, RIGHT } from './paper.js';
import { BODY, LABEL, MARKER, type Style } from './styles.js';

/** A label and what stands beside it. */
export interface Row {
  readonly label?: Leaf;
  /** A short word before the value: what a generalised value is. */
  readonly before?: Leaf;
  readonly value: Leaf;
  /** A short word after it: a unit. */
  readonly after?: Leaf;
  readonly style: Style;
}

interface Columns {
  readonly x: number;
  readonly labelWidth: number;
  readonly right: number;
}

const WHOLE: Columns = { x: LEFT, labelWidth: 150, right: RIGHT };
const GAP = 10;
const SPACE = 3.5;

const valueRow = (field: DisclosedField, position: string): Omit<Row, 'label'> => {
  const unit = unitOf(field.form);
  const row = { value: fieldLeaf(field, position, valueText(field)), style: BODY };
  return {
    ...row,
    ...(field.form === field.locus.field
      ? {}
      : { before: structuralLeaf('constant', position, `${fieldOf(field.form).label}:`) }),
    ...(unit === undefined ? {} : { after: structuralLeaf('constant', position, unit) }),
  };
};

/** The rows of one place of a format, under the form’s label for it; several values stand below each other. */
export const rowsOf = ({ field, position, values, marked }: Place, { form }: DocumentEnvelope): readonly Row[] => {
  const named = form?.labels.get(field);
  const label =
    named === undefined
      ? structuralLeaf('constant', position, fieldOf(field).label)
      : structuralLeaf('payer', position, named);
  if (values.length === 0) {
    if (!marked) return [];
    return [
      {
        label,
        value: structuralLeaf('enclosure', position, form?.markerText ?? 'Withheld by client authorization'),
        style: MARKER,
      },
    ];
  }
  return values.map((one, index): Row =>
    index === 0 ? { label, ...valueRow(one, position) } : valueRow(one, position),
  );
};

/** Draws rows from the cursor down. A row may run over to the next page. */
export const drawRows = (paper: Paper, rows: readonly Row[], columns: Columns = WHOLE): void => {
  for (const row of rows) drawRow(paper, row, columns);
};

const drawRow = (
  paper: Paper,
  { label, before, value, after, style }: Row,
  { x, labelWidth, right }: Columns,
): void => {
  const valueX = x + labelWidth + GAP;
  const width = right - valueX;
  const empty: Block = { lines: [], style: LABEL };
  const names = label === undefined ? empty : paper.block(label, LABEL, labelWidth);
  const head = before === undefined ? empty : paper.block(before, LABEL, width / 2);
  const indent = head.lines[0] === undefined ? 0 : paper.width(head.lines[0].text, LABEL) + SPACE;
  const texts = paper.block(value, style, width - indent);
  const unit = after === undefined ? empty : paper.block(after, LABEL, width);
  const { leading } = BODY;
  const height = Math.max(names.lines.length, texts.lines.length);
  for (let index = 0; index < height; index += 1) {
    paper.need(leading);
    paper.draw(names.lines[index], { x, y: paper.y + 0.8, style: LABEL });
    if (index === 0) paper.draw(head.lines[0], { x: valueX, y: paper.y + 0.8, style: LABEL });
    const end = valueX + indent + paper.draw(texts.lines[index], { x: valueX + indent, y: paper.y, style });
    if (index === texts.lines.length - 1) paper.draw(unit.lines[0], { x: end + SPACE, y: paper.y + 0.8, style: LABEL });
    paper.y += leading;
  }
  paper.y += 2;
};
