import { createHash, timingSafeEqual } from 'node:crypto';
import { type FormatId, isFormat } from '#libs/catalogue';
import { failed, issue, ok, type Result, type TransmissionId } from '#libs/kernel';
import type { Disclosed } from './disclosed.js';
import { type MediaType, Rendered, RenderedTogether } from './rendered.js';

const SEALED_HERE = Symbol('sealing');

/** Names and numbers fixed together with the bytes; a retry uses the same. None says anything about anybody. */
export interface SealingNames {
  readonly transmission: TransmissionId;
  readonly idempotencyKey: string;
  readonly reference: string;
  readonly interchange?: {
    readonly interchangeControlNumber: string;
    readonly groupControlNumber: string;
    readonly setControlNumber: string;
    readonly batchReference: string;
    readonly patientControlNumber: string;
  };
}

/** What is stored of a sealed transmission (bytes encrypted by the store). */
export interface SealingRecord extends SealingNames {
  readonly format: FormatId;
  readonly mediaType: MediaType;
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, hex. */
  readonly digest: string;
  readonly contentDigest: string;
}

/** Bytes that may be put on a route, given a permit. */
export class Sealed {
  readonly #built: symbol;

  private constructor(
    built: symbol,
    readonly record: SealingRecord,
  ) {
    if (built !== SEALED_HERE) throw new TypeError('only seal and reopen make sealed bytes');
    this.#built = built;
  }

  static is(sealed: Sealed): boolean {
    return #built in sealed;
  }

  /** @internal */
  static make(record: SealingRecord): Sealed {
    return new Sealed(SEALED_HERE, record);
  }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const same = (left: string, right: string): boolean =>
  left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));

export const seal = (rendered: Rendered<FormatId>, names: SealingNames): Sealed => {
  if (!Rendered.is(rendered)) throw new TypeError('not a rendering');
  return Sealed.make({
    ...names,
    format: rendered.format,
    mediaType: rendered.mediaType,
    bytes: rendered.bytes,
    digest: sha256(rendered.bytes),
    contentDigest: rendered.contentDigest,
  });
};

/** Names of one of several that share the bytes: transmission, key and interchange are the same for all of them. */
export const sealTogether = (
  rendered: RenderedTogether<FormatId>,
  names: readonly SealingNames[],
): readonly { readonly sealed: Sealed; readonly part: { readonly from: number; readonly to: number } }[] => {
  if (!RenderedTogether.is(rendered)) throw new TypeError('not a rendering');
  if (names.length !== rendered.parts.length) throw new TypeError('a name for each part');
  const { format, mediaType, bytes } = rendered;
  const digest = sha256(bytes);
  return rendered.parts.flatMap(({ contentDigest, from, to }, index) => {
    const own = names[index];
    return own === undefined
      ? []
      : [{ sealed: Sealed.make({ ...own, format, mediaType, bytes, digest, contentDigest }), part: { from, to } }];
  });
};

/**
 * Opens stored bytes for another attempt. `stale_content` when the decision of today would tell something else than the
 * bytes do; `damaged_bytes` when they are not the bytes that were sealed.
 */
export const reopen = (record: SealingRecord, fresh: Disclosed<FormatId>): Result<Sealed> => {
  if (!isFormat(record.format) || record.format !== fresh.format) return failed(issue('stale_content', 'format'));
  if (!same(sha256(record.bytes), record.digest)) return failed(issue('damaged_bytes', 'digest'));
  if (!same(record.contentDigest, fresh.contentDigest)) return failed(issue('stale_content', 'contentDigest'));
  return ok(Sealed.make(record));
};
