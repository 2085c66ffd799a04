import { defineConfig } from '@playwright/test'

/**
 * `npm run test:browser-checks`: what real browsers, driven and not, make the silent checks say. Apart from the
 * journeys: it needs no stack but the built portal, and what it finds changes with the browser, not with our code.
 */
export default defineConfig({
  testDir: 'portal/e2e/checks',
  testMatch: '*.browser.ts',
  outputDir: 'test-results/browser-checks',
  globalSetup: './portal/e2e/checks/build.ts',
  workers: 1,
  forbidOnly: Boolean(process.env['CI']),
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/browser-checks.json' }]],
})
