import { expect, it } from 'vitest'
import { databaseRoles, functionCallers, type Columns, roleMatrix } from './role-matrix.ts'
import { useDatabase } from '../testing/open.ts'

const database = useDatabase()
const privileges = ['select', 'insert', 'update', 'delete'] as const

/** Nobody but the migrator looks at them. */
const ofTheMigrator = ['schema_migrations_lock']

type Column = { table: string; column: string }

it('I4: the matrix names every table, and no table that is not there', async () => {
  const tables = await database.owner.query<{ name: string }>(`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm') and not relispartition order by 1`)
  const known = new Set([
    ...ofTheMigrator,
    ...Object.values(roleMatrix).flatMap((grants) => Object.keys(grants)),
  ])
  expect(tables.map(({ name }) => name)).toEqual([...known].sort())
})

it('each role × table × privilege × column is as the matrix says', async () => {
  const columns = await database.owner.query<Column>(`
    select c.relname as table, a.attname as column from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped`)
  const cells = databaseRoles.flatMap((role) =>
    columns.flatMap(({ table, column }) =>
      privileges.map((privilege) => ({ role, table, column, privilege })),
    ),
  )
  expect(cells.length).toBeGreaterThan(5_000)
  // A right to delete is of the whole table; the others may be of a column.
  const found = await database.owner.query<{ has: boolean }>(
    `select case when c.privilege = 'delete' then has_table_privilege(c.role, c.tab, 'delete')
       else has_column_privilege(c.role, c.tab, c.col, c.privilege) end as has
     from unnest($1::text[], $2::text[], $3::text[], $4::text[]) with ordinality c (role, tab, col, privilege, place)
     order by place`,
    [
      cells.map(({ role }) => role),
      cells.map(({ table }) => table),
      cells.map(({ column }) => column),
      cells.map(({ privilege }) => privilege),
    ],
  )
  const covers = (columns: Columns | undefined, column: string) =>
    columns === 'all' || (columns?.includes(column) ?? false)
  const wrong = cells.filter(
    ({ role, table, column, privilege }, index) =>
      covers(roleMatrix[role][table]?.[privilege], column) !== found[index]?.has,
  )
  expect(wrong).toEqual([])
})

it('I4: no role has a right beyond these, on any table', async () => {
  const beyond = await database.owner.query(
    `select role, c.relname, p from unnest($1::text[]) role, pg_class c, unnest(array['truncate', 'references', 'trigger']) p
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and has_table_privilege(role, c.oid, p)`,
    [databaseRoles],
  )
  expect(beyond).toEqual([])
})

it('each function of ours may be called by those the matrix names, and by nobody else', async () => {
  const rows = await database.owner.query<{ name: string; role: string; may: boolean }>(
    `select p.proname as name, role, has_function_privilege(role, p.oid, 'execute') as may
     from pg_proc p, unnest($1::text[]) role
     where p.pronamespace = 'public'::regnamespace
       and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`,
    [databaseRoles],
  )
  const wrong = rows.filter(
    ({ name, role, may }) => may !== (functionCallers[name]?.some((caller) => caller === role) ?? false),
  )
  expect(wrong).toEqual([])
  expect(new Set(rows.map(({ name }) => name))).toEqual(
    new Set([...rows.map(({ name }) => name), ...Object.keys(functionCallers)]),
  )
})

it('functions that run as another role have a pinned search path', async () => {
  const open = await database.owner.query(`
    select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef
      and not exists (select from unnest(proconfig) c where c like 'search_path=%' and c like '%pg_temp')`)
  expect(open).toEqual([])
})

it('functions that run as another role run as one of ours; one, which creates tables, as the owner of these', async () => {
  const others = await database.owner.query<{ name: string }>(
    `select proname as name from pg_proc
     where pronamespace = 'public'::regnamespace and prosecdef and proowner::regrole::text <> all ($1)`,
    [databaseRoles],
  )
  expect(others).toEqual([{ name: 'ensure_partitions' }])
})

it('no role may act as another, and none may create anything', async () => {
  const found = await database.owner.query(
    `select one, other from unnest($1::text[]) one, unnest($1::text[]) other where one <> other and pg_has_role(one, other, 'member')`,
    [databaseRoles],
  )
  expect(found).toEqual([])
  for (const db of [database.api, database.worker]) {
    await expect(db.pool.query('create table public.x (y int)')).rejects.toThrow(/permission denied/)
    await expect(db.pool.query('set role countersign_resolver')).rejects.toThrow(/permission denied/)
  }
})

it('D16: no process of ours gives anybody a role, adds a member of staff or brings one back', async () => {
  const may = await database.owner.query<{ role: string; what: string }>(
    `select r.rolname as role, c.what from pg_roles r cross join (values ('role'), ('disabled_at'), ('subject')) c (what)
     where r.rolname like 'countersign\\_%' and has_column_privilege(r.rolname, 'staff', c.what, 'update')
     union all select rolname, 'insert' from pg_roles
     where rolname like 'countersign\\_%' and has_table_privilege(rolname, 'staff', 'insert')`,
  )
  expect(may).toEqual([])
})
