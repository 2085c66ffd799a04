/** PostgreSQL and Temporal for one bench, in a folder that goes away with it. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cacheFolder, openDataFolder } from '#dev/stack/data-folder.ts'
import { type DatabaseLogins, openDatabaseLogins } from '#dev/stack/engines/database-logins.ts'
import { openSecrets } from '#dev/stack/keys.ts'
import { pickFreePort } from '#dev/stack/ports.ts'
import { startPostgres } from '#dev/stack/engines/postgres.ts'
import { startTemporal } from '#dev/stack/engines/temporal.ts'
import { migrate } from '#platform/database/migrate.ts'

/** Addresses of a migrated database, for its owner and for each process. */
export type Database = DatabaseLogins & { readonly owner: string }

/** Addresses of what a bench runs on. */
export type Servers = { readonly database: Database; readonly temporal: string; readonly namespace: string }

const say = (sentence: string): void => {
  console.error(sentence)
}

/** Runs `work` with a durable PostgreSQL (fsync on) that has our tables and no rows. */
export const withDatabase = async <T>(work: (database: Database) => Promise<T>): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'))
  // PostgreSQL's account must be able to enter it when the bench runs as root.
  chmodSync(folder, 0o755)
  const secrets = openSecrets(folder)
  const postgres = await startPostgres({
    dataDir: join(folder, 'postgres'),
    port: await pickFreePort(),
    mode: 'durable',
    password: secrets.databaseOwner,
  })
  try {
    await migrate(postgres.url)
    return await work({ owner: postgres.url, ...(await openDatabaseLogins(postgres.url, secrets)) })
  } finally {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Runs `work` with a Temporal development server that keeps its cases in memory. */
export const withTemporal = async <T>(work: (address: string) => Promise<T>): Promise<T> => {
  const server = await startTemporal({
    cacheDir: cacheFolder(openDataFolder(process.env['COUNTERSIGN_DATA'])),
    port: await pickFreePort(),
    namespace: 'default',
    notify: say,
  })
  try {
    return await work(server.address)
  } finally {
    await server.stop()
  }
}

/** Runs `work` with both. */
export const withServers = <T>(work: (servers: Servers) => Promise<T>): Promise<T> =>
  withDatabase((database) => withTemporal((temporal) => work({ database, temporal, namespace: 'default' })))
