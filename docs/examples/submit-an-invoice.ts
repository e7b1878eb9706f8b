import { type Asked, type GatewayClient, Problem } from '#libs/client';

type Invoice = Asked<'submitInvoice'>['body'];

/** Shows what would go before anything is kept, then submits. Gives the disclosures, each with its state and next step. */
export const submitAnInvoice = async (gateway: GatewayClient, invoice: Invoice) => {
  const { outcome, gaps } = await gateway.ask('previewInvoice', { body: invoice });
  try {
    // The client brings an Idempotency-Key: whatever happens on the way, the invoice is taken in once.
    const { disclosures } = await gateway.ask('submitInvoice', { body: invoice });
    return { outcome, gaps: gaps.length, disclosures };
  } catch (error) {
    // A problem has a code that never changes its meaning, and says where something is wrong, never what stands there.
    if (error instanceof Problem) throw new Error(error.issues.map(({ code, path }) => `${code} ${path}`).join(', '));
    throw error;
  }
};
