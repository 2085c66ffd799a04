/**
 * API and worker use the same words when they cannot start, and when they run and are not ready, each a line of JSON.
 */
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { until } from '#activities/testing/until.ts'
import { pickFreePort } from '#dev/stack/ports.ts'
import type { Environment } from './config.ts'
import { useDatabase } from '../database/testing/open.ts'
import { createKeyFiles, type KeyFiles } from '../crypto/key-files.ts'
import { listenSilently, useProcess, type RunningProcess } from '../testing/run-process.ts'

const database = useDatabase()
const start = { api: useProcess('api'), worker: useProcess('worker') }
const folder = mkdtempSync(join(tmpdir(), 'countersign-start-'))
const kinds = ['api', 'worker'] as const
type Kind = (typeof kinds)[number]
const nameOf = { api: 'API', worker: 'worker' } as const
let files: KeyFiles
const silent: Awaited<ReturnType<typeof listenSilently>>[] = []

beforeAll(async () => {
  files = createKeyFiles(join(folder, 'keys'))
  for (const app of ['console', 'portal']) {
    mkdirSync(join(folder, 'static', app), { recursive: true })
    writeFileSync(join(folder, 'static', app, 'index.html'), '<!doctype html><title>page</title>')
  }
  silent.push(await listenSilently())
})
afterAll(async () => {
  for (const server of silent) await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const environmentOf = async (kind: Kind): Promise<Environment> => {
  const [metrics, console, portal] = [await pickFreePort(), await pickFreePort(), await pickFreePort()]
  return {
    NODE_ENV: 'test',
    DATABASE_URL: database.addresses[kind === 'api' ? 'apiUrl' : 'workerUrl'],
    CLICKHOUSE_URL: inject('clickhouseUrl'),
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    TEMPORAL_NAMESPACE: inject('temporalNamespace'),
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'Help desk <helpdesk@example.org>',
    OIDC_ISSUER: 'http://127.0.0.1:1',
    OIDC_ALLOW_HTTP: 'true',
    OIDC_CLIENT_ID: 'console',
    OIDC_CLIENT_SECRET: 'console',
    CONSOLE_URL: 'http://localhost:3700',
    PORTAL_URL: 'http://127.0.0.1:3710',
    KEY_FILE: files[kind],
    DATA_DIR: folder,
    STATIC_DIR: join(folder, 'static'),
    WORKFLOW_BUNDLE: inject('workflowBundle'),
    METRICS_PORT: String(metrics),
    CONSOLE_PORT: String(console),
    PORTAL_PORT: String(portal),
  }
}
const children: RunningProcess['child'][] = []
// One that a failed test left behind.
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})
const run = async (kind: Kind, change: Environment = {}) => {
  const started = start[kind]({ ...(await environmentOf(kind)), ...change })
  children.push(started.child)
  return started
}

const addressWith = (url: string, change: (address: URL) => void): string => {
  const address = new URL(url)
  change(address)
  return address.href
}

