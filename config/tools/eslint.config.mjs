import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const clockAndRandom = [
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'Take a Clock.' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Take a Clock.' },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: 'Take an IdSource.',
  },
  { selector: "CallExpression[callee.name='randomUUID']", message: 'Take an IdSource.' },
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: 'Only libs/settings reads the environment.',
  },
];

const rules = {
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': 'error',
  '@typescript-eslint/no-non-null-assertion': 'error',
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/ban-ts-comment': [
    'error',
    { 'ts-expect-error': 'allow-with-description', minimumDescriptionLength: 10 },
  ],
  '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
  '@typescript-eslint/unbound-method': 'off',
  '@typescript-eslint/no-unused-vars': [
    'error',
    { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
  ],
  // A branded id is named where it is made.
  '@typescript-eslint/no-unnecessary-type-parameters': 'off',
  'max-params': ['error', 3],
  'no-console': 'error',
  'no-restricted-syntax': ['error', ...clockAndRandom],
};

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', '.sluice/**', 'apps/console/dist/**', 'coverage/**'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    ignores: ['apps/console/**'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: './test/tsconfig.json', tsconfigRootDir: process.cwd() } },
    rules,
  },
  {
    // The console runs in a browser and has a compiler of its own; the linter speaks of what React wants, too.
    files: ['apps/console/**/*.ts', 'apps/console/**/*.tsx'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: './apps/console/tsconfig.json', tsconfigRootDir: process.cwd() } },
    rules: {
      ...rules,
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    },
  },
  {
    files: ['apps/console/app/platform.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    // The clock, the source of ids and the environment live here, and what starts processes or measures them.
    files: ['libs/settings/**/*.ts', 'test/**/*.ts', '**/*.test.ts', '**/*.int-test.ts', '**/*.test-prop.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    // Nest constructors are wiring: the container names each argument.
    files: ['apps/**/*.ts', 'libs/*/*.module.ts'],
    rules: { 'max-params': 'off', '@typescript-eslint/no-unsafe-class-instance-assignment': 'off' },
  },
  {
    files: ['apps/cli/**/*.ts', 'test/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.test.ts', '**/*.int-test.ts', '**/*.test-prop.ts', '**/*.test-d.ts', 'test/**/*.ts'],
    rules: {
      'max-params': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setInterval: 'readonly',
        queueMicrotask: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        Buffer: 'readonly',
        fetch: 'readonly',
        performance: 'readonly',
        AbortSignal: 'readonly',
        setImmediate: 'readonly',
        module: 'readonly',
      },
    },
  },
);
