/** Global setup of the tests against real servers: installs those that are missing, by apt and pip, and starts PostgreSQL. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { installPrograms, keycloakPrograms, sambaPrograms, slapdPrograms } from '../directories/install.ts'
import { cacheFolder, openDataFolder } from '../data-folder.ts'
import { installPrivacyIdea } from '../directories/privacyidea.ts'
import { pickFreePort } from '../ports.ts'
import { startPostgres } from '../engines/postgres.ts'
import type {} from './stack.ts'

/** Makes ready what the tests need, and gives what ends it. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const notify = (sentence: string): void => void process.stdout.write(`${sentence}\n`)
  installPrograms({ ...slapdPrograms, ...sambaPrograms, ...keycloakPrograms }, notify)
  await installPrivacyIdea(cacheFolder(openDataFolder(process.env['COUNTERSIGN_DATA'])), notify)
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
