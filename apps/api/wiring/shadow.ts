import {
  countCurers,
  countInsurers,
  countVerdicts,
  gatherGaps,
  inReach,
  type ShadowGap,
  shadowRunIn,
  type ShadowVerdict,
} from '#libs/application';
import type { ShadowReport } from '#libs/contracts';
import { failed, issue, ok } from '#libs/kernel';
import type { ShadowUseCases } from '../use-cases/shadow.js';
import { type Desk, toPracticeContext, within } from './desk.js';
import { fromSubmitInvoice } from './document-mappers.js';

type DocumentView = ShadowReport['documents'][number];

const toGapView = ({ cause, curer, sentence, field, position }: ShadowGap): DocumentView['gaps'][number] => ({
  cause,
  curer,
  sentence,
  ...(field === undefined ? {} : { field }),
  ...(position === undefined ? {} : { position }),
});

const toDocumentView = ({ counts, gaps, issues, ...verdict }: ShadowVerdict): DocumentView => ({
  ...verdict,
  fields: counts,
  gaps: gaps.slice(0, 2_000).map(toGapView),
  issues: issues.slice(0, 1_000).map((one) => ({ ...one })),
});

export const shadowUseCases = (desk: Desk): ShadowUseCases => ({
  runShadow: (context, { invoices }) =>
    within(desk, context, async (transaction) => {
      const clients = [...new Set(invoices.map(({ client }) => client))];
      const reached = await inReach(transaction, context.reach, clients);
      const outOfReach = invoices.findIndex(({ client }) => !reached.has(client));
      if (outOfReach >= 0) return failed(issue('unknown_reference', `/invoices/${outOfReach}/client`));
      const verdicts = await shadowRunIn(desk.services, transaction, {
        context: toPracticeContext(context),
        documents: invoices.map((invoice) => ({
          content: fromSubmitInvoice(invoice),
          ...(invoice.format === undefined ? {} : { format: invoice.format }),
        })),
      });
      const insurers = await transaction.practice.insurers();
      return ok({
        counts: countVerdicts(verdicts),
        byInsurer: countInsurers(verdicts).map(({ insurer, counts }) => ({
          insurer,
          name: insurers.get(insurer)?.profile.name ?? '',
          counts,
        })),
        byCurer: countCurers(verdicts),
        gaps: gatherGaps(verdicts)
          .slice(0, 10_000)
          .map(({ documents, ...gap }) => ({ ...toGapView(gap), documents })),
        documents: verdicts.map(toDocumentView),
      });
    }),
});
