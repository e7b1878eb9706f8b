import { describe, expect, it } from 'vitest';
import { filterFaults, ledgerQueryOf } from './ledger-filter.js';

const ID = '10000000-0000-4000-8000-000000000001';

describe('a filter of the ledger', () => {
  it('goes to the gateway as it is', () => {
    const search = { kind: 'sent', from: '2026-01-01', to: '2026-01-31', disclosure: ID, client: ID };
    expect(filterFaults(search)).toEqual({});
    expect(ledgerQueryOf(search)).toEqual(search);
  });

  it('says what cannot be one, and leaves that out', () => {
    const search = { kind: 'made-up', from: '2026-02-01', to: '2026-01-01', disclosure: 'x', client: `${ID}0` };
    expect(filterFaults(search)).toEqual({ disclosure: 'wrongId', client: 'wrongId', to: 'reversed' });
    expect(ledgerQueryOf(search)).toEqual({ from: '2026-02-01' });
  });
});
