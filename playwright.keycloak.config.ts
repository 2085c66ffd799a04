import { defineConfig } from '@playwright/test'
import journeys from './playwright.config.ts'

/**
 * `npm run test:e2e:keycloak`: the main job over a real Keycloak under the whole product. Apart from the others: Keycloak is
 * fetched, and the data folder is one of its own, since people of `lab` move into the realm.
 */
// Workers read the same name (support/stack.ts), and know nothing of this file.
const data = (process.env['E2E_DATA'] ??= '.data/e2e-keycloak')
const base = Number(process.env['E2E_PORT_BASE'] ?? 24_700)

export default defineConfig({
  ...journeys,
  testMatch: '**/*.e2e-keycloak.ts',
  workers: 1,
  outputDir: 'test-results/e2e-keycloak',
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e-keycloak.json' }]],
  projects: [{ name: 'desktop', use: { viewport: { width: 1440, height: 900 } } }],
  webServer: {
    command: 'exec node --import tsx dev/stack/start.ts --directory keycloak',
    url: `http://127.0.0.1:${String(base + 70)}/health/ready`,
    env: {
      PORT_BASE: String(base),
      COUNTERSIGN_DATA: data,
      TRUSTED_PROXIES: '127.0.0.1/32,::1/128',
    },
    reuseExistingServer: !process.env['CI'],
    // The first start fetches the server and fills it; on slow cores beside other work that takes five minutes.
    timeout: 900_000,
    stdout: 'ignore',
    stderr: 'pipe',
    gracefulShutdown: { signal: 'SIGINT', timeout: 30_000 },
  },
})
