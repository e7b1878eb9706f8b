import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** `source` makes `#libs/*` resolve to TypeScript, so that no test can run against a stale build. */
const shared = { root, conditions: ['source', 'node'] };

const project = (name: string, include: string[], extra: Record<string, unknown> = {}) => ({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: shared.conditions } },
  // Global setups run in an environment of their own.
  environments: { __vitest__: { resolve: { conditions: shared.conditions } } },
  root,
  test: { name, include, environment: 'node', ...extra },
});

export default defineConfig({
  root,
  test: {
    projects: [
      project(
        'unit',
        ['libs/**/*.test.ts', 'apps/**/*.test.ts', 'test/golden/**/*.test.ts', 'test/issues/**/*.test.ts'],
        { testTimeout: 60_000 },
      ),
      project('properties', ['libs/**/*.test-prop.ts'], { testTimeout: 3_600_000 }),
      project('types', [], {
        typecheck: {
          enabled: true,
          only: true,
          include: ['libs/**/*.test-d.ts', 'test/**/*.test-d.ts'],
          tsconfig: './test/tsconfig.json',
        },
      }),
      project('integration', ['test/integration/**/*.test.ts', 'libs/**/*.int-test.ts'], {
        globalSetup: ['./test/support/database-server.ts'],
        testTimeout: 60_000,
        hookTimeout: 120_000,
        sequence: { groupOrder: 1 },
        maxWorkers: 2,
      }),
      project('e2e', ['test/e2e/**/*.test.ts'], {
        sequence: { groupOrder: 2 },
        globalSetup: ['./test/support/database-server.ts'],
        testTimeout: 120_000,
        hookTimeout: 180_000,
        fileParallelism: false,
      }),
      project('browser', ['test/browser/**/*.test.ts'], {
        sequence: { groupOrder: 5 },
        globalSetup: ['./test/support/database-server.ts', './test/browser/build-console.ts'],
        testTimeout: 120_000,
        hookTimeout: 180_000,
        fileParallelism: false,
      }),
      project('boot', ['test/boot/**/*.test.ts'], {
        sequence: { groupOrder: 3 },
        testTimeout: 180_000,
        hookTimeout: 180_000,
        fileParallelism: false,
      }),
      project('faults', ['test/faults/**/*.test.ts'], {
        sequence: { groupOrder: 4 },
        testTimeout: 1_800_000,
        hookTimeout: 180_000,
        fileParallelism: false,
      }),
    ],
  },
});
