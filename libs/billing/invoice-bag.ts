import { FieldBag } from '#libs/catalogue';
import { fillDiagnoses } from './diagnosis-values.js';
import { circumstanceOf, type Party, partyValues } from './identity-values.js';
import type { Invoice } from './invoice.js';
import { fill, type Offered } from './offered.js';
import { priorCircumstances, priorLineValues, type PriorParty, priorPartyValues } from './prior-payer-values.js';

/**
 * All that an invoice could tell. The total is the one of the invoice; what is sent is summed anew from the lines that
 * go. A payment of nothing is not offered: it says no more than no payment does.
 * `prior`: the payer that had the services before this one.
 */
export const invoiceBag = (invoice: Invoice, party: Party, prior?: PriorParty): Offered => {
  const bag = new FieldBag();
  fill(bag, {
    ...partyValues(party),
    ...(prior && priorPartyValues(prior)),
    'coverage.authorizationNumber': invoice.authorizationNumber,
    'invoice.number': invoice.number,
    'invoice.issuedOn': invoice.issuedOn,
    'claim.placeOfService': invoice.placeOfService,
    'claim.relatedCause': invoice.relatedCause,
    'claim.note': invoice.note,
    'fee.total': invoice.total,
    'fee.paid': invoice.paidByClient === 0 ? undefined : invoice.paidByClient,
    'fee.currency': invoice.currency,
  });
  fillDiagnoses(bag, invoice.diagnoses);
  for (const line of invoice.lines) {
    fill(
      bag,
      {
        'session.date': line.date,
        'session.character': line.character,
        'procedure.code': line.procedure,
        'procedure.modifiers': line.modifiers,
        'procedure.units': line.units,
        'fee.charge': line.charge,
        'diagnosis.pointer': line.pointers,
        ...(prior && priorLineValues(prior, line.id)),
      },
      line.id,
    );
  }
  return {
    bag,
    serviceDates: new Map(invoice.lines.map(({ id, date }) => [id, date])),
    aboutDates: [],
    circumstances: [circumstanceOf(party.coverage), ...(prior ? priorCircumstances(prior) : [])],
  };
};
