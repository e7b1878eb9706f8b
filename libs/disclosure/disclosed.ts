import { createHmac } from 'node:crypto';
import { type FieldId, type FormatId, type Locus, locusKey, type Occurrence, type Value } from '#libs/catalogue';
import { canonical } from '#libs/kernel';

/** Held by this lib alone: who does not have it cannot make what may be rendered. */
const BUILT_HERE = Symbol('disclosure');

/** One value in the form in which a decision lets it go. Lines and diagnoses are numbered anew, so that no gap shows. */
export class DisclosedField {
  readonly #built: symbol;

  private constructor(
    built: symbol,
    readonly locus: Locus,
    private readonly content: { readonly form: FieldId; readonly value: Value },
  ) {
    if (built !== BUILT_HERE) throw new TypeError('only a projection makes a disclosed field');
    this.#built = built;
  }

  /** The field in whose form it goes; the locus's own field unless it was generalised. */
  get form(): FieldId {
    return this.content.form;
  }

  get value(): Value {
    return this.content.value;
  }

  /** @internal */
  static make(key: symbol, at: Locus, content: { readonly form: FieldId; readonly value: Value }): DisclosedField {
    return new DisclosedField(key, at, content);
  }

  static is(field: DisclosedField): boolean {
    return #built in field;
  }
}

interface DisclosedContent<Format extends FormatId> {
  readonly format: Format;
  readonly formatRevision: string;
  readonly fields: readonly DisclosedField[];
  readonly markers: readonly FieldId[];
  readonly enclosures: readonly string[];
  /** For each line that goes, the line of the document that it was. Never rendered. */
  readonly lineOrigins: readonly Occurrence[];
}

/** A document after the decision: what may be told and nothing else. Renderers take this and nothing else. */
export class Disclosed<Format extends FormatId> {
  readonly #built: symbol;
  readonly #byLocus: ReadonlyMap<string, DisclosedField>;
  /** HMAC-SHA256, hex, under the client's salt, of the canonical content: equal in preview and in what is sent. */
  readonly contentDigest: string;

  private constructor(
    built: symbol,
    private readonly content: DisclosedContent<Format>,
    salt: Uint8Array,
  ) {
    if (built !== BUILT_HERE) throw new TypeError('only a projection makes a disclosed document');
    this.#built = built;
    this.#byLocus = new Map(content.fields.map((field) => [locusKey(field.locus), field]));
    this.contentDigest = digestOf(content, salt);
  }

  /** @internal */
  static make<Format extends FormatId>(
    key: symbol,
    content: DisclosedContent<Format>,
    salt: Uint8Array,
  ): Disclosed<Format> {
    return new Disclosed(key, content, salt);
  }

  static is(disclosed: Disclosed<FormatId>): boolean {
    return #built in disclosed;
  }

  get format(): Format {
    return this.content.format;
  }

  get formatRevision(): string {
    return this.content.formatRevision;
  }

  get fields(): readonly DisclosedField[] {
    return this.content.fields;
  }

  /** Fields in whose place “withheld by client authorization” stands. */
  get markers(): readonly FieldId[] {
    return this.content.markers;
  }

  get enclosures(): readonly string[] {
    return this.content.enclosures;
  }

  get lineOrigins(): readonly Occurrence[] {
    return this.content.lineOrigins;
  }

  /** `L1`, `L2`, … in the order of the document. */
  get lines(): readonly Occurrence[] {
    return this.content.lineOrigins.map((_origin, index) => `L${index + 1}`);
  }

  get diagnoses(): readonly Occurrence[] {
    const found = this.content.fields.flatMap(({ locus }) =>
      locus.occurrence?.startsWith('D') ? [locus.occurrence] : [],
    );
    return [...new Set(found)].sort((left, right) => Number(left.slice(1)) - Number(right.slice(1)));
  }

  get(field: FieldId, occurrence?: Occurrence): DisclosedField | undefined {
    return this.#byLocus.get(locusKey(occurrence === undefined ? { field } : { field, occurrence }));
  }

  has(field: DisclosedField): boolean {
    return this.#byLocus.get(locusKey(field.locus)) === field;
  }
}

const digestOf = (content: DisclosedContent<FormatId>, salt: Uint8Array): string => {
  const fields = content.fields
    .map(({ locus, form, value }) => [locusKey(locus), form, typeof value === 'object' ? [...value] : value] as const)
    .sort((left, right) => (left[0] < right[0] ? -1 : 1));
  const text = canonical({
    domain: 'sluice/content/1',
    format: content.format,
    revision: content.formatRevision,
    fields,
    markers: [...content.markers].sort(),
    enclosures: [...content.enclosures].sort(),
  });
  return createHmac('sha256', salt).update(text).digest('hex');
};

/** For the projection, beside this file. Not exported from the lib. */
export const builtHere = BUILT_HERE;
