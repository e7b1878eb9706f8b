import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isUuid } from '#libs/kernel';
import { projectRoot, systemClock, systemIds } from './index.js';

describe('this machine', () => {
  it('tells the time in milliseconds', () => {
    const before = new Date().getTime();
    const told = systemClock.now();
    expect(told).toBeGreaterThanOrEqual(before);
    expect(told - before).toBeLessThan(10_000);
  });

  it('makes identifiers that the kernel accepts and never the same twice', () => {
    const made = Array.from({ length: 1_000 }, () => systemIds.uuid());
    expect(made.every(isUuid)).toBe(true);
    expect(new Set(made).size).toBe(made.length);
  });

  it('knows where the project stands', () => {
    expect(existsSync(join(projectRoot(), 'config', 'tools'))).toBe(true);
  });
});
