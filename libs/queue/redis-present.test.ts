import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';

const programs = ['/usr/bin/redis-server', '/usr/local/bin/redis-server'];

it('under CI the suite of the engines is not run without Redis', () => {
  expect(process.env['CI'] !== 'true' || programs.some((path) => existsSync(path))).toBe(true);
});
