import { toDatabaseError } from './database-error.js';
import { Row } from './row.js';

type Scalar = string | number | boolean | Date | Uint8Array | null;

export type Parameter = Scalar | readonly Scalar[];

/** The transaction's connection, for statements written by hand. Every failure is a `DatabaseError`. */
export interface Sql {
  rows(statement: string, parameters?: readonly Parameter[]): Promise<readonly Row[]>;
  /** Gives how many rows it touched. */
  run(statement: string, parameters?: readonly Parameter[]): Promise<number>;
}

export interface StructuredResult {
  readonly records?: readonly unknown[];
  readonly affected?: number | undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The driver writes a bare Uint8Array inside a list as text. */
const toDriver = (parameter: Parameter): unknown => {
  if (parameter instanceof Uint8Array) return asBuffer(parameter);
  return isList(parameter) ? parameter.map((one) => (one instanceof Uint8Array ? asBuffer(one) : one)) : parameter;
};

const isList = (parameter: Parameter): parameter is readonly Scalar[] => Array.isArray(parameter);

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const sqlOver = (query: (statement: string, parameters: unknown[]) => Promise<StructuredResult>): Sql => {
  const ask = async (statement: string, parameters: readonly Parameter[] = []): Promise<StructuredResult> => {
    try {
      return await query(statement, parameters.map(toDriver));
    } catch (error) {
      throw toDatabaseError(error);
    }
  };
  return {
    rows: async (statement, parameters) =>
      ((await ask(statement, parameters)).records ?? []).filter(isRecord).map((record) => new Row(record)),
    run: async (statement, parameters) => (await ask(statement, parameters)).affected ?? 0,
  };
};

export const instantOf = (milliseconds: number): Date => new Date(milliseconds);

export const optionalInstantOf = (milliseconds: number | undefined): Date | null =>
  milliseconds === undefined ? null : new Date(milliseconds);

/**
 * Many blobs as one parameter, and where each lies in it (from 1, in bytes): `substr(blobs, start, size)` gives one back.
 * The driver writes a list of blobs as text twice their size, for which both sides pay (measured: fifteen
 * milliseconds a megabyte, against two). No blob: start and size are null.
 */
export interface PackedBlobs {
  readonly bytes: Uint8Array;
  readonly starts: readonly (number | null)[];
  readonly sizes: readonly (number | null)[];
}

export const packBlobs = (blobs: readonly (Uint8Array | null)[]): PackedBlobs => {
  const starts: (number | null)[] = [];
  let next = 1;
  for (const blob of blobs) {
    starts.push(blob === null ? null : next);
    next += blob?.length ?? 0;
  }
  return {
    bytes: Buffer.concat(blobs.flatMap((blob) => blob ?? [])),
    starts,
    sizes: blobs.map((blob) => blob?.length ?? null),
  };
};
