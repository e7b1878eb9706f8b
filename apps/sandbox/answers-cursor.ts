/** An opaque place in the answers of one insurer. */
export const writeCursor = (insurer: string, place: number): string =>
  Buffer.from(`${insurer}:${place}`, 'utf8').toString('base64url');

/** The place, or undefined if this insurer never gave out such a cursor. Nothing means the beginning. */
export const readCursor = (insurer: string, cursor: string): number | undefined => {
  if (cursor === '') return 0;
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const place = text.startsWith(`${insurer}:`) ? text.slice(insurer.length + 1) : '';
  return /^\d{1,12}$/.test(place) && writeCursor(insurer, Number(place)) === cursor ? Number(place) : undefined;
};
