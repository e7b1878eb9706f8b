import type { FormatId } from '#libs/catalogue';
import { type Disclosed, Disclosed as DisclosedClass } from './disclosed.js';
import type { Leaf } from './leaf.js';

const RENDERED_HERE = Symbol('rendering');

export type MediaType = 'application/edi-x12' | 'application/pdf' | 'application/json';

export interface RenderingResult {
  readonly mediaType: MediaType;
  readonly bytes: Uint8Array;
  /** Every leaf that was written, in order. */
  readonly leaves: readonly Leaf[];
  /** Where a character was transliterated: positions, never values. */
  readonly substitutions: readonly { readonly position: string; readonly kind: string }[];
}

/** Bytes made from disclosed leaves, before they are sealed. */
export class Rendered<Format extends FormatId> {
  readonly #built: symbol;

  private constructor(
    built: symbol,
    private readonly of: { readonly format: Format; readonly contentDigest: string },
    private readonly result: RenderingResult,
  ) {
    if (built !== RENDERED_HERE) throw new TypeError('only finishRendering makes a rendering');
    this.#built = built;
  }

  static is(rendered: Rendered<FormatId>): boolean {
    return #built in rendered;
  }

  get format(): Format {
    return this.of.format;
  }

  get contentDigest(): string {
    return this.of.contentDigest;
  }

  get mediaType(): MediaType {
    return this.result.mediaType;
  }

  get bytes(): Uint8Array {
    return this.result.bytes;
  }

  get leaves(): readonly Leaf[] {
    return this.result.leaves;
  }

  get substitutions(): RenderingResult['substitutions'] {
    return this.result.substitutions;
  }

  /** @internal */
  static make<Format extends FormatId>(disclosed: Disclosed<Format>, result: RenderingResult): Rendered<Format> {
    return new Rendered(RENDERED_HERE, disclosed, result);
  }
}

/**
 * Closes a rendering. Stays on in production: a leaf from another document, or from none, stops the process of sending
 * rather than sending it.
 */
export const finishRendering = <Format extends FormatId>(
  disclosed: Disclosed<Format>,
  result: RenderingResult,
): Rendered<Format> => {
  if (!DisclosedClass.is(disclosed)) throw new TypeError('not a disclosed document');
  for (const leaf of result.leaves) {
    if (leaf.source.kind === 'field' && !disclosed.has(leaf.source.field))
      throw new TypeError('a leaf does not come from this document');
  }
  return Rendered.make(disclosed, result);
};
