/** Compares the rows of an import with the known facts, and makes them facts. */
import type { Tx } from '#platform/database/transaction.ts'

/** A fact as a row says it. */
export type StagedFact = {
  readonly line: number
  readonly family: string
  readonly personId: string
  readonly key: string
  readonly value: string
  readonly validFrom: Date | null
}

/** Keeps facts of rows that passed. */
export const stageFacts = async (tx: Tx, importId: string, facts: readonly StagedFact[]): Promise<void> => {
  if (facts.length === 0) return
  await tx.run(
    `insert into import_rows (tenant_id, import_id, line, family, person_id, key, value, valid_from)
     select $1, $2, r.line, r.family, r."personId", r.key, r.value, r."validFrom"
     from jsonb_to_recordset($3::jsonb) r
       (line integer, family text, "personId" uuid, key text, value text, "validFrom" timestamptz)`,
    [tx.tenantId, importId, JSON.stringify(facts)],
  )
}

/** Throws away an import's rows. */
export const dropRows = async (tx: Tx, importId: string): Promise<void> => {
  await tx.run('delete from import_rows where tenant_id = $1 and import_id = $2', [tx.tenantId, importId])
}

/** Everybody in the directory by each name that a file may use. */
export const readPeopleRefs = (
  tx: Tx,
): Promise<{ id: string; directoryId: string; login: string; email: string }[]> =>
  tx.query(
    `select id, directory_id as "directoryId", login, work_email as email from people
     where tenant_id = $1 and account_state <> 'deleted'`,
    [tx.tenantId],
  )

/**
 * Rows that were written a moment ago are not counted yet, and the planner takes a hundred thousand for a handful: joins
 * of this transaction are made in one go instead of row by row.
 */
const joinInBulk = async (tx: Tx): Promise<void> => {
  await tx.query('set local enable_nestloop = off')
}

/** Lines that say of one person and key what an earlier line does not say; at most `limit`. */
export const conflictingLines = async (
  tx: Tx,
  importId: string,
  limit: number,
): Promise<readonly number[]> => {
  const rows = await tx.query<{ line: number }>(
    `select distinct line from (
       select line, (value, coalesce(valid_from, '-infinity')) is distinct from
         first_value((value, coalesce(valid_from, '-infinity')))
           over (partition by person_id, family, key order by line) as differs
       from import_rows where tenant_id = $1 and import_id = $2) said
     where differs order by line limit $3`,
    [tx.tenantId, importId, limit],
  )
  return rows.map(({ line }) => line)
}

/** Takes out lines that only repeat an earlier one; returns how many. */
export const dropRepeated = async (tx: Tx, importId: string): Promise<number> => {
  await joinInBulk(tx)
  const row = await tx.one<{ lines: number }>(
    `with gone as (
       delete from import_rows r using import_rows earlier
       where r.tenant_id = $1 and r.import_id = $2 and earlier.tenant_id = $1 and earlier.import_id = $2
         and earlier.person_id = r.person_id and earlier.family = r.family and earlier.key = r.key
         and earlier.line < r.line
       returning r.line)
     select count(distinct line) as lines from gone`,
    [tx.tenantId, importId],
  )
  return row?.lines ?? 0
}

/** The key that separates facts of one person and family; the list of families is that of `imports/kinds.ts`. */
const keyOf = (fact: string): string =>
  `case when ${fact}.family in ('device', 'ticket', 'group', 'weekly', 'joined')
    then coalesce(${fact}.value::jsonb ->> 'id', '') else '' end`

/** The effect of an import on the facts that are known. */
export type Comparison = {
  readonly rows: number
  readonly people: number
  readonly added: number
  readonly changed: number
  readonly same: number
  readonly gone: number
  readonly known: number
}

/** Compares an import's rows with the known facts. `families`: the first is the one that is counted. */
export const compareRows = async (
  tx: Tx,
  importId: string,
  families: readonly string[],
): Promise<Comparison> => {
  await joinInBulk(tx)
  const row = await tx.one<Comparison>(
    `with known as materialized (
       select f.id, f.person_id, f.family, f.value, f.valid_from, ${keyOf('f')} as key
       from facts f where f.tenant_id = $1 and f.valid_to is null and f.family = any($3)),
     staged as materialized (
       select line, person_id, family, key, value, valid_from from import_rows where tenant_id = $1 and import_id = $2),
     said as (
       select s.line, s.family, coalesce(bool_or(k.value = s.value and k.valid_from is not distinct from s.valid_from),
           false) as same, bool_or(k.id is not null) as met
       from staged s left join known k on k.person_id = s.person_id and k.family = s.family and k.key = s.key
       group by s.line, s.family),
     lines as (select line, bool_and(same) as same, bool_or(met and family = $4) as met from said group by line)
     select (select count(*) from lines) as rows,
       (select count(distinct person_id) from staged) as people,
       (select count(*) from lines where same) as same,
       (select count(*) from lines where met and not same) as changed,
       (select count(*) from lines where not met and not same) as added,
       (select count(*) from known where family = $4) as known,
       (select count(*) from known k where k.family = $4 and not exists (
          select from staged s where s.person_id = k.person_id and s.family = k.family and s.key = k.key)) as gone`,
    [tx.tenantId, importId, families, families[0]],
  )
  return row ?? { rows: 0, people: 0, added: 0, changed: 0, same: 0, gone: 0, known: 0 }
}

