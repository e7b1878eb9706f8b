import { parsePlainDate, type PlainDate } from '#libs/kernel';

const DATE = /^(\d{4})(\d{2})(\d{2})$/;
const SHORT_DATE = /^(\d{2})(\d{2})(\d{2})$/;
const TIME = /^([01]\d|2[0-3])[0-5]\d(?:[0-5]\d(?:\d{1,2})?)?$/;

/** `CCYYMMDD` (format D8) as a calendar date that exists. */
export const parseDate = (text: string): PlainDate | undefined => {
  const parts = DATE.exec(text);
  return parts ? parsePlainDate(`${parts[1] ?? ''}-${parts[2] ?? ''}-${parts[3] ?? ''}`) : undefined;
};

/** `YYMMDD` of an interchange header; the standard leaves the century to the reader, and ours is the present one. */
export const isInterchangeDate = (text: string): boolean => {
  const parts = SHORT_DATE.exec(text);
  return parts !== null && parsePlainDate(`20${parts[1] ?? ''}-${parts[2] ?? ''}-${parts[3] ?? ''}`) !== undefined;
};

/** `HHMM`, `HHMMSS` or with hundredths. */
export const isTime = (text: string): boolean => TIME.test(text);

export const writeDate = (date: PlainDate): string => date.replaceAll('-', '');
