/** All functions of the schema, written anew: PostgreSQL replaces most of them, and the others go first. */
import type { Knex } from 'knex'
import { functions } from './schema/index.ts'

/** Runs SQL as written: a question mark in it is no parameter. */
export const runSql = (trx: Knex, sql: string): Promise<unknown> => trx.raw(sql.replaceAll('?', '\\?'))

const names = [...functions.matchAll(/^create or replace function (\w+)/gm)].map(
  ([, name]) => `'${name ?? ''}'`,
)

/** Does something for each function that has a name of ours. */
const forEach = (which: string, statement: string): string => `do $$
declare f regprocedure;
begin
  for f in
    select p.oid from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.proname in (${names.join(', ')}) and ${which}
  loop
    execute format('${statement}', f);
  end loop;
end $$`

/** Functions that no policy, trigger or other object needs. */
const dropLoose = forEach(
  "not exists (select from pg_depend d where d.refclassid = 'pg_proc'::regclass and d.refobjid = p.oid)",
  'drop function %s',
)

/** A result of another type, or other names of parameters, than the function has that is to be replaced. */
const isOtherForm = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '42P13'

/**
 * Writes them all.
 * @param bodies whether their bodies are looked at: not before the tables are there that they name
 */
export async function writeFunctions(trx: Knex.Transaction, bodies: 'on' | 'off'): Promise<void> {
  const statements = `set local check_function_bodies = ${bodies}; ${functions}`
  await trx
    .transaction((savepoint) => runSql(savepoint, statements))
    .catch(async (error: unknown) => {
      if (!isOtherForm(error)) throw error
      await runSql(trx, dropLoose)
      await runSql(trx, statements)
    })
}

/**
 * A function whose arguments changed is another function to PostgreSQL, beside the one before: functions older than this
 * transaction go.
 */
export const dropFormerArguments = (trx: Knex.Transaction): Promise<unknown> =>
  runSql(trx, forEach('age(p.xmin) > 0', 'drop function %s'))

/**
 * A login that replaces a function must be allowed to call it, and privileges take that from everybody, its own owner
 * included. A superuser needs no such thing.
 */
export const letNextRunReplace = (trx: Knex.Transaction): Promise<unknown> =>
  runSql(
    trx,
    forEach(
      "pg_has_role(p.proowner, 'usage') and not has_function_privilege(p.oid, 'execute')",
      'grant execute on function %s to current_user',
    ),
  )