/** Facts written by one statement: all of them together would take longer than a statement may. */
const atOnce = 10_000

/**
 * Former managers and models are kept: a list shows one of them at most, as a trap for people with old knowledge
 * (CHA_CANARY).
 */
const remembered = ['manager', 'device']

const isSaid = (fact: string, row: string): string =>
  `${row}.tenant_id = $1 and ${row}.import_id = $2 and ${row}.person_id = ${fact}.person_id
   and ${row}.family = ${fact}.family and ${row}.value = ${fact}.value
   and ${row}.valid_from is not distinct from ${fact}.valid_from`

/** Makes the facts that a row contradicts, or in `replace` that no row says, things of the past. */
const endFacts = async (
  tx: Tx,
  importId: string,
  families: readonly string[],
  mode: 'replace' | 'merge',
): Promise<void> => {
  const met = `and exists (select from import_rows m where m.tenant_id = $1 and m.import_id = $2
    and m.person_id = f.person_id and m.family = f.family and m.key = ${keyOf('f')})`
  const ended = `select f.id from facts f where f.tenant_id = $1 and f.valid_to is null and f.family = any($3)
    and not exists (select from import_rows r where ${isSaid('f', 'r')}) ${mode === 'merge' ? met : ''}
    limit ${String(atOnce)}`
  const isRemembered = families.some((family) => remembered.includes(family))
  const how = isRemembered ? 'update facts set valid_to = now()' : 'delete from facts'
  const slice = (): Promise<number> =>
    tx.run(`${how} where tenant_id = $1 and id in (${ended})`, [tx.tenantId, importId, families])
  while ((await slice()) >= atOnce);
}

/** Does a statement for some lines after the others; $3 and $4 are the first line and the one after the last. */
const byLines = async (
  tx: Tx,
  importId: string,
  sql: string,
  more: readonly unknown[] = [],
): Promise<void> => {
  const row = await tx.one<{ last: number | null }>(
    'select max(line) as last from import_rows where tenant_id = $1 and import_id = $2',
    [tx.tenantId, importId],
  )
  for (let line = 0; line <= (row?.last ?? -1); line += atOnce)
    await tx.run(sql, [tx.tenantId, importId, line, line + atOnce, ...more])
}

/** Facts that the file says as well are as fresh as the file. */
const renewFacts = (tx: Tx, importId: string): Promise<void> =>
  byLines(
    tx,
    importId,
    `update facts f set read_at = now(), import_id = $2 from import_rows r
     where r.line >= $3 and r.line < $4 and ${isSaid('f', 'r')} and f.tenant_id = $1 and f.valid_to is null`,
  )

const addFacts = (tx: Tx, importId: string, source: string): Promise<void> =>
  byLines(
    tx,
    importId,
    `insert into facts (tenant_id, person_id, family, source, value, valid_from, import_id)
     select $1, r.person_id, r.family, $5, r.value, r.valid_from, $2 from import_rows r
     where r.tenant_id = $1 and r.import_id = $2 and r.line >= $3 and r.line < $4
       and not exists (select from facts f where f.tenant_id = $1 and f.valid_to is null and ${isSaid('f', 'r')})`,
    [source],
  )

/** Imports of one tenant follow each other; facts of one kind never mix. */
export const takeImportTurn = async (tx: Tx): Promise<void> => {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 3))', [`facts/${tx.tenantId}`])
}

/** The facts that an import is about, and how it changes them. */
export type ImportScope = {
  readonly importId: string
  readonly families: readonly string[]
  readonly source: string
  readonly mode: 'replace' | 'merge'
}

/** Makes an import's rows the facts of its families, in this transaction. The same rows again change nothing. */
export const applyRows = async (tx: Tx, { importId, families, source, mode }: ImportScope): Promise<void> => {
  await joinInBulk(tx)
  await renewFacts(tx, importId)
  await endFacts(tx, importId, families, mode)
  await addFacts(tx, importId, source)
}
