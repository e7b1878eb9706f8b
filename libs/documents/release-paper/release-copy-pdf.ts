import { structuralLeaf } from '#libs/disclosure';
import { failed, ok, type PlainDate, type Result } from '#libs/kernel';
import { Paper } from '../pdf/paper.js';
import { printable } from '../pdf/printable.js';
import { BODY, SECTION, SMALL, STRONG, TITLE } from '../pdf/styles.js';
import type { ReleaseText } from './release-text.js';
import { releaseWords } from './release-languages.js';

/** How it was signed. */
export interface SignedBy {
  /** As the client typed it; absent where the paper was signed by hand. */
  readonly name?: string;
  /** RFC 3339. */
  readonly at: string;
  readonly on: PlainDate;
  /** SHA-256 of the text that was read, hex. */
  readonly textDigest: string;
  readonly reference: string;
}

/**
 * The client's copy of a signed release (45 CFR 164.508(c)(4)): what was read, in the language in which it was read, and
 * how it was signed. Fails with `text_not_printable` where a text of the practice's own cannot be printed.
 */
export const renderReleaseCopy = (text: ReleaseText, signed: SignedBy): Result<Uint8Array> => {
  const words = releaseWords(text.language);
  const paper = new Paper({ reference: signed.reference, createdOn: signed.on });
  const write = (position: string, what: string, style = BODY): void =>
    paper.flow(paper.block(structuralLeaf('enclosure', position, what), style));
  const section = (title: string, paragraphs: readonly string[]): void => {
    if (paragraphs.length === 0) return;
    paper.y += 8;
    paper.need(SECTION.leading + BODY.leading);
    write('section', title, SECTION);
    for (const paragraph of paragraphs) write('paragraph', paragraph);
  };
  write('title', text.title, TITLE);
  for (const paragraph of text.intro) write('intro', paragraph);
  section(words.purposeTitle, text.purposes);
  paper.y += 8;
  write('section', words.informationTitle, STRONG);
  for (const { title, fields } of text.groups) section(title, [`${fields.join('; ')}.`]);
  section(words.statementsTitle, [...text.terms, ...text.statements]);
  paper.y += 16;
  paper.need(4 * BODY.leading);
  if (signed.name !== undefined) {
    const name = printable(signed.name) === undefined ? words.typedElsewhere : signed.name;
    write('signature', `${words.signature}: ${name}`, STRONG);
  }
  write('signedAt', `${words.signedAt}: ${signed.at}`);
  write('digest', `${words.digest}: ${signed.textDigest}`, SMALL);
  const draft = paper.draft(() => undefined);
  return draft.issues.length === 0 ? ok(draft.bytes) : failed(...draft.issues);
};
