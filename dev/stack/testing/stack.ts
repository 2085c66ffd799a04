/**
 * Global setup of the tests that need services: starts each engine once per run and hands the addresses on.
 *
 * A test reads them with `inject('databaseUrl')` from vitest. Isolation is the test's own: a database per test process,
 * a random task queue and workflow id per test.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type {} from 'vitest'
import type { TestProject } from 'vitest/node'
import { buildBundle } from '#activities/testing/bundle.ts'
import { startClickHouse } from '../clickhouse/clickhouse.ts'
import { cacheFolder, openDataFolder } from '../data-folder.ts'
import { pickFreePort } from '../ports.ts'
import { startPostgres } from '../engines/postgres.ts'
import { checkNamedTemporal, startTemporal } from '../engines/temporal.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Superuser's address of the database `countersign` in a throw-away cluster (fsync off). */
    databaseUrl: string
    /** `host:port` of a Temporal server with our search attributes; its cases are in memory. */
    temporalAddress: string
    temporalNamespace: string
    /** Address for the official ClickHouse client; `CLICKHOUSE_URL` where set, else the embedded engine. */
    clickhouseUrl: string
    /** File of the workflow bundle, made once for the whole run. */
    workflowBundle: string
  }
}

let stops: (() => Promise<void>)[] = []

/** Starts the engines of a test run, side by side. */
export async function setup(project: TestProject): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-test-'))
  // PostgreSQL's account must be able to enter it when the tests run as root.
  chmodSync(folder, 0o755)
  stops.push(() => {
    rmSync(folder, { recursive: true, force: true })
    return Promise.resolve()
  })
  const started = await Promise.allSettled([
    givePostgres(project, folder),
    giveTemporal(project),
    giveClickHouse(project, folder),
    giveBundle(project),
  ])
  const failed = started.find((result) => result.status === 'rejected')
  if (!failed) return
  await teardown()
  throw failed.reason
}

/** Ends them in reverse order. */
export async function teardown(): Promise<void> {
  for (const stop of stops.reverse()) await stop()
  stops = []
}

async function givePostgres(project: TestProject, folder: string): Promise<void> {
  const postgres = await startPostgres({
    dataDir: join(folder, 'postgres'),
    port: await pickFreePort(),
    mode: 'test',
  })
  stops.push(() => postgres.stop())
  project.provide('databaseUrl', postgres.url)
}

async function giveTemporal(project: TestProject): Promise<void> {
  const namespace = process.env['TEMPORAL_NAMESPACE'] ?? 'default'
  project.provide('temporalNamespace', namespace)
  const named = process.env['TEMPORAL_ADDRESS']
  if (named) {
    await checkNamedTemporal(named, namespace)
    project.provide('temporalAddress', named)
    return
  }
  const temporal = await startTemporal({
    cacheDir: cacheFolder(openDataFolder(process.env['COUNTERSIGN_DATA'])),
    port: await pickFreePort(),
    namespace,
    notify: (sentence) => {
      console.log(sentence)
    },
  })
  stops.push(() => temporal.stop())
  project.provide('temporalAddress', temporal.address)
}

async function giveBundle(project: TestProject): Promise<void> {
  const path = await buildBundle()
  stops.push(() => {
    rmSync(dirname(path), { recursive: true, force: true })
    return Promise.resolve()
  })
  project.provide('workflowBundle', path)
}

async function giveClickHouse(project: TestProject, folder: string): Promise<void> {
  const named = process.env['CLICKHOUSE_URL']
  if (named) {
    project.provide('clickhouseUrl', named)
    return
  }
  const clickhouse = await startClickHouse({
    dataDir: join(folder, 'clickhouse'),
    port: await pickFreePort(),
  })
  stops.push(() => clickhouse.stop())
  project.provide('clickhouseUrl', clickhouse.url)
}
