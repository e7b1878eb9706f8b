import { isCents, LARGEST_AMOUNT, type PlainDate } from '#libs/kernel';
import { hasPrimary } from './add-ons.js';
import { isModifier, isProcedureCode } from './code-shapes.js';
import { among, at, type Edit, repeats } from './edit.js';
import { SESSION_CHARACTERS, type ServiceLine } from './invoice.js';
import type { InvoiceUnderEdit } from './invoice-setting.js';

const MOST_LINES = 50;
const CHARACTERS: readonly string[] = SESSION_CHARACTERS;

/** Paths below the lines that are wrong. */
const linesWhere = (
  lines: readonly ServiceLine[],
  member: string,
  wrong: (line: ServiceLine, index: number) => boolean,
): readonly string[] => among('/lines', lines, wrong).map((path) => `${path}/${member}`);

/** Equal for two lines that an insurer would take for the same service. */
const sameService = ({ date, procedure, modifiers }: ServiceLine): string =>
  [date, procedure, ...[...modifiers].sort()].join(' ');

const proceduresOn = (lines: readonly ServiceLine[], date: PlainDate): readonly string[] =>
  lines.flatMap((line) => (line.date === date ? [line.procedure] : []));

/** What holds for the service lines, other than their dates. */
export const LINE_EDITS: readonly Edit<InvoiceUnderEdit>[] = [
  {
    id: 'diagnosis_missing',
    severity: 'error',
    rule: 'at least 1',
    fix: 'Enter the diagnosis that the services were for.',
    find: ({ invoice }) => at('/diagnoses', invoice.diagnoses.length === 0),
  },
  {
    id: 'line_count',
    severity: 'error',
    rule: `1 to ${MOST_LINES}`,
    fix: 'Enter at least one service; split an invoice of more than fifty.',
    find: ({ invoice: { lines } }) => at('/lines', lines.length === 0 || lines.length > MOST_LINES),
  },
  {
    id: 'line_id',
    severity: 'error',
    rule: 'L1, L2, …, each once',
    fix: 'Give each line an id of its own.',
    find: ({ invoice: { lines } }) =>
      linesWhere(
        lines,
        'id',
        ({ id }, index) => !/^L[1-9]\d{0,2}$/.test(id) || lines.findIndex((other) => other.id === id) < index,
      ),
  },
  {
    id: 'procedure_shape',
    severity: 'error',
    rule: 'CPT or HCPCS code of five characters',
    fix: 'Enter the five-character procedure code.',
    find: ({ invoice }) => linesWhere(invoice.lines, 'procedure', ({ procedure }) => !isProcedureCode(procedure)),
  },
  {
    id: 'modifier_count',
    severity: 'error',
    rule: 'at most 4',
    fix: 'Keep the four modifiers that bear on the payment.',
    find: ({ invoice }) => linesWhere(invoice.lines, 'modifiers', ({ modifiers }) => modifiers.length > 4),
  },
  {
    id: 'modifier_shape',
    severity: 'error',
    rule: 'two capital letters or digits',
    fix: 'Enter each modifier as two capital letters or digits.',
    find: ({ invoice }) =>
      invoice.lines.flatMap(({ modifiers }, index) =>
        among(`/lines/${index}/modifiers`, modifiers, (modifier) => !isModifier(modifier)),
      ),
  },
  {
    id: 'modifier_repeated',
    severity: 'error',
    fix: 'Name each modifier once.',
    find: ({ invoice }) =>
      invoice.lines.flatMap(({ modifiers }, index) =>
        among(`/lines/${index}/modifiers`, modifiers, (_modifier, position) => repeats(modifiers, position)),
      ),
  },
  {
    id: 'units_out_of_range',
    severity: 'error',
    rule: 'whole number from 1 to 999',
    fix: 'Enter the number of units as a whole number.',
    find: ({ invoice }) =>
      linesWhere(invoice.lines, 'units', ({ units }) => !Number.isInteger(units) || units < 1 || units > 999),
  },
  {
    id: 'charge_out_of_range',
    severity: 'error',
    rule: `1 to ${LARGEST_AMOUNT} cents`,
    fix: 'Enter the charge in cents, more than nothing.',
    find: ({ invoice }) => linesWhere(invoice.lines, 'charge', ({ charge }) => !isCents(charge) || charge <= 0),
  },
  {
    id: 'pointer_count',
    severity: 'error',
    rule: '1 to 4',
    fix: 'Point each service to one to four diagnoses.',
    find: ({ invoice }) =>
      linesWhere(invoice.lines, 'pointers', ({ pointers }) => pointers.length < 1 || pointers.length > 4),
  },
  {
    id: 'pointer_unknown',
    severity: 'error',
    fix: 'Point only to diagnoses of this invoice.',
    find: ({ invoice }) =>
      invoice.lines.flatMap(({ pointers }, index) =>
        among(`/lines/${index}/pointers`, pointers, (pointer) => !invoice.diagnoses.some(({ id }) => id === pointer)),
      ),
  },
  {
    id: 'pointer_repeated',
    severity: 'error',
    fix: 'Name each diagnosis once per service.',
    find: ({ invoice }) =>
      invoice.lines.flatMap(({ pointers }, index) =>
        among(`/lines/${index}/pointers`, pointers, (_pointer, position) => repeats(pointers, position)),
      ),
  },
  {
    id: 'character_unknown',
    severity: 'error',
    rule: CHARACTERS.join(', '),
    fix: 'Choose individual, group, couple or family, or leave it out.',
    find: ({ invoice }) =>
      linesWhere(
        invoice.lines,
        'character',
        ({ character }) => character !== undefined && !CHARACTERS.includes(character),
      ),
  },
  {
    id: 'service_repeated',
    severity: 'error',
    fix: 'Remove the repeated service, raise the units, or add the modifier for a distinct service.',
    find: ({ invoice: { lines } }) =>
      among(
        '/lines',
        lines,
        (line, index) => lines.findIndex((other) => sameService(other) === sameService(line)) < index,
      ),
  },
  {
    id: 'add_on_without_primary',
    severity: 'error',
    fix: 'Bill the add-on together with the service it adds to, on the same day.',
    find: ({ invoice: { lines } }) =>
      linesWhere(lines, 'procedure', ({ procedure, date }) => !hasPrimary(procedure, proceduresOn(lines, date))),
  },
];
