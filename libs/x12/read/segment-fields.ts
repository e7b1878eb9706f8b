import { type Cents, centsOf, type Issue, issue, type PlainDate, plainDate } from '#libs/kernel';
import { parseAmount } from '../envelope/amount.js';
import { parseDate } from '../envelope/date.js';
import { type Repetition, repetitionsOf, type Segment } from './interchange.js';

/** Returned beside a recorded issue so that reading can go on and find the others; a reading with issues is discarded. */
const STAND_IN_DATE = plainDate('1900-01-01');
const STAND_IN_AMOUNT = centsOf(0);

/**
 * The values of one segment by their number in the standard. What is missing or malformed is written to `issues` under
 * the position `loop/NAMEnn`, with the place of the segment in its transaction set as the rule, and never the value.
 */
export class SegmentFields {
  constructor(
    private readonly segment: Segment,
    private readonly loop: string,
    private readonly issues: Issue[],
  ) {}

  /** A simple element, or `undefined` when empty. More than one component or repetition is refused: it was one value. */
  optional(number: number): string | undefined {
    const element = this.segment.elements[number - 1];
    if (typeof element === 'object') {
      this.refuse('x12_delimiter_in_value', number);
      return undefined;
    }
    return element === '' ? undefined : element;
  }

  required(number: number, longest = 256): string {
    const value = this.optional(number);
    if (value === undefined) this.refuse('x12_required_missing', number);
    else if (value.length > longest) this.refuse('x12_length', number);
    return value ?? '';
  }

  code<Code extends string>(number: number, allowed: readonly [Code, ...Code[]]): Code {
    return this.#codeOf(this.required(number), number, allowed);
  }

  amount(number: number): Cents {
    const value = this.required(number);
    const amount = value === '' ? undefined : parseAmount(value);
    if (amount === undefined && value !== '') this.refuse('x12_not_an_amount', number);
    return amount ?? STAND_IN_AMOUNT;
  }

  optionalAmount(number: number): Cents | undefined {
    return this.optional(number) === undefined ? undefined : this.amount(number);
  }

  date(number: number): PlainDate {
    const value = this.required(number);
    const date = value === '' ? undefined : parseDate(value);
    if (date === undefined && value !== '') this.refuse('x12_not_a_date', number);
    return date ?? STAND_IN_DATE;
  }

  /** A whole number without sign, at most six digits. */
  count(number: number): number {
    const value = this.required(number);
    if (!/^\d{1,6}$/.test(value)) {
      if (value !== '') this.refuse('x12_not_a_number', number);
      return 0;
    }
    return Number(value);
  }

  /** The components of a composite that is not repeated; empty ones are `''`. */
  composite(number: number): readonly string[] {
    const [first, ...more] = this.repetitions(number);
    if (more.length > 0) this.refuse('x12_delimiter_in_value', number);
    return first ?? [];
  }

  repetitions(number: number): readonly Repetition[] {
    return repetitionsOf(this.segment.elements[number - 1]);
  }

  refuse(code: string, number: number): void {
    const position = `${this.loop}/${this.segment.name}${String(number).padStart(2, '0')}`;
    this.issues.push(issue(code, position, `segment ${this.segment.position}`));
  }

  #codeOf<Code extends string>(value: string, number: number, allowed: readonly [Code, ...Code[]]): Code {
    const code = allowed.find((candidate) => candidate === value);
    if (code === undefined && value !== '') this.refuse('x12_code_unknown', number);
    return code ?? allowed[0];
  }
}
