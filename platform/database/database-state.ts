/** Checks if the database belongs to this build, and if a process is there as its own role. */
import type { Db } from './connect.ts'
import { repeated } from './migration-checksums.ts'
import { repeatedChecksum, stepChecksums } from './schema/checksums.ts'
import { outsideTenants } from './transaction.ts'

/** The lack of the database; null: none. */
export type DatabaseLack = {
  readonly reason:
    | 'schema_missing'
    | 'schema_older'
    | 'schema_newer'
    | 'schema_differs'
    | 'functions_differ'
    | 'database_role'
}

type LoginState = {
  readonly role: string
  readonly isSuperuser: boolean
  readonly seesAll: boolean
  readonly isOwner: boolean
  readonly roles: readonly string[]
  readonly isMigrated: boolean
}

const readLoginState = async (db: Db): Promise<LoginState | undefined> =>
  outsideTenants(db).one<LoginState>(`
    select current_user::text as role, rolsuper as "isSuperuser", rolbypassrls as "seesAll",
      exists (select from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
        and pg_has_role(current_user, relowner, 'usage')) as "isOwner",
      array(select rolname::text from pg_roles where rolname in ('countersign_api', 'countersign_worker')
        and pg_has_role(current_user, oid, 'usage')) as roles,
      to_regclass('schema_migrations') is not null and to_regclass('schema_checksums') is not null as "isMigrated"
    from pg_roles where rolname = current_user`)

/**
 * One sentence on why no process of ours may run as this role, or undefined: row-level security does not hold it, nor does what
 * can only be added to the audit (I4, G3).
 */
export const problemOfRole = async (db: Db, process: 'api' | 'worker'): Promise<string | undefined> => {
  const login = await readLoginState(db)
  if (login === undefined) return undefined
  const { role, isSuperuser, seesAll, isOwner } = login
  const what = isSuperuser
    ? 'is a superuser'
    : seesAll
      ? 'has BYPASSRLS'
      : isOwner
        ? 'owns tables'
        : undefined
  return what === undefined
    ? undefined
    : `DATABASE_URL names the role ${role}, which ${what}, so that row-level security does not hold it: name countersign_${process}.`
}

const schemaLack = async (db: Db): Promise<DatabaseLack['reason'] | null> => {
  const applied = await outsideTenants(db).query<{ name: string; checksum: string | null }>(
    `select name, checksum from schema_migrations left join schema_checksums using (name)
     union all select name, checksum from schema_checksums where name = $1`,
    [repeated],
  )
  const found = new Map(applied.map(({ name, checksum }) => [name, checksum]))
  const written = found.get(repeated)
  found.delete(repeated)
  const steps = [...found]
  if (steps.some(([name, checksum]) => name in stepChecksums && stepChecksums[name] !== checksum))
    return 'schema_differs'
  const isWhole = Object.keys(stepChecksums).every((name) => found.has(name))
  const isMore = steps.some(([name]) => !(name in stepChecksums))
  if (!isWhole) return isMore ? 'schema_differs' : 'schema_older'
  if (isMore) return 'schema_newer'
  return written === repeatedChecksum ? null : 'functions_differ'
}

/**
 * Looks again each time. A process that found the database of its build keeps to it when a later build adds steps or writes
 * functions anew: they fit the version before, and an upgrade replaces process after process.
 * @returns `look`, which throws the driver's error where the database does not answer
 */
export const watchDatabase = (db: Db, process: 'api' | 'worker'): (() => Promise<DatabaseLack | null>) => {
  let wasOurs = false
  return async () => {
    const login = await readLoginState(db)
    if (login?.isMigrated !== true) return { reason: 'schema_missing' }
    if (login.roles.length !== 1 || login.roles[0] !== `countersign_${process}`)
      return { reason: 'database_role' }
    const reason = await schemaLack(db)
    if (reason === null) wasOurs = true
    const isLater = reason === 'schema_newer' || reason === 'functions_differ'
    return reason === null || (isLater && wasOurs) ? null : { reason }
  }
}
