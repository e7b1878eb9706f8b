import { type Leaf, structuralLeaf } from '#libs/disclosure';
import type { DocumentEnvelope } from '../document-envelope.js';
import type { Draft } from '../finish-document.js';
import { LEFT, type Paper, RIGHT } from './paper.js';
import { drawRows, type Row } from './rows.js';
import { BODY, LABEL, PRACTICE, SECTION, SMALL, STRONG, type Style, TITLE } from './styles.js';

const own = (position: string, text: string): Leaf => structuralLeaf('practice', position, text);
const constant = (position: string, text: string): Leaf => structuralLeaf('constant', position, text);

/** Where the right half of a page begins. */
export const MIDDLE = 330;
const FOOT = 792 - 48;

/** Draws one text on one line that ends or begins at `x`. */
const line = (
  paper: Paper,
  leaf: Leaf,
  spot: { readonly x: number; readonly style: Style; readonly align?: 'right' },
): void => {
  paper.draw(paper.block(leaf, spot.style).lines[0], { ...spot, y: paper.y });
};

/** The practice at the head of the first page. */
export const drawLetterhead = (paper: Paper, { practice }: DocumentEnvelope): void => {
  const top = paper.y;
  paper.flow(paper.block(own('practice/name', practice.name), PRACTICE, RIGHT - LEFT - 170));
  for (const text of practice.addressLines)
    paper.flow(paper.block(own('practice/address', text), SMALL, RIGHT - LEFT - 170));
  const bottom = paper.y;
  paper.y = top + 5;
  const facts: readonly (readonly [string, string, string | undefined])[] = [
    ['practice/phone', 'Phone', practice.phone],
    ['practice/npi', 'NPI', practice.npi],
    ['practice/taxId', 'Tax id', practice.taxId],
  ];
  for (const [position, label, text] of facts) {
    if (text === undefined) continue;
    line(paper, own(position, text), { x: RIGHT, style: SMALL, align: 'right' });
    line(paper, constant(position, label), { x: RIGHT - paper.width(text, SMALL) - 5, style: SMALL, align: 'right' });
    paper.y += SMALL.leading;
  }
  paper.y = Math.max(bottom, paper.y) + 8;
  paper.rule(1);
  paper.y += 22;
};

/** A quiet line that tells on a further page whose document it is. */
export const drawContinuation = (paper: Paper, { practice }: DocumentEnvelope, title: string): void => {
  line(paper, constant('title', title), { x: LEFT, style: SMALL });
  line(paper, own('practice/name', practice.name), { x: RIGHT, style: SMALL, align: 'right' });
  paper.y += SMALL.leading + 3;
  paper.rule();
  paper.y += 14;
};

export const drawTitle = (paper: Paper, title: string): void => {
  paper.flow(paper.block(constant('title', title), TITLE));
};

export const drawSection = (paper: Paper, title: string): void => {
  paper.need(SECTION.leading + 3 * BODY.leading);
  paper.y += 10;
  paper.flow(paper.block(constant('section', title), SECTION));
  paper.rule(0.5);
  paper.y += 6;
};

/** `left` beside reference, date and clinician. */
export const drawAddress = (paper: Paper, envelope: DocumentEnvelope, left: () => void): void => {
  const top = paper.y;
  left();
  const bottom = paper.y;
  paper.y = top;
  drawRows(paper, metaRows(envelope), { x: MIDDLE, labelWidth: 76, right: RIGHT });
  paper.y = Math.max(bottom, paper.y) + 8;
};

/** To whom it goes. */
export const drawRecipient = (paper: Paper, { recipient }: DocumentEnvelope): void => {
  const width = MIDDLE - LEFT - 20;
  paper.flow(paper.block(constant('recipient', 'To'), LABEL));
  paper.flow(paper.block(structuralLeaf('payer', 'recipient/name', recipient.name), STRONG, width));
  for (const text of recipient.addressLines ?? [])
    paper.flow(paper.block(structuralLeaf('payer', 'recipient/address', text), BODY, width));
};

const metaRows = ({ reference, createdOn, clinician }: DocumentEnvelope): readonly Row[] => {
  const row = (label: string, value: Leaf): Row => ({ label: constant(value.position, label), value, style: BODY });
  return [
    row('Reference', structuralLeaf('control-number', 'reference', reference)),
    row('Date', structuralLeaf('creation-time', 'createdOn', createdOn)),
    row('Clinician', own('clinician/name', `${clinician.name}, ${clinician.credential}`)),
    ...(clinician.registrationNumber === undefined
      ? []
      : [row('Registration', own('clinician/registrationNumber', clinician.registrationNumber))]),
    ...(clinician.npi === undefined ? [] : [row('Clinician NPI', own('clinician/npi', clinician.npi))]),
  ];
};

/** Each enclosure begins a page of its own. */
export const drawEnclosures = (paper: Paper, { enclosures }: DocumentEnvelope): void => {
  for (const { id, title, paragraphs } of enclosures) {
    paper.newPage();
    paper.flow(paper.block(structuralLeaf('enclosure', `enclosures/${id}/title`, title), TITLE));
    paper.y += 8;
    for (const text of paragraphs) {
      paper.flow(paper.block(structuralLeaf('enclosure', `enclosures/${id}/paragraphs`, text), BODY));
      paper.y += 7;
    }
  }
};

/** Reference and page number at the foot of each page. */
export const endLetter = (paper: Paper, { reference }: DocumentEnvelope): Draft =>
  paper.draft((page, pages) => {
    paper.y = FOOT;
    line(paper, structuralLeaf('control-number', 'foot/reference', reference), { x: LEFT, style: SMALL });
    line(paper, structuralLeaf('count', 'foot/page', `Page ${page} of ${pages}`), {
      x: RIGHT,
      style: SMALL,
      align: 'right',
    });
  });
