import type { Asked } from '../../ask/ask.js';

/** An invoice as the gateway takes it. */
export type Invoice = Asked<'POST /v1/disclosures/{id}/replacement'>['body'];

interface LineFields {
  readonly date: string;
  readonly procedure: string;
  readonly modifiers: string;
  readonly units: number | string;
  /** Dollars, as somebody types them. */
  readonly charge: number | string;
}

/** What of an invoice can be put right here; the rest stays as it is. */
export interface InvoiceFields {
  readonly number: string;
  readonly issuedOn: string;
  readonly placeOfService: string;
  readonly authorizationNumber: string;
  readonly diagnoses: readonly { readonly code: string }[];
  readonly lines: readonly LineFields[];
}

export const toFields = (invoice: Invoice): InvoiceFields => ({
  number: invoice.number,
  issuedOn: invoice.issuedOn,
  placeOfService: invoice.placeOfService,
  authorizationNumber: invoice.authorizationNumber ?? '',
  diagnoses: invoice.diagnoses.map(({ code }) => ({ code })),
  lines: invoice.lines.map(({ date, procedure, modifiers, units, charge }) => ({
    ...{ date, procedure, units },
    modifiers: modifiers.join(' '),
    charge: charge / 100,
  })),
});

const centsIn = (dollars: number | string): number => Math.round(Number(dollars) * 100);

export const totalOf = ({ lines }: InvoiceFields): number =>
  lines.reduce((sum, { charge }) => sum + centsIn(charge), 0);

/** The invoice with what was typed in its place; the total is that of its lines. */
export const fromFields = (invoice: Invoice, fields: InvoiceFields): Invoice => {
  const { authorizationNumber: _before, ...rest } = invoice;
  const authorization = fields.authorizationNumber.trim();
  return {
    ...rest,
    number: fields.number.trim(),
    issuedOn: fields.issuedOn,
    placeOfService: fields.placeOfService.trim(),
    ...(authorization === '' ? {} : { authorizationNumber: authorization }),
    diagnoses: invoice.diagnoses.map((one, index) => ({
      ...one,
      code: (fields.diagnoses[index]?.code ?? one.code).trim().replace('.', '').toUpperCase(),
    })),
    lines: invoice.lines.map((one, index) => {
      const typed = fields.lines[index];
      if (typed === undefined) return one;
      return {
        ...one,
        date: typed.date,
        procedure: typed.procedure.trim(),
        modifiers: typed.modifiers.split(/[\s,]+/).filter((modifier) => modifier !== ''),
        units: Number(typed.units),
        charge: centsIn(typed.charge),
      };
    }),
    total: totalOf(fields),
  };
};
