import { filingDeadlineOf } from '#libs/billing';
import type { DocumentContent, InsurerRecord, ListedFacts } from '../ports/records.js';

/** What lists say of a document that goes to this insurer. Of a treatment report, nothing. */
export const listedFactsOf = (content: DocumentContent, { profile }: Pick<InsurerRecord, 'profile'>): ListedFacts => {
  if (content.kind !== 'invoice') return {};
  const dates = content.invoice.lines.map((one) => one.date).sort();
  const [first, last] = [dates[0], dates.at(-1)];
  const deadline =
    profile.filingDeadlineDays === undefined
      ? undefined
      : filingDeadlineOf(content.invoice, profile.filingDeadlineDays);
  return {
    total: content.invoice.total,
    ...(first === undefined ? {} : { firstServiceOn: first }),
    ...(last === undefined ? {} : { lastServiceOn: last }),
    ...(deadline === undefined ? {} : { filingDeadline: deadline }),
  };
};
