import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { choosePort } from './ports.js';

const stranger = createServer();
let taken = 0;

beforeAll(async () => {
  stranger.listen(0, '127.0.0.1');
  await once(stranger, 'listening');
  const address = stranger.address();
  taken = typeof address === 'object' ? (address?.port ?? 0) : 0;
});
afterAll(() => {
  stranger.close();
});

const wanted = { name: 'SLUICE_API_PORT', host: '127.0.0.1' };

describe('a port', () => {
  it('is the one that is wanted, if it is free', async () => {
    const free = await choosePort({ ...wanted, port: 0, orAnother: false });
    if (!free.ok) throw new Error('no port at all');
    expect(await choosePort({ ...wanted, port: free.value, orAnother: false })).toEqual(free);
  });

  it('is another where any will do', async () => {
    const found = await choosePort({ ...wanted, port: taken, orAnother: true });
    expect(found.ok && found.value > 0 && found.value !== taken).toBe(true);
  });

  it('is refused by the name of its setting where none but this will do', async () => {
    expect(await choosePort({ ...wanted, port: taken, orAnother: false })).toMatchObject({
      ok: false,
      issues: [{ code: 'up.port-taken', path: 'SLUICE_API_PORT' }],
    });
  });
});
