import { closureOf, FIELD_IDS, type FieldId, isPart2 } from '#libs/catalogue';

/** Every field has a number, its place in the catalogue, so that a set of fields is a row of bits. */
const NUMBERS: ReadonlyMap<string, number> = new Map(FIELD_IDS.map((field, number) => [field, number]));

export const fieldNumber = (field: FieldId): number => {
  const number = NUMBERS.get(field);
  if (number === undefined) throw new TypeError('a field that the catalogue does not have');
  return number;
};

/** What a release grants, one bit a field, 32 to a word. */
export type GrantBits = readonly number[];

const WORDS = Math.ceil(FIELD_IDS.length / 32);

/** By field: the numbers of all that granting it grants. */
const GRANTED_WITH: ReadonlyMap<string, readonly number[]> = new Map(
  FIELD_IDS.map((field) => [field, [...closureOf([field])].map(fieldNumber)]),
);

/** What the catalogue does not know grants nothing. */
export const grantBits = (grants: readonly FieldId[]): GrantBits => {
  const words = new Array<number>(WORDS).fill(0);
  for (const field of grants) {
    for (const number of GRANTED_WITH.get(field) ?? []) {
      const word = number >> 5;
      words[word] = (words[word] ?? 0) | (1 << (number & 31));
    }
  }
  return words;
};

export const isGranted = (bits: GrantBits, number: number): boolean =>
  ((bits[number >> 5] ?? 0) & (1 << (number & 31))) !== 0;

const PART2: readonly boolean[] = FIELD_IDS.map(isPart2);

/** Whether a field, by its number, is one that 42 CFR part 2 protects. */
export const isOfPart2 = (number: number): boolean => PART2[number] === true;
