import { type Disclosed, type Rendered, structuralLeaf } from '#libs/disclosure';
import type { Result } from '#libs/kernel';
import type { DocumentEnvelope } from '../document-envelope.js';
import { type Place, placesOf } from '../fields-of.js';
import { finishDocument } from '../finish-document.js';
import {
  drawAddress,
  drawContinuation,
  drawEnclosures,
  drawLetterhead,
  drawSection,
  drawTitle,
  endLetter,
  drawRecipient,
} from './letter.js';
import { Paper } from './paper.js';
import { drawRows, rowsOf } from './rows.js';
import { SMALL } from './styles.js';

const TITLE = 'Treatment report';

/** First part of a place in the format, and the heading under which it stands. */
const SECTIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    member: 'Member',
    request: 'Request',
    diagnosis: 'Diagnosis',
    status: 'Status',
    necessity: 'Reason for continuing',
    prognosis: 'Prognosis',
    plan: 'Plan',
    progress: 'Progress',
    clinical: 'Symptoms',
    risk: 'Risk',
    medication: 'Medication',
    history: 'History',
    sessions: 'Sessions',
    substance: 'Substance use',
  }),
);

const FURTHER = 'Further';

const sectionOf = ({ position }: Place): string => SECTIONS.get(position.split('/')[0] ?? '') ?? FURTHER;

/** A treatment report for people: what the form asks and the client released, under the form’s own labels. US Letter. */
export const renderTreatmentReportPdf = (
  disclosed: Disclosed<'treatment-report'>,
  envelope: DocumentEnvelope,
): Result<Rendered<'treatment-report'>> => {
  const places = placesOf(disclosed);
  const paper = new Paper(envelope);
  drawLetterhead(paper, envelope);
  paper.repeating(
    () => drawContinuation(paper, envelope, TITLE),
    () => {
      drawTitle(paper, TITLE);
      if (envelope.form !== undefined) {
        paper.flow(
          paper.block(
            structuralLeaf('payer', 'form', `Form ${envelope.form.id}, version ${envelope.form.version}`),
            SMALL,
          ),
        );
      }
      paper.y += 10;
      drawAddress(paper, envelope, () => drawRecipient(paper, envelope));
      for (const section of [...SECTIONS.values(), FURTHER]) {
        const found = places.filter((place) => sectionOf(place) === section);
        if (found.length === 0) continue;
        drawSection(paper, section);
        drawRows(
          paper,
          found.flatMap((place) => rowsOf(place, envelope)),
        );
      }
      drawEnclosures(paper, envelope);
    },
  );
  return finishDocument(disclosed, envelope, endLetter(paper, envelope));
};
