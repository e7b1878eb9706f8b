import { EntitySchema, type EntitySchemaColumnOptions, EntitySchemaOptions } from 'typeorm';

type Row = Record<string, unknown>;

/** `[name, columns, referenced table, referenced columns]`; the name carries its prefix. */
type ForeignKey = readonly [
  name: string,
  columns: readonly string[],
  target: string,
  referenced: readonly string[],
  deferred?: 'deferred',
];

interface Constraints {
  readonly key: readonly string[];
  readonly uniques?: Readonly<Record<string, readonly string[]>>;
  readonly indices?: Readonly<
    Record<string, { readonly columns: readonly string[]; readonly where?: string; readonly unique?: true }>
  >;
  readonly checks?: Readonly<Record<string, string>>;
  readonly foreignKeys?: readonly ForeignKey[];
}

export const uuid: EntitySchemaColumnOptions = { type: 'uuid' };
export const text: EntitySchemaColumnOptions = { type: 'text' };
export const texts: EntitySchemaColumnOptions = { type: 'text', array: true };
export const bytes: EntitySchemaColumnOptions = { type: 'bytea' };
export const integer: EntitySchemaColumnOptions = { type: 'integer' };
export const bigint: EntitySchemaColumnOptions = { type: 'bigint' };
export const flag: EntitySchemaColumnOptions = { type: 'boolean' };
export const json: EntitySchemaColumnOptions = { type: 'jsonb' };
/** A plain date. */
export const day: EntitySchemaColumnOptions = { type: 'date' };
export const instant: EntitySchemaColumnOptions = { type: 'timestamp with time zone', precision: 3 };
/** Counts up in order of arrival. */
export const arrival: EntitySchemaColumnOptions = { type: 'bigint', generated: 'increment' };

export const optional = (column: EntitySchemaColumnOptions): EntitySchemaColumnOptions => ({
  ...column,
  nullable: true,
});

/** One table as the migrations make it, told a second time, so that a check can hold them against each other. */
export const table = (
  name: string,
  columns: Readonly<Record<string, EntitySchemaColumnOptions>>,
  constraints: Constraints,
): EntitySchema<Row> =>
  new EntitySchema<Row>(
    Object.assign(new EntitySchemaOptions<Row>(), {
      name,
      tableName: name,
      columns: Object.fromEntries(
        Object.entries(columns).map(([column, options]) => [
          column,
          constraints.key.includes(column)
            ? { ...options, primary: true, primaryKeyConstraintName: `pk_${name}` }
            : options,
        ]),
      ),
      uniques: Object.entries(constraints.uniques ?? {}).map(([unique, of]) => ({ name: unique, columns: [...of] })),
      indices: Object.entries(constraints.indices ?? {}).map(([index, of]) => ({
        ...of,
        name: index,
        columns: [...of.columns],
      })),
      checks: Object.entries(constraints.checks ?? {}).map(([check, expression]) => ({ name: check, expression })),
      foreignKeys: (constraints.foreignKeys ?? []).map(([key, of, target, referenced, deferred]) => ({
        name: key,
        target,
        columnNames: [...of],
        referencedColumnNames: [...referenced],
        ...(deferred === undefined ? {} : { deferrable: 'INITIALLY DEFERRED' }),
      })),
    }),
  );
