import { IMPORTED, type ImportedBodies, type ImportKind } from '#libs/contracts';
import { FileStopped, textOf } from './csv-records.js';

/** One column: its name in the header and its place in the body that a row becomes. */
interface Column {
  readonly name: string;
  readonly place: string;
  readonly optional?: true;
  /** `flag`: yes or no; `words`: several, with spaces between. */
  readonly holds?: 'flag' | 'words';
}

const column = (name: string, place: string, more: Omit<Column, 'name' | 'place'> = {}): Column => ({
  name,
  place,
  ...more,
});

const optional = { optional: true } as const;

/** Every column that a file of each kind has, whether its cells may be empty or not. There are no others. */
export const COLUMNS: Readonly<Record<ImportKind, readonly Column[]>> = {
  clients: [
    column('code', 'code'),
    column('first_name', 'identity/firstName'),
    column('last_name', 'identity/lastName'),
    column('birth_date', 'identity/birthDate'),
    column('sex', 'identity/sex'),
    column('address_line', 'identity/address/line'),
    column('city', 'identity/address/city'),
    column('region', 'identity/address/region'),
    column('postal', 'identity/address/postal'),
    column('phone', 'identity/phone', optional),
    column('email', 'identity/email', optional),
  ],
  coverages: [
    column('client_code', 'client'),
    column('insurer_code', 'insurer'),
    column('member_id', 'terms/memberId'),
    column('group_number', 'terms/groupNumber', optional),
    column('plan_name', 'terms/planName', optional),
    column('relationship', 'terms/relationship'),
    column('subscriber_first_name', 'terms/subscriber/firstName', optional),
    column('subscriber_last_name', 'terms/subscriber/lastName', optional),
    column('subscriber_birth_date', 'terms/subscriber/birthDate', optional),
    column('funding', 'funding'),
    column('funding_evidence', 'fundingEvidence', { holds: 'flag' }),
    column('assignment_signed', 'assignmentSigned', { holds: 'flag' }),
  ],
  insurers: [
    column('insurer_code', 'profile'),
    column('url', 'url'),
    column('receiver_id', 'receiverId'),
    column('production', 'production', { holds: 'flag' }),
    column('participation', 'participation', optional),
    column('pin', 'pin', optional),
    column('token', 'token'),
  ],
  releases: [
    column('reference', 'reference'),
    column('client_code', 'client'),
    column('recipient_insurer_code', 'insurer', optional),
    column('recipient_class', 'recipientClass', optional),
    column('preset', 'terms/preset', optional),
    column('purposes', 'terms/purposes', { holds: 'words' }),
    column('grants', 'terms/grants', { holds: 'words' }),
    column('service_from', 'terms/serviceFrom', optional),
    column('service_to', 'terms/serviceTo', optional),
    column('valid_from', 'terms/validFrom', optional),
    column('valid_until', 'terms/validUntil', optional),
    column('expiry_event', 'terms/expiryEvent', optional),
    column('statements', 'terms/statements', { holds: 'words' }),
    column('blanket', 'terms/blanket', { holds: 'flag' }),
    column('jurisdiction', 'terms/jurisdiction', optional),
    column('parent_consented', 'terms/parentConsentedToTreatment', { holds: 'flag', optional: true }),
  ],
};

/** What is wrong in one row: a code and the column, never the cell. */
export interface CellFault {
  readonly code: string;
  readonly column?: string;
}

export type ReadRow<Body> =
  { readonly ok: true; readonly body: Body } | { readonly ok: false; readonly faults: readonly CellFault[] };

/** A spreadsheet would take these for formulas (OWASP, CSV injection), in whatever program the text is opened later. */
const FORMULA = /^[\s\u00a0]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r]/u;

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ['yes', true],
  ['true', true],
  ['no', false],
  ['false', false],
]);

type Body = Record<string, unknown>;

