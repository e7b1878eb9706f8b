import { describe, expect, it } from 'vitest';
import { bulkActionsFor, bulkBodyOf } from './bulk-action.js';

const rows = [
  { id: 'a', version: 3 },
  { id: 'b', version: 0 },
];
const told = { staff: 's', until: '2026-12-01' };

describe('one thing to many', () => {
  it('is done to what was seen, in the version in which it was seen', () => {
    expect(bulkBodyOf('cancel', rows, told)).toEqual({ action: 'cancel', items: rows });
    expect(bulkBodyOf('use-markers', rows, told)).toEqual({
      ...{ action: 'choose', items: rows, choice: { choice: 'use-markers' } },
    });
    expect(bulkBodyOf('smaller-format', rows, told)).toMatchObject({ choice: { format: 'statement' } });
  });

  it('assigns and puts off without the version of the disclosure, which is another', () => {
    expect(bulkBodyOf('assign', rows, told)).toEqual({
      action: 'assign',
      items: [{ id: 'a' }, { id: 'b' }],
      staff: 's',
    });
    expect(bulkBodyOf('snooze', rows, told)).toMatchObject({ items: [{ id: 'a' }, { id: 'b' }], until: '2026-12-01' });
  });

  it('is offered to whoever may do it', () => {
    expect(bulkActionsFor((action) => action === 'disclosures.cancel')).toEqual(['cancel']);
    expect(bulkActionsFor(() => false)).toEqual([]);
  });
});
