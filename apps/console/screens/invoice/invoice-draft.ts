import type { Asked } from '../../ask/ask.js';
import { centsFrom, typedFrom } from '../../parts/amount.js';
import { letterOf } from '../../parts/diagnoses.js';
import type { Parties } from '../../parts/parties.js';

/** An invoice as it goes over the wire. */
export type InvoiceBody = Asked<'POST /v1/invoices'>['body'];

/** One line as it is typed. */
export interface LineDraft {
  /** Of the row on the screen, so that it stays the same while others go. */
  readonly key: number;
  /** Of a line that is stored: what another insurer paid for it is told by this. */
  readonly id?: string;
  readonly date: string;
  readonly procedure: string;
  readonly modifiers: string;
  readonly units: string;
  readonly charge: string;
  readonly pointers: string;
  readonly character: string;
}

export interface InvoiceDraft extends Parties {
  readonly number: string;
  readonly issuedOn: string;
  readonly placeOfService: string;
  readonly currency: 'USD' | 'CAD';
  readonly format: '' | NonNullable<InvoiceBody['format']>;
  readonly diagnoses: readonly string[];
  readonly lines: readonly LineDraft[];
  readonly paidByClient: string;
  readonly relatedCause: string;
  readonly authorizationNumber: string;
  readonly note: string;
  /** Not edited here, and kept as it is. */
  readonly priorPayer?: NonNullable<InvoiceBody['priorPayer']>;
}

export const MOST_LINES = 50;

export const emptyLine = (key: number): LineDraft => ({
  ...{ key, date: '', procedure: '', modifiers: '', units: '1', charge: '', pointers: 'A', character: '' },
});

export const emptyInvoice = (issuedOn: string): InvoiceDraft => ({
  ...{ client: '', coverage: '', clinician: '', number: '', issuedOn, placeOfService: '11', currency: 'USD' },
  ...{ format: '', diagnoses: [''], lines: [emptyLine(0)] },
  ...{ paidByClient: '', relatedCause: '', authorizationNumber: '', note: '' },
});

/** `AB` or `A, B` as the ids of diagnoses. Letters without a diagnosis stay, and are refused at their place. */
export const pointersFrom = (typed: string): readonly string[] =>
  [...new Set(typed.toUpperCase().replaceAll(/[^A-Z]/g, ''))].map((letter) => `D${letter.charCodeAt(0) - 64}`);

const lettersOf = (pointers: readonly string[], { diagnoses }: Pick<InvoiceBody, 'diagnoses'>): string =>
  pointers.map((id) => letterOf(diagnoses.findIndex((one) => one.id === id))).join('');

const wordsIn = (typed: string): readonly string[] =>
  typed
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter((one) => one !== '');

const present = <Name extends string>(name: Name, typed: string): { readonly [N in Name]?: string } =>
  (typed.trim() === '' ? {} : { [name]: typed.trim() }) as { readonly [N in Name]?: string };

/** Whether anything was written; who is billed for what may have been chosen by itself. */
export const isWritten = (draft: InvoiceDraft, initial: InvoiceDraft): boolean => {
  const chosen = { client: '', coverage: '', clinician: '' };
  return JSON.stringify({ ...draft, ...chosen }) !== JSON.stringify({ ...initial, ...chosen });
};

export const totalOf = (lines: readonly LineDraft[]): number =>
  lines.reduce((sum, { charge }) => sum + (centsFrom(charge) ?? 0), 0);

/** Places where an amount or a number is none: those never reach the gateway. */
export const unreadable = ({ lines, paidByClient }: InvoiceDraft): readonly string[] => [
  ...lines.flatMap(({ charge }, index) =>
    charge.trim() !== '' && centsFrom(charge) === undefined ? [`/lines/${index}/charge`] : [],
  ),
  ...(paidByClient.trim() !== '' && centsFrom(paidByClient) === undefined ? ['/paidByClient'] : []),
];

/** What is still empty that nothing can be decided without: names of fields, and numbers of lines. */
export const missingIn = (draft: InvoiceDraft): readonly (keyof Parties | 'number' | 'diagnosis' | number)[] => [
  ...(['client', 'coverage', 'clinician', 'number'] as const).filter((name) => draft[name].trim() === ''),
  ...(draft.diagnoses.every((code) => code === '') ? (['diagnosis'] as const) : []),
  ...draft.lines.flatMap(({ date, procedure, charge }, index) =>
    date === '' || procedure.trim() === '' || centsFrom(charge) === undefined ? [index + 1] : [],
  ),
];