const put = (body: Body, place: string, value: unknown): void => {
  const steps = place.split('/');
  const last = steps.pop() ?? '';
  let holder = body;
  for (const step of steps) {
    const inner = (holder[step] ?? {}) as Body;
    holder[step] = inner;
    holder = inner;
  }
  holder[last] = value;
};

const valueOf = (text: string, { holds }: Column): unknown => {
  if (holds === 'words') return text.split(' ').filter((word) => word !== '');
  return holds === 'flag' ? FLAGS.get(text.toLowerCase()) : text;
};

/** A value that no schema of ours takes for a good one tells what its column is about, and is not told itself. */
const CODES: Readonly<Record<string, string>> = {
  invalid_type: 'not_allowed',
  invalid_value: 'not_allowed',
  too_big: 'too_big',
  too_small: 'too_small',
  invalid_format: 'wrong_format',
};

/** Reads the rows of one file by its header. */
export class RowReader<Kind extends ImportKind> {
  readonly #columns: readonly Column[];

  /** Throws `FileStopped` at the first row: `column_unknown`, `column_twice` or `column_missing`. */
  constructor(
    readonly kind: Kind,
    header: readonly Uint8Array[],
  ) {
    const known = COLUMNS[kind];
    const names = header.map((cell) => textOf(cell));
    if (names.includes(undefined)) throw new FileStopped('encoding_unsupported', 1);
    this.#columns = names.map((name, index) => {
      const found = known.find((one) => one.name === name);
      // Its name came from outside and is not repeated.
      if (found === undefined) throw new FileStopped('column_unknown', 1, `#${index + 1}`);
      if (names.indexOf(name) !== index) throw new FileStopped('column_twice', 1, found.name);
      return found;
    });
    const missing = known.find((one) => !this.#columns.includes(one));
    if (missing !== undefined) throw new FileStopped('column_missing', 1, missing.name);
  }

  /** A row as the body that the API would take. Throws `FileStopped` (`encoding_unsupported`) where it is not UTF-8. */
  read(row: number, cells: readonly Uint8Array[]): ReadRow<ImportedBodies[Kind]> {
    if (cells.length !== this.#columns.length) return { ok: false, faults: [{ code: 'cell_count' }] };
    const body: Body = this.kind === 'clients' || this.kind === 'insurers' ? {} : { terms: {} };
    const faults: CellFault[] = [];
    this.#columns.forEach((one, index) => {
      const text = textOf(cells[index] ?? new Uint8Array());
      if (text === undefined) throw new FileStopped('encoding_unsupported', row, one.name);
      if (text === '' && one.optional) return;
      if (text === '' && one.holds !== 'words') faults.push({ code: 'required', column: one.name });
      else if (FORMULA.test(text)) faults.push({ code: 'formula_refused', column: one.name });
      else put(body, one.place, valueOf(text, one));
    });
    if (this.kind === 'releases') this.#parentUnknown(body);
    if (faults.length > 0) return { ok: false, faults };
    const read = IMPORTED[this.kind].safeParse(body);
    // The schema of this kind has just read it.
    if (read.success) return { ok: true, body: read.data as ImportedBodies[Kind] };
    return { ok: false, faults: read.error.issues.map((found) => this.#faultAt(found)) };
  }

  /** An empty cell says that nobody knows. */
  #parentUnknown(body: Body): void {
    const terms = body['terms'] as Body;
    if (!('parentConsentedToTreatment' in terms)) terms['parentConsentedToTreatment'] = 'unknown';
  }

  #faultAt(found: {
    readonly code: string;
    readonly path: readonly PropertyKey[];
    readonly params?: unknown;
  }): CellFault {
    const place = found.path.map(String).join('/');
    const at = this.#columns.find((one) => place === one.place || place.startsWith(`${one.place}/`));
    // A member of something of which another cell is filled in.
    const within = at ?? this.#columns.find((one) => one.place.startsWith(`${place}/`));
    const custom = (found.params as { readonly code?: string } | undefined)?.code;
    const code = custom ?? CODES[found.code] ?? 'invalid';
    return { code, ...(within === undefined ? {} : { column: within.name }) };
  }
}
