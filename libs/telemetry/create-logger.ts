import { type DestinationStream, pino } from 'pino';
import { unreachable } from '#libs/kernel';
import { correlationId } from './correlation.js';
import { describeError } from './describe-error.js';
import { type EventSpec, type FieldKind, type LogEvent, logEvents } from './log-events.js';
import { isCode, isCount, isDuration, isId, isState } from './safe-values.js';

/** Where the program says what it does. One line of JSON for each event. */
export interface Log {
  /** Of `cause` only the class and the stable code are written. */
  write(event: LogEvent, cause?: unknown): void;
}

export interface LoggerOptions {
  readonly level?: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Standard output unless said otherwise. */
  readonly destination?: DestinationStream;
}

const catalogue: ReadonlyMap<unknown, EventSpec> = new Map<unknown, EventSpec>(Object.entries(logEvents));

const isAllowed = (kind: FieldKind, value: unknown): boolean => {
  switch (kind) {
    case 'id':
      return isId(value);
    case 'code':
      return isCode(value);
    case 'state':
      return isState(value);
    case 'count':
      return isCount(value);
    case 'milliseconds':
      return isDuration(value);
    default:
      return unreachable(kind);
  }
};

const kindOf = (spec: string): FieldKind => spec.replace('?', '') as FieldKind;

/** The fields of the catalogue that hold what the catalogue allows; what is refused is left out and counted. */
const allowedFields = (spec: EventSpec, event: object): Record<string, string | number> => {
  const fields: Record<string, string | number> = {};
  let refused = 0;
  for (const [name, fieldSpec] of Object.entries(spec.fields)) {
    const value: unknown = Object.getOwnPropertyDescriptor(event, name)?.value;
    if (value === undefined && fieldSpec.endsWith('?')) continue;
    if ((typeof value === 'string' || typeof value === 'number') && isAllowed(kindOf(fieldSpec), value))
      fields[name] = value;
    else refused += 1;
  }
  return refused === 0 ? fields : { ...fields, refused };
};

/**
 * A log by allow-list: an event that is not in the catalogue is written as `log.refused` without anything of it, a field
 * that is not in the catalogue is not read at all. The types say the same; this holds where types were got round.
 */
export const createLogger = (options: LoggerOptions = {}): Log => {
  const settings = {
    level: options.level ?? 'info',
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const output = options.destination === undefined ? pino(settings) : pino(settings, options.destination);
  return {
    write: (event, cause) => {
      const correlation = correlationId();
      const context = {
        ...(correlation === undefined ? {} : { correlation }),
        ...(cause === undefined ? {} : describeError(cause)),
      };
      try {
        const name: unknown = Object.getOwnPropertyDescriptor(event, 'event')?.value;
        const spec = catalogue.get(name);
        if (spec !== undefined) {
          output[spec.level]({ event: name, ...allowedFields(spec, event), ...context });
          return;
        }
      } catch {
        // An object that fails when it is read is refused like one that is unknown.
      }
      output.error({ event: 'log.refused', ...context });
    },
  };
};
