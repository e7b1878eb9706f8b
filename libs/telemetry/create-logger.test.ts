import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createLogger, type Log, type LogEvent, withCorrelation } from './index.js';

const canary = 'Marlowe Quillfeather';
const id = '6f1c1c1e-5a3b-4a57-9d0e-1b2c3d4e5f60';
const other = '0b8f4a52-7c1d-4e8a-8f3b-2a1b0c9d8e7f';

const recorded = (use: (log: Log) => void): { text: string; lines: Record<string, unknown>[] } => {
  let text = '';
  use(createLogger({ level: 'debug', destination: { write: (line) => (text += line) } }));
  const lines = text.split('\n').filter((line) => line !== '');
  return { text, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
};

/** What careless code could hand over if the types were got round, as JavaScript can. */
const smuggled = (event: unknown): LogEvent => event as LogEvent;

class ClaimError extends Error {
  readonly patient = canary;
  readonly code: string = canary;
}

class Named extends Error {}
Object.defineProperty(Named, 'name', { value: canary });

const wrapped = () => new Error('outer', { cause: new Error(canary, { cause: { name: canary } }) });
const named = new Error('quiet');
named.name = canary;
const stacked = new Error('quiet');
stacked.stack = `Error: ${canary}\n    at ${canary}`;
const accepted = { event: 'intake.refused', practice: id, code: 'intake.invalid', count: 1 } as const;
const hostile = new Proxy(new Error(canary), {
  getPrototypeOf: () => {
    throw new Error(canary);
  },
});

const leaks: readonly [string, unknown, unknown?][] = [
  ['a field that is not in the catalogue', { ...accepted, client: canary }],
  ['a nested object in a field', { ...accepted, code: { client: { name: canary } } }],
  ['a list in a field', { ...accepted, code: [canary] }],
  ['free text as a code', { ...accepted, code: canary }],
  ['free text as an id', { ...accepted, practice: canary }],
  ['text in the place of a count', { ...accepted, count: canary }],
  ['the name of the event', { event: canary }],
  ['a key', { ...accepted, [canary]: 1 }],
  ['a symbol key', { ...accepted, [Symbol(canary)]: canary }],
  ['a symbol value', { ...accepted, code: Symbol(canary) }],
  ['toJSON', { ...accepted, code: { toJSON: () => canary }, toJSON: () => ({ client: canary }) }],
  ['toString', { ...accepted, code: { toString: () => canary, [Symbol.toPrimitive]: () => canary } }],
  ['a custom inspection', { ...accepted, code: { [inspect.custom]: () => canary } }],
  ['a Buffer', { ...accepted, code: Buffer.from(canary) }],
  ['a boxed string', { ...accepted, code: new String(canary) }],
  ['a Map', { ...accepted, code: new Map([[canary, canary]]) }],
  ['a long text', { ...accepted, code: `intake.${canary.repeat(5_000)}` }],
  [
    'a getter',
    {
      ...accepted,
      get code() {
        return canary;
      },
    },
  ],
  [
    'a prototype',
    Object.assign(Object.create({ client: canary, code: canary }) as object, { event: 'intake.refused' }),
  ],
  ['the message of an error', accepted, new Error(canary)],
  ['the causes of an error', accepted, wrapped()],
  ['the name of an error', accepted, named],
  ['the stack of an error', accepted, stacked],
  ['the fields and the code of an error', accepted, new ClaimError(canary)],
  ['an aggregate of errors', accepted, new AggregateError([new Error(canary)], canary)],
  ['something thrown that is no error', accepted, canary],
  ['an object thrown', accepted, { message: canary, code: canary }],
  ['an error that fails when it is read', accepted, hostile],
  ['an event that fails when it is read', hostile],
  ['the class of an error', accepted, new Named(canary)],
];

describe('nothing of a client reaches the log', () => {
  it.each(leaks)('by %s', (_way, event, cause) => {
    const { text, lines } = recorded((log) => log.write(smuggled(event), cause));
    expect(lines).toHaveLength(1);
    expect(text).not.toMatch(/marlowe|quill/i);
    expect(text).not.toContain(Buffer.from(canary).toJSON().data.join(','));
    expect(text.length).toBeLessThan(400);
  });

  it.each([
    'marlowe',
    '1984-03-07',
    'born-1984-03-07',
    'ssn:123-45-6789',
    'tel-555-010-1234',
    'member-w123456789',
    '19990000001',
    'f32.1 major',
    'Intake.Invalid',
    'é.é',
    '',
    '.',
    `a.${'b'.repeat(80)}`,
  ])('by a text in the place of a code: %j', (code) => {
    const { lines } = recorded((log) => log.write({ ...accepted, code }));
    expect(lines[0]).not.toHaveProperty('code');
    expect(lines[0]).toMatchObject({ refused: 1 });
  });

  it('by code that runs while an event is read', () => {
    let ran = false;
    const event = {
      ...accepted,
      get code() {
        ran = true;
        return 'intake.invalid';
      },
    };
    const { lines } = recorded((log) => log.write(event, event));
    expect(ran).toBe(false);
    expect(lines[0]).not.toHaveProperty('code');
  });

  it('by the correlation id', () => {
    const { text } = recorded((log) => withCorrelation(canary, () => log.write(accepted)));
    expect(text).not.toMatch(/quill/i);
  });
});

describe('a line of the log', () => {
  it('says what happened, at which level, and when', () => {
    const { lines } = recorded((log) => log.write(accepted));
    expect(lines[0]).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      event: 'intake.refused',
      practice: id,
      code: 'intake.invalid',
      count: 1,
    });
  });

  it.each([
    'api',
    'statement',
    'x12_unbalanced',
    'decide.no-release',
    'x12-837p',
    'post.v1.claims',
    'config.ceilings:nj',
  ])('carries the code %s', (code) => {
    expect(recorded((log) => log.write({ ...accepted, code })).lines[0]).toMatchObject({ code });
  });

  it('says what kind of error it was, and its stable code', () => {
    const refusedConnection = Object.assign(new TypeError(canary), { code: 'ECONNREFUSED' });
    class DatabaseError extends Error {
      readonly code = '23505';
    }
    const { lines } = recorded((log) => {
      log.write({ event: 'relay.failed' }, refusedConnection);
      log.write({ event: 'relay.failed' }, new DatabaseError(canary));
      log.write({ event: 'relay.failed' }, Object.assign(new RangeError(canary), { code: '23505' }));
    });
    expect(lines[0]).toMatchObject({ level: 'error', errorClass: 'TypeError', errorCode: 'ECONNREFUSED' });
    expect(lines[1]).toMatchObject({ errorClass: 'DatabaseError', errorCode: '23505' });
    expect(lines[2]).toMatchObject({ errorClass: 'RangeError' });
    expect(lines[2]).not.toHaveProperty('errorCode');
  });

  it('bears the id of the request it belongs to, across waiting', async () => {
    let text = '';
    const log = createLogger({ destination: { write: (line) => (text += line) } });
    const request = (correlation: string) =>
      withCorrelation(correlation, async () => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        log.write({ event: 'keys.rotated', count: correlation === id ? 1 : 2, duration: 0.5 });
      });
    await Promise.all([request(id), request(other)]);
    const found = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { correlation: string; count: number });
    expect(found.map(({ correlation, count }) => [count, correlation]).sort()).toEqual([
      [1, id],
      [2, other],
    ]);
  });

  it('is left out below the level', () => {
    let text = '';
    const log = createLogger({ level: 'error', destination: { write: (line) => (text += line) } });
    log.write(accepted);
    expect(text).toBe('');
    log.write({ event: 'relay.failed' });
    expect(text).toContain('relay.failed');
  });
});
