import { databaseRoles, functionCallers, functionOwners, roleMatrix } from './role-matrix.ts'
import type { Columns, TablePrivileges } from './role-matrix.ts'

const privileges = ['select', 'insert', 'update', 'delete'] as const

const clause = (privilege: string, columns: Columns): string =>
  columns === 'all' ? privilege : `${privilege} (${columns.join(', ')})`

const grantOn = (role: string, table: string, granted: TablePrivileges): string =>
  `grant ${privileges
    .flatMap((privilege) => {
      const columns = granted[privilege]
      return columns === undefined ? [] : [clause(privilege, columns)]
    })
    .join(', ')} on ${table} to ${role}`

/** Takes from PUBLIC what PostgreSQL gives by itself, for functions of ours (not those of extensions). */
const closeFunctions = `do $$
declare f regprocedure;
begin
  for f in
    select p.oid from pg_proc p where p.pronamespace = 'public'::regnamespace
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  loop
    execute format('revoke execute on routine %s from public, ${databaseRoles.join(', ')}', f);
  end loop;
end $$`

/** Hands functions to the role they run as, which may create nothing itself. */
const handOver = ([role, functions]: readonly [string, readonly string[]]): readonly string[] => [
  `grant ${role} to current_user`,
  `grant create on schema public to ${role}`,
  ...functions.map((name) => `alter function ${name} owner to ${role}`),
  `revoke create on schema public from ${role}`,
]

/** The statements that make the database's privileges equal to the matrix, whatever they were before. */
export function privilegeStatements(): string {
  const statements = [
    ...Object.entries(functionOwners).flatMap(handOver),
    'revoke create on schema public from public',
    `revoke all on all tables in schema public from public, ${databaseRoles.join(', ')}`,
    `revoke all on all sequences in schema public from public, ${databaseRoles.join(', ')}`,
    `grant usage on schema public to ${databaseRoles.join(', ')}`,
    ...databaseRoles.flatMap((role) =>
      Object.entries(roleMatrix[role]).map(([table, granted]) => grantOn(role, table, granted)),
    ),
    closeFunctions,
    ...Object.entries(functionCallers).map(
      ([name, roles]) => `grant execute on function ${name} to ${roles.join(', ')}`,
    ),
  ]
  return `${statements.join(';\n')};\n`
}
