/**
 * Global setup of the tests that need services: starts each engine once per run and hands the addresses on.
 *
 * A test reads them with `inject('databaseUrl')` from vitest. Isolation is the test's own: a database per test process,
 * a random task queue and workflow id per test.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { pickFreePort } from '../ports.ts'
import { startPostgres } from '../postgres.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Superuser's address of the database `countersign` in a throw-away cluster (fsync off). */
    databaseUrl: string
  }
}

let stops: (() => Promise<void>)[] = []

/** Starts the engines of a test run. */
export async function setup(project: TestProject): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-test-'))
  // PostgreSQL's account must be able to enter it when the tests run as root.
  chmodSync(folder, 0o755)
  stops.push(() => {
    rmSync(folder, { recursive: true, force: true })
    return Promise.resolve()
  })
  const postgres = await startPostgres({
    dataDir: join(folder, 'postgres'),
    port: await pickFreePort(),
    mode: 'test',
  })
  stops.push(() => postgres.stop())
  project.provide('databaseUrl', postgres.url)
}

/** Ends them in reverse order. */
export async function teardown(): Promise<void> {
  for (const stop of stops.reverse()) await stop()
  stops = []
}
