export type Canonical = string | number | boolean | null | readonly Canonical[] | { readonly [key: string]: Canonical };

/**
 * One text for one value: keys sorted by code unit, no white space, whole numbers only. Digests and the ledger stand on
 * it, so it never changes; after RFC 8785 (JSON Canonicalization Scheme), narrowed to what we store.
 */
export const canonical = (value: Canonical): string => {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value.normalize('NFC'));
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      if (!Number.isSafeInteger(value)) throw new RangeError('a canonical number is a whole number');
      return String(value);
    default:
      break;
  }
  if (isList(value)) return `[${value.map(canonical).join(',')}]`;
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`).join(',')}}`;
};

const isList = (value: readonly Canonical[] | { readonly [key: string]: Canonical }): value is readonly Canonical[] =>
  Array.isArray(value);
