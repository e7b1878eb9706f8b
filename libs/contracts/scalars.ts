import { z } from 'zod';
import { FIELD_IDS } from '#libs/catalogue';
import {
  type Branded,
  type Cents,
  centsOf,
  LARGEST_AMOUNT,
  parseId,
  parsePlainDate,
  parseTimeZone,
  type PlainDate,
  type TimeZone,
} from '#libs/kernel';

/** A UUID in lower case, as the gateway gives it out. */
export const id = <Id extends Branded<string>>() =>
  z.uuid().transform((text, context): Id => {
    const known = parseId<Id>(text);
    if (known !== undefined) return known;
    context.addIssue({ code: 'custom', params: { code: 'invalid_id' } });
    return z.NEVER;
  });

/** `YYYY-MM-DD`, a real day from 1900 to 2199. */
export const date = z.iso.date().transform((text, context): PlainDate => {
  const known = parsePlainDate(text);
  if (known !== undefined) return known;
  context.addIssue({ code: 'custom', params: { code: 'date_out_of_range' } });
  return z.NEVER;
});

/** A name of the IANA time zone database, such as `America/Los_Angeles`, or `UTC`. */
export const timeZone = z
  .string()
  .min(3)
  .max(60)
  .transform((text, context): TimeZone => {
    const known = parseTimeZone(text);
    if (known !== undefined) return known;
    context.addIssue({ code: 'custom', params: { code: 'unknown_time_zone' } });
    return z.NEVER;
  });

/** An instant in UTC, RFC 3339. */
export const instant = z.iso.datetime();

/** An amount in whole cents, zero or more. */
export const cents = z
  .int()
  .min(0)
  .max(LARGEST_AMOUNT)
  .transform((amount): Cents => centsOf(amount));

/** An amount in whole cents that may be negative: what a remittance takes back. */
export const signedCents = z.int().min(-LARGEST_AMOUNT).max(LARGEST_AMOUNT);

/** One line: no control characters. */
export const line = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^\P{Cc}*$/u);

/** Several lines: of the control characters only line break and tab. */
export const prose = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^[\P{Cc}\n\r\t]*$/u);

/** A code of the program or of a code set. */
export const code = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^[\x21-\x7e]*$/);

/** A line (`L1`) or a diagnosis (`D1`) of a document. */
export const occurrence = z
  .string()
  .min(2)
  .max(4)
  .regex(/^[A-Z][1-9]\d{0,2}$/);

export const fieldId = z.enum(FIELD_IDS).meta({ id: 'FieldId', description: 'An id of the field catalogue.' });

/** SHA-256 or HMAC-SHA256 in hex. */
export const digest = z
  .string()
  .length(64)
  .regex(/^[0-9a-f]*$/);

/** An opaque place in a list, as the page before gave it. */
const cursor = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[A-Za-z0-9_.~-]*$/);

export const DEFAULT_PAGE = 50;

/** The query members that every list takes. */
export const paging = {
  after: cursor.exactOptional(),
  /** Rows in a page, 1 to 100. */
  limit: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(100))
    .exactOptional(),
};

/** One page of a list; `next` is absent on the last one. */
export const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.strictObject({ rows: z.array(row).max(100), next: cursor.exactOptional() });

/** A list that is not paged because a practice has only so many. */
export const listOf = <Row extends z.ZodType>(row: Row) => z.strictObject({ rows: z.array(row).max(10_000) });

/** Several closed words, separated by commas. */
export const wordsOf = <Word extends string>(words: readonly Word[]) =>
  z
    .string()
    .min(1)
    .max(1_000)
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(words)).min(1).max(words.length));
