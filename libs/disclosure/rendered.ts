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

/** Where the part of each rendering lies in it: what stands before and after is about nobody. */
export interface Joint {
  readonly parts: readonly { readonly from: number; readonly to: number }[];
  /** What follows the last part; what precedes the first is what precedes it in every rendering. */
  readonly tail: Uint8Array;
}

interface Joined<Format extends FormatId> {
  readonly format: Format;
  readonly mediaType: MediaType;
  readonly bytes: Uint8Array;
  readonly parts: readonly { readonly from: number; readonly to: number; readonly contentDigest: string }[];
}

/** Several renderings in one set of bytes, each with its part of them, in their order. */
export class RenderedTogether<Format extends FormatId> {
  readonly #built: symbol;

  private constructor(
    built: symbol,
    private readonly of: Joined<Format>,
  ) {
    if (built !== RENDERED_HERE) throw new TypeError('only joinRenderings joins renderings');
    this.#built = built;
  }

  get format(): Format {
    return this.of.format;
  }

  get mediaType(): MediaType {
    return this.of.mediaType;
  }

  get bytes(): Uint8Array {
    return this.of.bytes;
  }

  get parts(): Joined<Format>['parts'] {
    return this.of.parts;
  }

  static is(rendered: RenderedTogether<FormatId>): boolean {
    return #built in rendered;
  }

  /** @internal */
  static make<Format extends FormatId>(
    renderings: readonly Rendered<Format>[],
    joint: Joint,
  ): RenderedTogether<Format> {
    const [first] = renderings;
    const begin = joint.parts[0]?.from;
    if (first === undefined || begin === undefined || joint.parts.length !== renderings.length)
      throw new TypeError('there is nothing to join');
    const pieces: Uint8Array[] = [first.bytes.subarray(0, begin)];
    const parts: { from: number; to: number; contentDigest: string }[] = [];
    let at = begin;
    renderings.forEach((rendering, index) => {
      const part = joint.parts[index];
      if (!Rendered.is(rendering) || part === undefined || part.to > rendering.bytes.length || part.from >= part.to)
        throw new TypeError('a part does not come from its rendering');
      if (Buffer.compare(rendering.bytes.subarray(0, part.from), first.bytes.subarray(0, begin)) !== 0)
        throw new TypeError('renderings that begin otherwise are not joined');
      const piece = rendering.bytes.subarray(part.from, part.to);
      parts.push({ from: at, to: at + piece.length, contentDigest: rendering.contentDigest });
      at += piece.length;
      pieces.push(piece);
    });
    const bytes = new Uint8Array(Buffer.concat([...pieces, joint.tail]));
    return new RenderedTogether(RENDERED_HERE, { format: first.format, mediaType: first.mediaType, bytes, parts });
  }
}

/** Joins renderings that begin with the very same bytes. Every byte between those and the tail is of one of them. */
export const joinRenderings = <Format extends FormatId>(
  renderings: readonly Rendered<Format>[],
  joint: Joint,
): RenderedTogether<Format> => RenderedTogether.make(renderings, joint);

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
