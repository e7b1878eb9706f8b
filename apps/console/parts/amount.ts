/** Dollars as somebody types them, in whole cents; undefined for what is no amount. `140`, `140.5`, `1,140.50`. */
export const centsFrom = (typed: string): number | undefined => {
  const found = /^\$?\s*(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,2}))?$/.exec(typed.trim());
  if (found === null) return undefined;
  const [, whole = '', part = ''] = found;
  return Number(whole.replaceAll(',', '')) * 100 + Number(part.padEnd(2, '0'));
};

/** The same the other way round, for a field: `140.50`. */
export const typedFrom = (cents: number): string => (cents / 100).toFixed(2);
