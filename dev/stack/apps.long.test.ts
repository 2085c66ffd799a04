import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type RunningApp, startApp } from './apps.ts'
import { pickFreePort } from './ports.ts'

let root: string
let app: RunningApp
let lines: string[]
let crashes: { willRestart: boolean; lastWords: string }[]

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'countersign-apps-'))
  mkdirSync(join(root, 'dist', 'server'), { recursive: true })
  lines = []
  crashes = []
})
afterEach(async () => {
  await app.stop()
  rmSync(root, { recursive: true, force: true })
})

/** A process that prints its pid and environment and says that it is ready. */
const healthy = `
require('node:http').createServer((_, response) => response.end()).listen(process.env.METRICS_PORT, '127.0.0.1')
console.log(JSON.stringify({ pid: process.pid, env: process.env }))`

async function start(script: string): Promise<void> {
  writeFileSync(join(root, 'dist', 'server', 'worker.js'), script)
  // A named part may have a certificate of the organisation's own authority.
  writeFileSync(join(root, 'ca.pem'), rootCertificates[0] ?? '')
  app = startApp({
    kind: 'worker',
    root,
    env: {
      PATH: process.env['PATH'],
      LOG_LEVEL: 'info',
      OIDC_CLIENT_SECRET: 'for the api only',
      NODE_EXTRA_CA_CERTS: join(root, 'ca.pem'),
    },
    metricsPort: await pickFreePort(),
    onLine: (line) => lines.push(line),
    onCrash: (willRestart, lastWords) => crashes.push({ willRestart, lastWords }),
  })
}

function pids(): number[] {
  return lines.map((line) => (JSON.parse(line) as { pid: number }).pid)
}

describe('a process of the product', () => {
  it('gets only the variables that it reads', async () => {
    await start(healthy)
    await app.whenReady()
    expect(lines[0]).toContain('"LOG_LEVEL":"info"')
    expect(lines[0]).not.toContain('OIDC_CLIENT_SECRET')
    expect(lines[0]).toContain('"NODE_EXTRA_CA_CERTS":')
  })

  it('comes back after it was killed', async () => {
    await start(healthy)
    await app.whenReady()
    process.kill(pids()[0] ?? 0, 'SIGKILL')
    await expect.poll(() => pids().length, { timeout: 5000 }).toBe(2)
    expect(crashes).toHaveLength(1)
    await app.stop()
    expect(crashes).toHaveLength(1)
  })

  it('is restarted on request without being reported', async () => {
    await start(healthy)
    await app.whenReady()
    await app.restart()
    await expect.poll(() => pids().length, { timeout: 5000 }).toBe(2)
    expect(crashes).toHaveLength(0)
  })

  it('that ends while starting is named with its last words', async () => {
    await start("console.error('DATABASE_URL is missing'); process.exit(1)")
    await expect(app.whenReady()).rejects.toThrow(/worker ended while starting.*\n.*DATABASE_URL is missing/)
  })
})
