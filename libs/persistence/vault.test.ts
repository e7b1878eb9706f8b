import { expect, it } from 'vitest';
import type { ClientId, PracticeId } from '#libs/kernel';
import { freshKeys } from '../../test/support/fresh-database.js';
import { Row } from './row.js';
import { Vault } from './vault.js';

const PRACTICE = '0b6f6a2e-5f7a-4d0e-9d52-0d1f6f5f0001' as PracticeId;
const CLIENTS = ['0b6f6a2e-5f7a-4d0e-9d52-0d1f6f5f0002', '0b6f6a2e-5f7a-4d0e-9d52-0d1f6f5f0003'] as ClientId[];

it('fetches the key of each client once, however many ask at the same time', async () => {
  const keys = await freshKeys();
  const asked: unknown[] = [];
  const vault = new Vault(
    {
      rows: async (_statement, parameters = []) => {
        const clients = parameters[1] as readonly string[];
        asked.push(clients);
        await Promise.resolve();
        return clients.map((client) => {
          const { kek, wrapped } = keys.newDataKey();
          return new Row({ client_id: client, kek, wrapped: Buffer.from(wrapped) });
        });
      },
      run: () => Promise.resolve(0),
    },
    PRACTICE,
    keys,
  );
  const [first, both, again] = await Promise.all([
    vault.lockers(CLIENTS.slice(0, 1)),
    vault.lockers(CLIENTS),
    vault.lockers(CLIENTS),
  ]);
  expect(asked).toEqual([[CLIENTS[0]], [CLIENTS[1]]]);
  expect([...both.keys()]).toEqual(CLIENTS);
  for (const client of CLIENTS) expect(again.get(client)).toBe(both.get(client));
  expect(first.size).toBe(1);
});
