import { existsSync } from 'node:fs'
import { defineConfig, devices } from '@playwright/test'

/** A stack of its own beside one that a developer may have running. */
const base = Number(process.env['E2E_PORT_BASE'] ?? 24_700)
const dataFolder = process.env['E2E_DATA'] ?? '.data/e2e'

/**
 * Chromium of the system: `CHROMIUM`, else where distributions put it. Nothing is downloaded. Where there is none, the
 * path is one whose absence explains itself: `npm run check` reads this file too and needs no browser.
 */
function chromium(): string {
  const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  const found = process.env['CHROMIUM'] ?? places.find((path) => existsSync(path))
  return found ?? '/no-chromium-found/install-it-or-set-CHROMIUM-to-its-path'
}

export default defineConfig({
  testMatch: '**/*.e2e.ts',
  testIgnore: ['**/node_modules/**', 'dist/**', '.data/**'],
  outputDir: 'test-results/e2e',
  // Journeys share one stack and one demo organisation; each uses people of its own (people.ts).
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env['CI']),
  // A journey that passes only the second time is a fault.
  retries: 0,
  // Limits end what hangs and measure nothing: a machine under load may take many times as long.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    baseURL: `http://localhost:${base}`,
    actionTimeout: 60_000,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium(),
      args: [
        // Chromium refuses its sandbox to root only.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    // Journeys whose title says so run on a phone as well, or there only; in the dark, since phones often are.
    {
      name: 'desktop',
      grepInvert: /@phone-only/,
      use: { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } },
    },
    {
      name: 'phone',
      grep: /@phone/,
      use: { ...devices['Pixel 7'], viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
    },
  ],
  webServer: {
    command: 'exec node --import tsx dev/stack/start.ts',
    url: `http://127.0.0.1:${base + 70}/health/ready`,
    // Journeys give the address from which a participant comes; only this machine is believed.
    env: { PORT_BASE: String(base), COUNTERSIGN_DATA: dataFolder, TRUSTED_PROXIES: '127.0.0.1/32,::1/128' },
    reuseExistingServer: !process.env['CI'],
    timeout: 240_000,
    stdout: 'ignore',
    stderr: 'pipe',
    gracefulShutdown: { signal: 'SIGINT', timeout: 30_000 },
  },
})
