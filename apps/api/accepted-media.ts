import type { FastifyRequest } from 'fastify';
import { ProblemError } from './problem-error.js';

interface MediaRange {
  readonly range: string;
  readonly quality: number;
}

/** RFC 9110 §12.5.1. A weight that is none weighs nothing. */
const rangesIn = (accept: string): readonly MediaRange[] =>
  accept.split(',').map((part) => {
    const [range = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const weight = parameters.find((one) => one.startsWith('q='))?.slice(2);
    const known = weight === undefined || /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(weight);
    return { range, quality: weight === undefined ? 1 : known ? Number(weight) : 0 };
  });

/** The most specific range counts. */
const qualityOf = (media: string, ranges: readonly MediaRange[]): number => {
  const [type = ''] = media.split('/');
  for (const name of [media, `${type}/*`, '*/*']) {
    const found = ranges.find(({ range }) => range === name);
    if (found) return found.quality;
  }
  return 0;
};

/** What of the offered a request takes best; of equals the first. Without the header anything. 406 for nothing of it. */
export const acceptedMedia = <Media extends string>(
  request: FastifyRequest,
  offered: readonly [Media, ...Media[]],
): Media => {
  const { accept } = request.headers;
  if (accept === undefined) return offered[0];
  const ranges = rangesIn(accept);
  const [best] = offered
    .map((media) => ({ media, quality: qualityOf(media, ranges) }))
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality);
  if (best === undefined) throw new ProblemError('not_acceptable');
  return best.media;
};
