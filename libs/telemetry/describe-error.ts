/** What may be said of an error: what kind it is, and its stable code. Its message and stack may quote anything. */
export interface DescribedError {
  readonly errorClass: string;
  readonly errorCode?: string;
}

/** Classes of this project, of Node and of the libraries end so; a class named after a person does not. */
const className = /^(?:[A-Z][A-Za-z0-9]{0,40})?(?:Error|Exception)$/;
const systemCode = /^(?:E[A-Z0-9]{2,20}|ERR_[A-Z0-9_]{2,60})$/;
const databaseClasses = new Set(['DatabaseError', 'QueryFailedError', 'PostgresError']);
/** SQLSTATE of the classes that Postgres documents. */
const sqlState = /^(?:0[0-9A-Z]|2[0-9A-Z]|3[0-9A-Z]|4[0-4]|5[3-8]|72|F0|HV|P0|XX)[0-9A-Z]{3}$/;

/** Codes of our own database errors: a word, and the name of a constraint of our own. */
const databaseCode = /^[a-z_]{3,40}(?::[A-Za-z0-9_]{1,63})?$/;

/** Reads a plain property and runs no code of the object: a getter could say anything, or fail. */
const plainProperty = (target: object, name: string): unknown => Object.getOwnPropertyDescriptor(target, name)?.value;

const classOf = (error: object): string => {
  for (let level: unknown = Object.getPrototypeOf(error); typeof level === 'object' && level !== null;) {
    const maker = plainProperty(level, 'constructor');
    const name: unknown = typeof maker === 'function' ? plainProperty(maker, 'name') : undefined;
    if (typeof name === 'string' && className.test(name)) return name;
    level = Object.getPrototypeOf(level);
  }
  return 'Error';
};

export const describeError = (error: unknown): DescribedError => {
  try {
    if (!(error instanceof Error)) return { errorClass: 'NotAnError' };
    const errorClass = classOf(error);
    const code = plainProperty(error, 'code');
    if (typeof code !== 'string') return { errorClass };
    const isKnown =
      systemCode.test(code) ||
      (databaseClasses.has(errorClass) && sqlState.test(code)) ||
      (errorClass === 'DatabaseError' && databaseCode.test(code));
    return isKnown ? { errorClass, errorCode: code } : { errorClass };
  } catch {
    return { errorClass: 'NotAnError' };
  }
};
