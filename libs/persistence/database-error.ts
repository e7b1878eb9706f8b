import { CipherError } from '#libs/application';

/**
 * The only error that leaves this lib for something the database did. It has a stable code and nothing else: what a
 * driver says quotes statements, parameters and the values of keys.
 *
 * `unique_violation:<constraint>`, `foreign_key_violation:<constraint>`, `check_violation:<constraint>`,
 * `not_null_violation`, `serialization`, `deadlock`, `lock_timeout`, `canceled`, `permission_denied`,
 * `illegal_transition`, `rolled_back`, `too_many_connections`, `connection_lost`, `commit_ambiguous` (the transaction may or may not
 * have been committed), `disk_full`, `read_only`, `blob_unreadable`, `unexpected_row`, `practice_unknown`,
 * `client_key_missing`, `cursor_invalid`, `release_unknown`, `transmission_attempted`, `fence_lost`, `key_retired`,
 * `ledger_empty`, `ledger_incomplete`, or `sqlstate:<five characters>`.
 */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  /** The five characters of the SQL standard, where the server answered. */
  readonly sqlState: string | undefined;

  constructor(
    readonly code: string,
    sqlState?: string,
  ) {
    super(code);
    this.sqlState = sqlState;
  }
}

const CODES: ReadonlyMap<string, string> = new Map([
  ['23502', 'not_null_violation'],
  ['25006', 'read_only'],
  ['40001', 'serialization'],
  ['40P01', 'deadlock'],
  ['42501', 'permission_denied'],
  ['53100', 'disk_full'],
  ['53300', 'too_many_connections'],
  ['55P03', 'lock_timeout'],
  ['57014', 'canceled'],
  ['SL001', 'illegal_transition'],
  ['SL002', 'key_retired'],
]);

const CONSTRAINT_CODES: ReadonlyMap<string, string> = new Map([
  ['23503', 'foreign_key_violation'],
  ['23505', 'unique_violation'],
  ['23514', 'check_violation'],
]);

const plainProperty = (target: unknown, name: string): unknown =>
  typeof target === 'object' && target !== null ? Object.getOwnPropertyDescriptor(target, name)?.value : undefined;

/** The driver's own error, which TypeORM wraps together with the parameters. */
const driverErrorOf = (error: unknown): unknown => plainProperty(error, 'driverError') ?? error;

/** SQLSTATE, if the server itself answered. Codes of the operating system (`ECONNRESET`) are longer or shorter. */
const sqlStateOf = (driverError: unknown): string | undefined => {
  const code = plainProperty(driverError, 'code');
  const severity = plainProperty(driverError, 'severity');
  return typeof code === 'string' && typeof severity === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
};

/** Class 08: connection exceptions. 57P01–57P03: the server is going down or coming up. */
const isConnectionState = (state: string): boolean => state.startsWith('08') || state.startsWith('57P');

const codeOf = (state: string, driverError: unknown): string => {
  const ofConstraint = CONSTRAINT_CODES.get(state);
  if (ofConstraint !== undefined) {
    const constraint = plainProperty(driverError, 'constraint');
    return typeof constraint === 'string' && /^[a-z0-9_]{1,63}$/.test(constraint)
      ? `${ofConstraint}:${constraint}`
      : ofConstraint;
  }
  return CODES.get(state) ?? (isConnectionState(state) ? 'connection_lost' : `sqlstate:${state}`);
};

export const toDatabaseError = (error: unknown): DatabaseError | CipherError => {
  if (error instanceof DatabaseError || error instanceof CipherError) return error;
  const driverError = driverErrorOf(error);
  const state = sqlStateOf(driverError);
  return state === undefined
    ? new DatabaseError('connection_lost')
    : new DatabaseError(codeOf(state, driverError), state);
};

/** What a failed COMMIT means: a refusal by the server is certain, silence is not. */
export const toCommitError = (error: unknown): DatabaseError | CipherError => {
  const known = toDatabaseError(error);
  return known.code === 'connection_lost' ? new DatabaseError('commit_ambiguous') : known;
};
