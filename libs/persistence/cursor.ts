import type { Page, PageRequest } from '#libs/application';

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

export type Shape = readonly ('text' | 'number')[];

/** The columns after which to go on; `undefined` at the start, and for a cursor that this list did not make. */
export const placeAfter = (request: PageRequest, shape: Shape): readonly (string | number)[] | undefined => {
  if (request.after === undefined) return undefined;
  const place = fromCursor(request.after);
  if (!Array.isArray(place) || place.length !== shape.length) return undefined;
  const values: (string | number)[] = [];
  for (const [index, kind] of shape.entries()) {
    const value: unknown = place[index];
    if (kind === 'text' ? typeof value !== 'string' : !Number.isSafeInteger(value)) return undefined;
    values.push(value as string | number);
  }
  return values;
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
