import { accountForClientIn } from '#libs/application';
import { fieldOf } from '#libs/catalogue';
import { ok } from '#libs/kernel';
import type { AccountingUseCases } from '../use-cases/accounting.js';
import { clientFor, type Desk, toInstant, within } from './desk.js';

export const accountingUseCases = (desk: Desk): AccountingUseCases => ({
  accountForClient: (context, asked, paging) =>
    within(desk, context, async (transaction) => {
      const client = await clientFor(transaction, context, asked.client);
      if (!client.ok) return client;
      const { rows, next } = await accountForClientIn(transaction, asked, paging);
      return ok({
        rows: rows.map(({ insurer, sentAt, fields, releases, ...row }) => ({
          ...row,
          sentAt: toInstant(sentAt),
          recipient: insurer,
          fields: fields.map((one) => ({ ...one, label: fieldOf(one.field).label })),
          releases: [...releases],
        })),
        ...(next === undefined ? {} : { next }),
      });
    }),
});
