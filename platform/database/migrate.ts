import knex, { type Knex } from 'knex'
import { assertSameSteps, keepChecksum, readApplied, repeated } from './migration-checksums.ts'
import { explained } from './migration-failure.ts'
import { privilegeStatements } from './privileges/privileges.ts'
import { type Migration, migrations } from './schema/index.ts'
import { dropFormerArguments, letNextRunReplace, runSql, writeFunctions } from './write-functions.ts'

/** Only one migration runs at a time in a database; the others wait for it and then find nothing to do. */
const migrationLock = 7_301_944

/** Months that exist in advance; the worker's daily run keeps them coming. */
const monthsAhead = 3

/** An explicit list: names without extension, so that source and bundle agree. */
const source: Knex.MigrationSource<Migration> = {
  getMigrations: () => Promise.resolve([...migrations]),
  getMigrationName: (migration) => migration.name,
  getMigration: ({ name, sql }) =>
    Promise.resolve({
      up: (trx) =>
        explained(`Migration ${name}`, async () => {
          await runSql(trx, sql)
          await keepChecksum(trx, name)
        }),
      down: () => Promise.reject(new Error('Migrations only go forward.')),
    }),
}

/** Knex prints the whole SQL of a step that fails, before the error reaches us. */
const silent = () => undefined
const log: Knex.Logger = { warn: silent, error: silent, deprecate: silent, debug: silent }

/**
 * Brings a database to the newest form, in one transaction: steps that are missing, all functions, row-level security on every
 * tenant table, partitions, and the privileges of `role-matrix.ts`. Running it again changes nothing.
 * @param url address of the database's owner: a superuser, or a role with CREATEROLE and BYPASSRLS
 * @throws MigrationError when another version wrote the database; StepError when the database refuses, and then
 * the run is rolled back whole
 */
export async function migrate(url: string): Promise<void> {
  const connection = { connectionString: url, application_name: 'countersign-migrate' }
  const database = knex({ client: 'pg', connection, pool: { min: 0, max: 1 }, log })
  try {
    await explained('Reaching the database', () => database.raw('select 1'))
    await database.transaction(async (trx) => {
      await trx.raw('select pg_advisory_xact_lock(?)', [migrationLock])
      assertSameSteps(await explained('Reading what was migrated before', () => readApplied(trx)))
      // Tables name functions, and functions name tables: their bodies are looked at once the tables are there.
      await explained('Writing the functions', () => writeFunctions(trx, 'off'))
      const config: Knex.MigratorConfig = { migrationSource: source, tableName: 'schema_migrations' }
      // Nobody else can be migrating now: a mark that is still there was left by a run that died.
      await trx.migrate.forceFreeMigrationsLock(config)
      await trx.migrate.latest(config)
      await explained('What follows the migrations (functions, partitions, privileges)', () => settle(trx))
    })
  } finally {
    await database.destroy()
  }
}

/** These hold after any set of steps. */
async function settle(trx: Knex.Transaction): Promise<void> {
  await writeFunctions(trx, 'on')
  await dropFormerArguments(trx)
  await trx.raw('select secure_tenant_tables()')
  await trx.raw('select ensure_partitions(?)', [monthsAhead])
  await runSql(trx, privilegeStatements())
  await letNextRunReplace(trx)
  await keepChecksum(trx, repeated)
}
