import js from '@eslint/js'
import solid from 'eslint-plugin-solid'
import temporal from 'eslint-plugin-temporal'
import tseslint from 'typescript-eslint'
import { houseRules } from './platform/tools/lint/house-rules.js'

const typescript = ['**/*.ts', '**/*.tsx']
const tests = ['**/*.test.ts', '**/*.test.tsx', '**/*.e2e.ts', '**/e2e/checks/**', '**/testing/**']
const processEnv = {
  object: 'process',
  property: 'env',
  message: 'Read the environment once, in main.ts, through platform/process/config.ts, and pass it on.',
}
const injected = [
  { object: 'Date', property: 'now', message: 'Clocks are injected: take the time as an argument.' },
  { object: 'Math', property: 'random', message: 'Randomness is injected: take it as an argument.' },
]
const anyDefaultExport = [
  {
    selector: 'ExportDefaultDeclaration',
    message: 'Named exports only: one name for one thing, everywhere.',
  },
  { selector: 'ExportSpecifier[exported.name="default"]', message: 'Named exports only.' },
]
const sandboxGlobals = ['fetch', 'process', 'crypto', 'setInterval', 'Buffer', 'performance'].map((name) => ({
  name,
  message: 'Not in the workflow sandbox: results must be the same on every replay.',
}))

/**
 * The subset of eslint-plugin-temporal that is an error. Left out: workflow-no-floating-promises, which takes setHandler for a
 * promise (the type-aware rule sees all of them), and workflow-require-activity-timeouts, which cannot see the shared
 * timeouts of workflows/effects.ts (the SDK refuses a proxy without one).
 */
const temporalRules = [
  'workflow-require-type-only-activity-imports',
  'workflow-no-node-or-dom-imports',
  'workflow-no-unsafe-package-imports',
  'workflow-no-console',
  'workflow-no-process-env',
  'workflow-no-throw-raw-error',
  'workflow-require-set-handler-early',
  'workflow-require-all-handlers-finished',
  'workflow-require-message-definitions-at-module-scope',
  'workflow-message-name-literal',
  'workflow-no-swallow-cancellation',
  'workflow-no-workflow-prng-for-persisted-ids',
  'workflow-no-crypto-random',
  'workflow-patch-id-literal',
  'workflow-no-duplicate-patch-ids',
  'workflow-no-frequent-search-attribute-upserts',
  'workflow-no-date-object-in-payload',
  'activity-prefer-applicationfailure',
  'activity-context-not-stored',
  'no-temporal-internal-imports',
  'task-queue-constant',
]
const rulesOf = (prefix) =>
  Object.fromEntries(
    temporalRules.filter((rule) => prefix.test(rule)).map((rule) => [`temporal/${rule}`, 'error']),
  )

export default tseslint.config(
  {
    ignores: [
      'node_modules/',
      'dist/',
      'data/',
      '.data/',
      '.cache/',
      'coverage/',
      'test-results/',
      'playwright-report/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    plugins: { house: houseRules },
    rules: {
      'max-lines': ['error', 400],
      'max-lines-per-function': ['error', 60],
      complexity: ['error', 10],
      'no-console': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'], location: 'anywhere' }],
      'no-restricted-syntax': ['error', ...anyDefaultExport],
      'no-restricted-properties': ['error', processEnv],
      'no-restricted-imports': ['error', { paths: ['node:process', 'process'] }],
      'house/reasoned-suppressions': 'error',
      'house/hash-across-folders': 'error',
      'house/constant-log-message': 'error',
    },
  },
  {
    files: typescript,
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': 'allow-with-description', minimumDescriptionLength: 10 },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // Ports return promises; a synchronous adapter or double satisfies them without an await.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['console/**/*.tsx', 'portal/**/*.tsx', 'platform/ui/**/*.tsx'],
    extends: [solid.configs['flat/typescript']],
    rules: {
      'solid/reactivity': 'error',
      'solid/no-destructure': 'error',
      'solid/no-innerhtml': 'error',
    },
  },
  {
    files: ['domain/**/*.ts'],
    ignores: tests,
    rules: { 'no-restricted-properties': ['error', processEnv, ...injected] },
  },
  {
    files: ['workflows/**/*.ts'],
    ignores: tests,
    plugins: { temporal },
    settings: { temporal: { filePatterns: { workflow: ['workflows/**'] } } },
    rules: {
      'no-restricted-globals': ['error', ...sandboxGlobals],
      ...rulesOf(/^(workflow-|no-temporal|task-queue)/),
    },
  },
  {
    files: ['activities/**/*.ts'],
    ignores: tests,
    plugins: { temporal },
    settings: { temporal: { filePatterns: { activity: ['activities/**'] } } },
    rules: rulesOf(/^(activity-|no-temporal|task-queue)/),
  },
  {
    // Where a process begins, and the tools around the product.
    files: ['**/main.ts', 'platform/tools/**', 'cli/**', 'bench/**', 'dev/**', '*.config.ts'],
    rules: { 'no-restricted-properties': 'off', 'no-console': 'off' },
  },
  {
    files: ['*.config.ts', '*.config.js', '.*.cjs', '**/vite.config.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        module: 'writable',
        URL: 'readonly',
        setTimeout: 'readonly',
      },
    },
  },
  {
    files: tests,
    rules: {
      // A describe block holds many tests; each test is short by its own name.
      'max-lines-per-function': 'off',
      // Doubles and matchers of the test runner are untyped at their edges.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
      // Service tests find their engines by the environment.
      'no-restricted-properties': 'off',
    },
  },
)