const otherLetter = (letter: string, removed: string): string => {
  if (letter === removed) return '';
  return letter > removed ? letterOf(letter.charCodeAt(0) - 66) : letter;
};

/** Without one of its diagnoses; every line points at those that are left as before, though their letters are others. */
export const withoutDiagnosis = (draft: InvoiceDraft, index: number): InvoiceDraft => ({
  ...draft,
  diagnoses: draft.diagnoses.filter((_code, place) => place !== index),
  lines: draft.lines.map((line) => ({
    ...line,
    pointers: line.pointers
      .toUpperCase()
      .replaceAll(/[^A-Z]/g, '')
      .replaceAll(/[A-Z]/g, (letter) => otherLetter(letter, letterOf(index))),
  })),
});

/** Stored lines keep their ids, and new ones take those that nobody has. */
const idsOf = (lines: readonly LineDraft[]): readonly string[] => {
  const taken = new Set(lines.flatMap(({ id }) => id ?? []));
  return lines.map(({ id }) => {
    if (id !== undefined) return id;
    let number = 1;
    while (taken.has(`L${number}`)) number += 1;
    taken.add(`L${number}`);
    return `L${number}`;
  });
};

/** The invoice that the form stands for. Call it when nothing is missing. */
export const bodyOf = (draft: InvoiceDraft): InvoiceBody => {
  const paid = centsFrom(draft.paidByClient);
  const ids = idsOf(draft.lines);
  return {
    ...{ client: draft.client, coverage: draft.coverage, clinician: draft.clinician },
    ...{ number: draft.number.trim(), issuedOn: draft.issuedOn, placeOfService: draft.placeOfService.trim() },
    diagnoses: draft.diagnoses.map((code, index) => ({ id: `D${index + 1}`, code: code.trim() })),
    lines: draft.lines.map((line, index) => ({
      ...{ id: ids[index] ?? '', date: line.date, procedure: line.procedure.trim().toUpperCase() },
      ...{ modifiers: [...wordsIn(line.modifiers)], units: Number(line.units) },
      ...{ charge: centsFrom(line.charge) ?? 0, pointers: [...pointersFrom(line.pointers)] },
      ...(line.character === '' ? {} : { character: line.character as 'individual' }),
    })),
    total: totalOf(draft.lines),
    currency: draft.currency,
    ...(paid === undefined ? {} : { paidByClient: paid }),
    ...present('relatedCause', draft.relatedCause),
    ...present('authorizationNumber', draft.authorizationNumber),
    ...present('note', draft.note),
    ...(draft.priorPayer === undefined ? {} : { priorPayer: draft.priorPayer }),
    ...(draft.format === '' ? {} : { format: draft.format }),
  };
};

/** A stored invoice, to be amended in the form. */
export const draftFrom = (invoice: InvoiceBody): InvoiceDraft => ({
  ...{ client: invoice.client, coverage: invoice.coverage, clinician: invoice.clinician },
  ...{ number: invoice.number, issuedOn: invoice.issuedOn, placeOfService: invoice.placeOfService },
  ...{ currency: invoice.currency, format: invoice.format ?? '' },
  diagnoses: invoice.diagnoses.map(({ code }) => code),
  lines: invoice.lines.map((line, key) => ({
    ...{ key, id: line.id, date: line.date, procedure: line.procedure, modifiers: line.modifiers.join(' ') },
    ...{ units: String(line.units), charge: typedFrom(line.charge), pointers: lettersOf(line.pointers, invoice) },
    character: line.character ?? '',
  })),
  paidByClient: invoice.paidByClient === undefined ? '' : typedFrom(invoice.paidByClient),
  relatedCause: invoice.relatedCause ?? '',
  authorizationNumber: invoice.authorizationNumber ?? '',
  note: invoice.note ?? '',
  ...(invoice.priorPayer === undefined ? {} : { priorPayer: invoice.priorPayer }),
});

const weekAfter = (date: string): string => {
  const day = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) return '';
  day.setUTCDate(day.getUTCDate() + 7);
  return day.toISOString().slice(0, 10);
};

/** The same service once more, a week later: what most invoices are made of. */
export const repeated = ({ id: _stored, ...line }: LineDraft, key: number): LineDraft => ({
  ...line,
  key,
  date: weekAfter(line.date),
});
