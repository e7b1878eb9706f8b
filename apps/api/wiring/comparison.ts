import { maySeeValue } from '#libs/access';
import { compareDisclosureIn, type ComparedRow, type ComparedSide, sentBytesIn } from '#libs/application';
import { ok } from '#libs/kernel';
import type { ComparedCells, ComparisonUseCases, UncoveredComparison } from '../use-cases/comparison.js';
import { type Desk, notFound, toInstant, toPracticeContext, within } from './desk.js';
import { recordFor } from './disclosures.js';

const toSide = ({ record, outcome }: ComparedSide) => ({
  ...{ disclosure: record.id, format: record.format, outcome },
  createdAt: toInstant(record.createdAt),
});

const toCells = ({ locus, label, category, before, after }: ComparedRow): ComparedCells => ({
  ...{ locus: { ...locus }, label, category },
  ...(before === undefined ? {} : { before }),
  ...(after === undefined ? {} : { after }),
});

export const comparisonUseCases = (desk: Desk): ComparisonUseCases => ({
  compareDisclosure: (context, id) =>
    within(desk, context, async (transaction) => {
      if ((await recordFor(transaction, context, id)) === undefined) return notFound();
      const compared = await compareDisclosureIn(desk.services, transaction, id);
      if (!compared.ok) return compared;
      const { now, previous, rows, treating } = compared.value;
      const view: UncoveredComparison = {
        now: toSide(now),
        rows: rows.map(toCells),
        ...(previous === undefined ? {} : { previous: { ...toSide(previous), because: previous.because } }),
      };
      return ok({ view, treating });
    }),

  readSentBytes: (context, id) =>
    within(desk, context, async (transaction) => {
      if ((await recordFor(transaction, context, id)) === undefined) return notFound();
      // The look is in the ledger before anything is given out.
      const revealed = true;
      return sentBytesIn(desk.services, transaction, {
        context: toPracticeContext(context),
        disclosure: id,
        maySee: (fields, treating) => fields.every((field) => maySeeValue(context, field, { treating, revealed })),
      });
    }),
});
