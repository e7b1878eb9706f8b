import { fieldOf } from '#libs/catalogue';
import type { Disclosed, Rendered } from '#libs/disclosure';
import type { Result } from '#libs/kernel';
import type { DocumentEnvelope } from '../document-envelope.js';
import { isOnLines, type Place, placesOf } from '../fields-of.js';
import { finishDocument } from '../finish-document.js';
import {
  drawAddress,
  drawContinuation,
  drawEnclosures,
  drawLetterhead,
  drawRecipient,
  drawTitle,
  endLetter,
  MIDDLE,
} from './letter.js';
import { LEFT, Paper, RIGHT } from './paper.js';
import { drawRows, rowsOf } from './rows.js';
import { drawSessions, drawTotals } from './session-table.js';

const isSum = (place: Place): boolean =>
  !isOnLines(place) && fieldOf(place.field).kind === 'money' && place.values.length > 0;

/** A statement to an insurer or plan, or a receipt to the client, for people. US Letter. */
export const renderStatementPdf = <Format extends 'statement' | 'receipt'>(
  disclosed: Disclosed<Format>,
  envelope: DocumentEnvelope,
): Result<Rendered<Format>> => {
  const receipt = disclosed.format === 'receipt';
  const title = receipt ? 'Receipt' : 'Statement of services';
  const places = placesOf(disclosed);
  const rows = places.filter((place) => !isOnLines(place) && !isSum(place)).flatMap((place) => rowsOf(place, envelope));
  const paper = new Paper(envelope);
  drawLetterhead(paper, envelope);
  paper.repeating(
    () => drawContinuation(paper, envelope, title),
    () => {
      drawTitle(paper, title);
      paper.y += 8;
      if (receipt) {
        drawAddress(paper, envelope, () => drawRows(paper, rows, { x: LEFT, labelWidth: 84, right: MIDDLE - 20 }));
      } else {
        drawAddress(paper, envelope, () => drawRecipient(paper, envelope));
        drawRows(paper, rows, { x: LEFT, labelWidth: 92, right: RIGHT });
      }
      paper.y += 14;
      drawSessions(paper, disclosed.lines, { places: places.filter(isOnLines), envelope });
      drawTotals(paper, disclosed.lines.length, places.filter(isSum));
      drawEnclosures(paper, envelope);
    },
  );
  return finishDocument(disclosed, envelope, endLetter(paper, envelope));
};
