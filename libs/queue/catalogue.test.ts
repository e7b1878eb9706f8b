import { describe, expect, it } from 'vitest';
import type { DisclosureId, LaneId, PracticeId } from '#libs/kernel';
import { checkHandlers, JOB_OPTIONS, LARGEST_HINT, parsePayload, payloadOf, QUEUES } from './catalogue.js';

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const hint = { practice: id(1) as PracticeId, lane: id(2) as LaneId, disclosures: [id(3) as DisclosureId] };

describe('what a job carries', () => {
  it('is a hint and comes back as one', () => {
    expect(payloadOf(hint)).toEqual({ v: 1, ...hint });
    expect(parsePayload(JSON.parse(JSON.stringify(payloadOf(hint))))).toEqual({ ok: true, value: hint });
  });

  it('never takes along what else stands on a hint', () => {
    const more = { ...hint, slow: true, client: 'Marlowe Quill' };
    expect(Object.keys(payloadOf(more)).sort()).toEqual(['disclosures', 'lane', 'practice', 'v']);
  });

  it.each([
    ['nothing', undefined, ''],
    ['a text', 'Quill', ''],
    ['another version', { ...payloadOf(hint), v: 2 }, '/v'],
    ['a name beside it', { ...payloadOf(hint), name: 'Quill' }, ''],
    ['a name for an id', { ...payloadOf(hint), practice: 'Quill' }, '/practice'],
    ['no disclosure', { ...payloadOf(hint), disclosures: [] }, '/disclosures'],
    [
      'too many',
      { ...payloadOf(hint), disclosures: Array.from({ length: LARGEST_HINT + 1 }, (_, at) => id(at)) },
      '/disclosures',
    ],
    ['one that is no id', { ...payloadOf(hint), disclosures: [id(1), 'Quill'] }, '/disclosures/1'],
  ])('is refused if it is %s, with a place and no value', (_name, data, path) => {
    const parsed = parsePayload(data);
    expect(parsed).toMatchObject({
      ok: false,
      issues: [{ code: 'queue.payload-invalid', path: path === '' ? expect.any(String) : path }],
    });
    expect(JSON.stringify(parsed)).not.toContain('Quill');
  });

  it('is never made of what is no hint', () => {
    expect(() => payloadOf({ ...hint, disclosures: [] })).toThrow();
  });
});

describe('a job', () => {
  it('leaves nothing behind and is not tried again by the queue', () => {
    expect(JOB_OPTIONS).toEqual({ attempts: 1, removeOnComplete: true, removeOnFail: true });
  });
});

describe('handlers', () => {
  it.each([
    [[...QUEUES], []],
    [['dispatch'], ['queue.handler-missing dispatch-slow']],
    [['dispatch', 'dispatch-slow', 'dispatch'], ['queue.handler-twice dispatch']],
    [['dispatch', 'dispatch-slow', 'dispach'], ['queue.unknown dispach']],
    [['dispach'], ['queue.handler-missing dispatch', 'queue.handler-missing dispatch-slow', 'queue.unknown dispach']],
  ])('%j', (handled, expected) => {
    const checked = checkHandlers(handled);
    expect(checked.ok ? [] : checked.issues.map(({ code, path }) => `${code} ${path}`)).toEqual(expected);
  });
});
