import { availableParallelism } from 'node:os'
import solid from 'vite-plugin-solid'
import { defineConfig, type TestProjectConfiguration } from 'vitest/config'

/** Folders whose files are never tests: built, installed or generated. */
const notOurs = ['**/node_modules/**', 'dist/**', '.data/**', '.cache/**', 'coverage/**']

/** The console and whole pages of it, mounted with answers of the API; `npm test` runs them, and `npm run check` does not. */
const pageTests = ['console/console-app.test.tsx', 'console/pages/**/*.test.tsx']

/** Components run in an emulated DOM; everything else runs in plain Node. */
const componentTests = ['console/**/*.test.tsx', 'portal/**/*.test.tsx', 'platform/ui/**/*.test.tsx']

/**
 * These tests take seconds and need no service: properties of the policy, recorded histories, contract suites, pages mounted a
 * hundred times. `npm test` runs it, and `npm run check` does not.
 */
const longTests = ['**/*.long.test.ts', '**/*.property.test.ts']
const longComponentTests = ['**/*.long.test.tsx']

/** These limits end what hangs and measure nothing: a machine under load may take twenty times as long. */
const onlyHanging = { testTimeout: 120_000, hookTimeout: 120_000 }

/** CI reads which tests failed from a file. */
const report = process.env['VITEST_REPORT']

/** Least share that tests must reach, per cent. Branches outside the domain are below it still. */
const floor = { statements: 90, functions: 90, lines: 90 }

/** Tests of components. One document for many files: each of its own would cost more than its tests. The set-up file leaves it clean. */
const components = (name: string, include: string[], exclude: string[]): TestProjectConfiguration => ({
  extends: true,
  plugins: [solid({ hot: false })],
  test: {
    name,
    isolate: false,
    // After the unit tests: a process that changes between projects begins anew.
    sequence: { groupOrder: 1 },
    environment: 'jsdom',
    setupFiles: ['platform/ui/testing/document.ts'],
    include,
    exclude: [...notOurs, ...exclude],
  },
})

export default defineConfig({
  test: {
    reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
    // Temporal's native module crashes under worker threads; one process per file is the only safe pool.
    pool: 'forks',
    // Tests wait for engines half of their time: one process a core, where vitest would leave a core free.
    maxWorkers: Math.max(2, availableParallelism()),
    // Modules are compiled once, and again where their text changes: most tests import most of the product.
    experimental: { fsModuleCache: true, fsModuleCachePath: '.cache/vitest' },
    hookTimeout: 60_000,
    // Property tests take seconds, and other checks run beside them on the same cores.
    testTimeout: 20_000,
    coverage: {
      provider: 'v8',
      // The figures are wanted all the more where a test failed.
      reportOnFailure: true,
      include: ['domain', 'activities', 'api', 'analytics', 'services', 'platform'].map(
        (name) => `${name}/**/*.ts`,
      ),
      exclude: [
        '**/*.test.ts',
        '**/testing/**',
        '**/histories/**',
        // Spoken with real servers alone: npm run test:directories counts them, and holds them to the same floor.
        'activities/directory/{ldap,keycloak}/**',
      ],
      reporter: [['text', { skipFull: true }], 'text-summary', 'json-summary'],
      // Rules are covered to the last branch, by unit tests alone; the rest by all tests together.
      thresholds: {
        'domain/**': { branches: 100 },
        'activities/**': floor,
        'api/**': floor,
      },
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // Unit tests share nothing but modules; a fresh module graph for each file would cost half of their time.
          isolate: false,
          environment: 'node',
          include: ['**/*.test.ts'],
          exclude: [...notOurs, ...longTests, '**/*.it.test.ts', '**/*.directory.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'long',
          isolate: false,
          environment: 'node',
          include: longTests,
          exclude: notOurs,
          ...onlyHanging,
        },
      },
      components('dom', componentTests, [...longComponentTests, ...pageTests]),
      components('pages', pageTests, longComponentTests),
      {
        extends: true,
        plugins: [solid({ hot: false })],
        test: {
          name: 'dom-long',
          environment: 'jsdom',
          setupFiles: ['platform/ui/testing/document.ts'],
          include: longComponentTests,
          exclude: notOurs,
        },
      },
      {
        extends: true,
        test: {
          name: 'it',
          // Each file has a database and task queues of its own; a fresh module graph as well would cost two fifths of the time.
          isolate: false,
          sequence: { groupOrder: 2 },
          // They wait for Temporal and PostgreSQL more than they compute.
          maxWorkers: 2 * Math.max(2, availableParallelism()),
          environment: 'node',
          include: ['**/*.it.test.ts'],
          exclude: notOurs,
          globalSetup: ['dev/stack/testing/stack.ts'],
          ...onlyHanging,
          // Only where the coverage of the workflows is asked for (workflows/testing/coverage.ts).
          setupFiles: process.env['WORKFLOW_COUNTS'] === undefined ? [] : ['workflows/testing/count.ts'],
        },
      },
    ],
  },
})
