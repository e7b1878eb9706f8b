import { DatabaseError } from './database-error.js';

const unexpected = (): never => {
  throw new DatabaseError('unexpected_row');
};

/** One row of a result. Reads each column as the type that it must have; a row that is otherwise shaped is a defect. */
export class Row {
  constructor(private readonly columns: Readonly<Record<string, unknown>>) {}

  text(name: string): string {
    const value = this.columns[name];
    return typeof value === 'string' ? value : unexpected();
  }

  optionalText(name: string): string | undefined {
    return this.columns[name] === null ? undefined : this.text(name);
  }

  texts(name: string): readonly string[] {
    const value = this.columns[name];
    return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : unexpected();
  }

  /** Whole numbers; those of eight bytes come as text. */
  number(name: string): number {
    const value = this.columns[name];
    const read = typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value;
    return typeof read === 'number' && Number.isSafeInteger(read) ? read : unexpected();
  }

  optionalNumber(name: string): number | undefined {
    return this.columns[name] === null ? undefined : this.number(name);
  }

  flag(name: string): boolean {
    const value = this.columns[name];
    return typeof value === 'boolean' ? value : unexpected();
  }

  /** Milliseconds since the epoch. */
  instant(name: string): number {
    const value = this.columns[name];
    return value instanceof Date ? value.getTime() : unexpected();
  }

  optionalInstant(name: string): number | undefined {
    return this.columns[name] === null ? undefined : this.instant(name);
  }

  bytes(name: string): Uint8Array {
    const value = this.columns[name];
    return value instanceof Uint8Array ? value : unexpected();
  }

  optionalBytes(name: string): Uint8Array | undefined {
    return this.columns[name] === null ? undefined : this.bytes(name);
  }

  /** A document of our own writing. */
  json(name: string): unknown {
    return this.columns[name];
  }
}
