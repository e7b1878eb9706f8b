import PDFDocument from 'pdfkit';
import { fieldOf } from '#libs/catalogue';
import type { Leaf } from '#libs/disclosure';
import { type Issue, issue, type PlainDate, startOfDate, UTC } from '#libs/kernel';
import type { Draft } from '../finish-document.js';
import { printable } from './printable.js';
import type { Style } from './styles.js';
import { RULE } from './styles.js';
import { wrap } from './wrap.js';

/** US Letter with three quarters of an inch round it, in points. */
export const LEFT = 54;
export const RIGHT = 612 - 54;
const TOP = 54;
const BOTTOM = 792 - 72;

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly style: Style;
  /** Whether `x` is where the text begins or where it ends. */
  readonly align?: 'left' | 'right';
}

/** A leaf broken into lines, in characters that can be printed. */
export interface Block {
  readonly lines: readonly Leaf[];
  readonly style: Style;
}

/**
 * A PDF that knows where each run of text came from. It tells nothing besides: no dates, no author, no title, the same
 * bytes for the same content. Streams stay uncompressed, since packers differ from machine to machine.
 */
export class Paper {
  readonly #document: PDFKit.PDFDocument;
  readonly #leaves: Leaf[] = [];
  readonly #issues: Issue[] = [];
  readonly #substitutions: { readonly position: string; readonly kind: string }[] = [];
  readonly #headings: (() => void)[] = [];
  y = TOP;

  constructor(name: { readonly reference: string; readonly createdOn: PlainDate }) {
    this.#document = new PDFDocument({
      size: 'LETTER',
      margin: 0,
      compress: false,
      bufferPages: true,
      // The library derives the file’s /ID from these three; none but the producer is written.
      info: { Producer: 'Sluice', Subject: name.reference, CreationDate: new Date(startOfDate(name.createdOn, UTC)) },
    });
    // The library reads a date even where it writes none; what is not enumerable is not written.
    this.#document.info = Object.defineProperty<PDFKit.DocumentInfo>({ Producer: 'Sluice' }, 'CreationDate', {
      value: new Date(0),
    });
  }

  width(text: string, style: Style): number {
    return this.#document.font(style.font).fontSize(style.size).widthOfString(text);
  }

  /** Breaks a leaf into printable lines. Identifiers are printed as they are or not at all. */
  block(leaf: Leaf, style: Style, width = RIGHT - LEFT): Block {
    const { position, source } = leaf;
    const found = printable(leaf.text);
    if (found === undefined) {
      this.#issues.push(issue('text_not_printable', position));
      return { lines: [], style };
    }
    if (found.substituted) {
      if (source.kind === 'field' && fieldOf(source.field.form).kind === 'coded')
        this.#issues.push(issue('identifier_not_printable', position));
      this.#substitutions.push({ position, kind: 'transliterated' });
    }
    const lines = wrap(found.text, width, (text) => this.width(text, style));
    if (lines.length === 0) this.#issues.push(issue('empty_value', position));
    return { lines: lines.map((text) => ({ position, text, source })), style };
  }

  /** Draws one line of a block and tells how wide it is. */
  draw(line: Leaf | undefined, { x, y, style, align }: Spot): number {
    if (line === undefined) return 0;
    const width = this.width(line.text, style);
    this.#document.fillColor(style.colour).text(line.text, align === 'right' ? x - width : x, y, { lineBreak: false });
    this.#leaves.push(line);
    return width;
  }

  /** Draws a whole block from the cursor down, over as many pages as it takes. */
  flow(block: Block, x = LEFT): void {
    for (const line of block.lines) {
      this.need(block.style.leading);
      this.draw(line, { x, y: this.y, style: block.style });
      this.y += block.style.leading;
    }
  }

  rule(weight = 0.75): void {
    this.#document.lineWidth(weight).strokeColor(RULE).moveTo(LEFT, this.y).lineTo(RIGHT, this.y).stroke();
  }

  /** Goes on to a new page unless so many points are left on this one. */
  need(height: number): void {
    if (this.y + height > BOTTOM) this.newPage();
  }

  newPage(): void {
    this.#document.addPage();
    this.y = TOP;
    for (const draw of [...this.#headings]) draw();
  }

  /** Draws a heading on every page on which `content` goes on. */
  repeating(heading: () => void, content: () => void): void {
    this.#headings.push(heading);
    content();
    this.#headings.pop();
  }

  /** Ends the document; `foot` draws the foot of each page, now that their number is known. */
  draft(foot: (page: number, pages: number) => void): Draft {
    const { start, count } = this.#document.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      this.#document.switchToPage(start + page);
      foot(page + 1, count);
    }
    this.#document.end();
    const bytes: unknown = this.#document.read();
    if (!(bytes instanceof Uint8Array)) throw new TypeError('the PDF library wrote nothing');
    return {
      mediaType: 'application/pdf',
      bytes: new Uint8Array(bytes),
      leaves: this.#leaves,
      substitutions: this.#substitutions,
      issues: this.#issues,
    };
  }
}
