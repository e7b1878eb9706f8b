import { MOST_SHADOWED } from '#libs/contracts';

export type ShadowFault = 'not_json' | 'not_a_list' | 'empty' | 'too_many';

export type InvoicesIn =
  { readonly ok: true; readonly invoices: readonly unknown[] } | { readonly ok: false; readonly fault: ShadowFault };

const listIn = (value: unknown): readonly unknown[] | undefined => {
  if (Array.isArray(value)) return value as readonly unknown[];
  const held = typeof value === 'object' && value !== null && 'invoices' in value ? value.invoices : undefined;
  return Array.isArray(held) ? (held as readonly unknown[]) : undefined;
};

/** The invoices in a text; whether each is one is for the gateway to say. */
export const invoicesIn = (text: string): InvoicesIn => {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { ok: false, fault: 'not_json' };
  }
  const invoices = listIn(value);
  if (invoices === undefined) return { ok: false, fault: 'not_a_list' };
  if (invoices.length === 0) return { ok: false, fault: 'empty' };
  return invoices.length > MOST_SHADOWED ? { ok: false, fault: 'too_many' } : { ok: true, invoices };
};
