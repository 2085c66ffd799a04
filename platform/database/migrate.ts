import knex, { type Knex } from 'knex'
import { assertSameSteps, keepChecksum, readApplied, repeated } from './migration-checksums.ts'
import { explained } from './migration-failure.ts'
import { privilegeStatements } from './privileges/privileges.ts'
import { functions, type Migration, migrations } from './schema/index.ts'

/** Only one migration runs at a time in a database; the others wait for it and then find nothing to do. */
const migrationLock = 7_301_944

/** Months that exist in advance; the worker's daily run keeps them coming. */
const monthsAhead = 3

/** Runs SQL as it stands: a question mark in it is no parameter. */
const run = (trx: Knex, sql: string): Promise<unknown> => trx.raw(sql.replaceAll('?', '\\?'))

/** An explicit list: names without extension, so that source and bundle agree. */
const source: Knex.MigrationSource<Migration> = {
  getMigrations: () => Promise.resolve([...migrations]),
  getMigrationName: (migration) => migration.name,
  getMigration: ({ name, sql }) =>
    Promise.resolve({
      up: (trx) =>
        explained(`Migration ${name}`, async () => {
          await run(trx, sql)
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
      await explained('Writing the functions', () =>
        run(trx, `${mayReplace}; set local check_function_bodies = off; ${functions}`),
      )
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

/**
 * Whoever replaces a function must be allowed to call it, and the last run took that from the function's own owner. A superuser
 * needs no such thing.
 */
const mayReplace = `do $$
declare f regprocedure;
begin
  for f in
    select oid from pg_proc where pronamespace = 'public'::regnamespace and pg_has_role(proowner, 'usage')
      and not has_function_privilege(oid, 'execute')
  loop
    execute format('grant execute on function %s to current_user', f);
  end loop;
end $$`

/**
 * A function whose arguments changed is another function to PostgreSQL, beside the one before: that one goes. Other functions
 * in the schema stay, since somebody else may have made them; nobody of ours may call them.
 */
const dropFormerArguments = `do $$
declare f regprocedure;
begin
  for f in
    select former.oid from pg_proc former join pg_proc now on now.proname = former.proname
    where former.pronamespace = 'public'::regnamespace and former.xmin <> pg_current_xact_id()::xid
      and now.pronamespace = 'public'::regnamespace and now.xmin = pg_current_xact_id()::xid
  loop
    execute format('drop function %s', f);
  end loop;
end $$`

/** What holds after any set of steps. */
async function settle(trx: Knex): Promise<void> {
  await run(trx, `set local check_function_bodies = on; ${functions}`)
  await run(trx, dropFormerArguments)
  await trx.raw('select secure_tenant_tables()')
  await trx.raw('select ensure_partitions(?)', [monthsAhead])
  await run(trx, privilegeStatements())
  await keepChecksum(trx, repeated)
}
