/**
 * `npm run db:reset`: throws away the data of the development stack, so that the next start begins anew. Keys, secrets and
 * what was fetched or compiled stay. A database or store that the environment names is emptied only in development.
 */
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { resetDatabase } from '#platform/database/reset.ts'
import { assertOurs, engineData, openDataFolder } from './data-folder.ts'
import type { Environment } from './engines.ts'
import { endOrphan } from './engines/postgres.ts'
import { preparePostgresProgram } from './engines/postgres-program.ts'
import { takeStartLock } from './start-lock.ts'

/**
 * Resets what the environment describes, as `npm start` would use it.
 * @returns the sentence to show
 * @throws one sentence when a stack is running on the folder, or a named database is not said to be for development
 */
export async function resetStack(env: Environment): Promise<string> {
  const named = env['DATABASE_URL']
  if (named && env['NODE_ENV'] !== 'development')
    throw new Error('DATABASE_URL names a database: set NODE_ENV=development to say that all in it may go.')
  const dataFolder = openDataFolder(env['COUNTERSIGN_DATA'])
  assertOurs(dataFolder)
  const lock = takeStartLock(dataFolder)
  try {
    const { postgres, clickhouse, temporal } = engineData(dataFolder)
    if (named) await resetDatabase(named)
    else await removeCluster(postgres)
    if (!env['CLICKHOUSE_URL']) remove(clickhouse)
    if (!env['TEMPORAL_ADDRESS']) for (const end of ['', '-wal', '-shm']) remove(`${temporal}${end}`)
  } finally {
    lock.release()
  }
  return `The data are gone${named ? '' : ` from ${dataFolder}`}: the next npm start begins anew.`
}

/** The cluster may lie elsewhere than asked (see `postgres-program.ts`), and an orphaned server may hold it. */
async function removeCluster(asked: string): Promise<void> {
  const { dataDir } = preparePostgresProgram(asked)
  await endOrphan(dataDir)
  remove(dataDir)
}

function remove(path: string): void {
  rmSync(path, { recursive: true, force: true })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(await resetStack(process.env))
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