describe.each(kinds)('M2: what the %s says when it cannot start', (kind) => {
  const other = kind === 'api' ? 'worker' : 'api'
  const hostOf = () => new URL(database.addresses.ownerUrl).host

  const faults: readonly (readonly [string, () => Environment, (env: Environment) => string])[] = [
    [
      'a key file that is missing',
      () => ({ KEY_FILE: join(folder, 'none') }),
      () => 'KEY_FILE names a file that does not exist or cannot be read.',
    ],
    [
      'the other process’s key file',
      () => ({ KEY_FILE: files[other] }),
      () => `KEY_FILE names the key file of the ${nameOf[other]}, not of the ${nameOf[kind]}.`,
    ],
    [
      'a key file that everybody can read',
      () => {
        const open = join(folder, `open-${kind}.json`)
        copyFileSync(files[kind], open)
        chmodSync(open, 0o644)
        return { KEY_FILE: open }
      },
      () => 'KEY_FILE names a file that every user can open; make it private with: chmod o-rwx.',
    ],
    [
      'a database that is absent',
      () => ({
        DATABASE_URL: addressWith(database.addresses.apiUrl, (url) => (url.pathname = '/absent')),
      }),
      () => `The PostgreSQL at ${hostOf()} has no database absent: create it, or correct DATABASE_URL.`,
    ],
    [
      'a user whom the database refuses',
      () => ({
        DATABASE_URL: addressWith(database.addresses.apiUrl, (url) => (url.username = 'nobody_here')),
      }),
      () => `The PostgreSQL at ${hostOf()} refuses the user or password of DATABASE_URL.`,
    ],
    [
      'a database that is away',
      () => ({ DATABASE_URL: 'postgres://a:secret-word@127.0.0.1:1/a' }),
      () => 'DATABASE_URL names 127.0.0.1:1, where no PostgreSQL answers (ECONNREFUSED).',
    ],
    [
      'a database that never answers',
      () => ({
        DATABASE_URL: `postgres://a:secret-word@127.0.0.1:${String(silent[0]?.port)}/a`,
      }),
      () => `DATABASE_URL names 127.0.0.1:${String(silent[0]?.port)}, where no PostgreSQL answers.`,
    ],
    [
      'I4: the database’s owner',
      () => ({ DATABASE_URL: database.addresses.ownerUrl }),
      () =>
        `DATABASE_URL names the role ${new URL(database.addresses.ownerUrl).username}, which is a superuser, so that row-level security does not hold it: name countersign_${kind}.`,
    ],
    [
      'a namespace that is not there',
      () => ({ TEMPORAL_NAMESPACE: 'absent' }),
      () =>
        `The Temporal server at ${inject('temporalAddress')} has no namespace absent: create it, or correct TEMPORAL_NAMESPACE.`,
    ],
    [
      'a misspelt variable',
      () => ({ KEYFILE: 'x' }),
      () => 'KEYFILE is not a variable of Countersign: KEY_FILE is.',
    ],
  ]
  it.each(faults)('%s', async (_title, change, sentence) => {
    const env = { ...(await environmentOf(kind)), ...change() }
    const started = start[kind](env)
    expect(await started.ended).toBe(1)
    const errors = started.lines().filter(({ level }) => level === 'error')
    expect(errors.map(({ message }) => message)).toEqual([
      `The ${nameOf[kind]} cannot go on: ${sentence(env)}`,
    ])
    expect(started.text()).not.toMatch(/secret-word/)
  })

  it('a port that is taken, with its variable', async () => {
    const taken = createServer()
    const port = await pickFreePort()
    await new Promise<void>((resolve) => taken.listen(port, '127.0.0.1', resolve))
    const started = await run(kind, { METRICS_PORT: String(port) })
    expect(await started.ended).toBe(1)
    expect(started.lines().map(({ message }) => message)).toContain(
      `The ${nameOf[kind]} cannot go on: Port ${String(port)} (METRICS_PORT) is taken.`,
    )
    taken.close()
  })

  it('each thing that is wrong with the settings, in a line of its own', async () => {
    const started = await run(kind, { KEY_FILE: '', PORTAL_URL: 'ftp://a' })
    expect(await started.ended).toBe(1)
    expect(started.lines().map(({ message }) => message)).toEqual([
      `The ${nameOf[kind]} cannot go on: PORTAL_URL must be an address that begins with https:// or http://.`,
      `The ${nameOf[kind]} cannot go on: KEY_FILE is missing.`,
    ])
  })
})

describe('a process that runs and is not ready', () => {
  it.each(kinds)('the %s on a database as the other’s role', async (kind) => {
    const url = database.addresses[kind === 'api' ? 'workerUrl' : 'apiUrl']
    const started = await run(kind, { DATABASE_URL: url, LOG_LEVEL: 'warn' })
    await until(async () => (await started.ready()).status === 503)
    expect((await started.ready()).parts).toMatchObject({ database: 'database_role' })
    expect(started.lines()).toContainEqual(
      expect.objectContaining({ level: 'warn', reason: 'database_role' }),
    )
    started.child.kill('SIGTERM')
    await started.ended
    started.lines()
  })

  it('the API without the pages of the portal', async () => {
    const started = await run('api', { STATIC_DIR: folder })
    await until(async () => (await started.ready()).status === 503)
    expect((await started.ready()).parts).toMatchObject({ pages: 'static_files_missing/console/portal' })
    started.child.kill('SIGTERM')
    expect(await started.ended).toBe(0)
    expect(started.text()).not.toContain('[withheld]')
  })

  it.each(['refuses', 'never answers'])(
    'N8: the API starts and is ready where Temporal %s; every line is JSON',
    async (how) => {
      const address = how === 'refuses' ? '127.0.0.1:1' : `127.0.0.1:${String(silent[0]?.port)}`
      const started = await run('api', { TEMPORAL_ADDRESS: address })
      await until(async () => (await started.ready()).status === 200)
      expect((await started.ready()).parts).toMatchObject({ temporal: 'no_answer', database: 'ready' })
      const hasSaid = () => started.lines().some(({ message }) => message === 'Temporal does not answer yet')
      await until(() => Promise.resolve(hasSaid()))
      started.child.kill('SIGTERM')
      expect(await started.ended).toBe(0)
      started.lines()
      expect(started.text()).not.toContain(address)
    },
  )
})
