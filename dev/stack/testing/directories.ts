/** Global setup of the tests against real directories: installs the servers that are missing, by apt, and starts PostgreSQL. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { installPrograms, keycloakPrograms, sambaPrograms, slapdPrograms } from '../directories/install.ts'
import { pickFreePort } from '../ports.ts'
import { startPostgres } from '../engines/postgres.ts'
import type {} from './stack.ts'

/** Makes ready what the tests need, and gives what ends it. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  installPrograms({ ...slapdPrograms, ...sambaPrograms, ...keycloakPrograms }, (sentence) =>
    process.stdout.write(`${sentence}\n`),
  )
  const folder = mkdtempSync(join(tmpdir(), 'countersign-test-'))
  // PostgreSQL's account must be able to enter it when the tests run as root.
  chmodSync(folder, 0o755)
  const port = await pickFreePort()
  const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), port, mode: 'test' })
  project.provide('databaseUrl', postgres.url)
  return async () => {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
