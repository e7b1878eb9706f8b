import type { Page, PageRequest } from '#libs/application';
import { isUuid } from '#libs/kernel';
import { DatabaseError } from './database-error.js';

const LARGEST_PAGE = 100;

/** Where the next page begins, as text that nobody needs to understand. Made of plaintext columns only. */
const toCursor = (place: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(place), 'utf8').toString('base64url');

const fromCursor = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
};

/** The columns of a place, by what they hold. */
const HOLDS = {
  text: (value) => typeof value === 'string' && !value.includes('\u0000'),
  id: (value) => typeof value === 'string' && isUuid(value),
  integer: (value) => isUpTo(value, 2 ** 31 - 1),
  bigint: (value) => isUpTo(value, Number.MAX_SAFE_INTEGER),
  /** Milliseconds, to the last moment that there is (ECMA-262). */
  instant: (value) => isUpTo(value, 8.64e15),
} as const satisfies Record<string, (value: unknown) => boolean>;

const isUpTo = (value: unknown, largest: number): boolean =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= largest;

const isPlace = (place: unknown, shape: readonly (keyof typeof HOLDS)[]): place is readonly (string | number)[] =>
  Array.isArray(place) && place.length === shape.length && shape.every((kind, index) => HOLDS[kind](place[index]));

/**
 * The columns after which to go on; `undefined` at the start. `cursor_invalid` for a cursor that this list did not make:
 * whoever sent it would take the first page for a later one.
 */
export const placeAfter = (
  { after }: PageRequest,
  shape: readonly (keyof typeof HOLDS)[],
): readonly (string | number)[] | undefined => {
  if (after === undefined) return undefined;
  const place = fromCursor(after);
  if (!isPlace(place, shape) || toCursor(place) !== after) throw new DatabaseError('cursor_invalid');
  return place;
};

export const limitOf = (request: PageRequest): number => Math.min(Math.max(Math.trunc(request.limit), 1), LARGEST_PAGE);

/** `found` holds one row more than asked where there are more. */
export const pageOf = <Item>(
  found: readonly Item[],
  limit: number,
  placeOf: (row: Item) => readonly (string | number)[],
): Page<Item> => {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return found.length > limit && last !== undefined ? { rows, next: toCursor(placeOf(last)) } : { rows };
};
