/** People as a directory's sync writes them, by immutable id. What did not change is not written. */
import { now } from '#platform/database/model.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { PersonRow } from './models.ts'

/** One person as read, in the columns' words. */
export type SyncedPerson = {
  readonly directory_id: string
  readonly directory_handle: string
  readonly login: string
  readonly work_email: string | null
  readonly display_name: string
  readonly given_name: string
  readonly family_name: string
  readonly title: string | null
  readonly department: string | null
  readonly office: string | null
  readonly country: string | null
  readonly language: string | null
  readonly manager_handle: string | null
  readonly account_state: string
  readonly password_changed_at: string | null
}

/** The row of a person. */
export type SyncedRow = { readonly id: string; readonly directoryId: string }

/**
 * Before each page: plans that this connection made when the tables were small, those of foreign keys above all, would be
 * used on until the next statistics, and a first sync would take the square of its people.
 */
export const planAnew = async (tx: Tx): Promise<void> => {
  await tx.run('discard plans')
}

/** Immutable ids of everybody of a directory who is there. */
export const readKnownIds = async (tx: Tx, directory: string): Promise<string[]> => {
  const rows = await tx.query<{ id: string }>(
    `select directory_id as id from people where tenant_id = $1 and directory = $2 and account_state <> 'deleted'`,
    [tx.tenantId, directory],
  )
  return rows.map(({ id }) => id)
}

/**
 * Logins that another person has. Within the same directory the login has moved, so the former owner's becomes their id until
 * the sync comes to them; those of another directory are returned: nobody is written under them.
 */
export const freeLogins = async (
  tx: Tx,
  directory: string,
  people: readonly Pick<SyncedPerson, 'directory_id' | 'login'>[],
): Promise<ReadonlySet<string>> => {
  const params = [tx.tenantId, directory, JSON.stringify(people)]
  const coming = `jsonb_to_recordset($3::jsonb) as n (directory_id text, login text)`
  await tx.run(
    `update people p set login = p.directory_id from ${coming}
     where p.tenant_id = $1 and p.directory = $2 and p.login = n.login and p.directory_id <> n.directory_id`,
    params,
  )
  const taken = await tx.query<{ login: string }>(
    `select n.login from ${coming} join people p on p.tenant_id = $1 and p.login = n.login and p.directory <> $2`,
    params,
  )
  return new Set(taken.map(({ login }) => login))
}

const columns = [
  'directory_handle',
  'login',
  'work_email',
  'display_name',
  'given_name',
  'family_name',
  'title',
  'department',
  'office',
  'country',
  'language',
  'manager_handle',
  'account_state',
  'password_changed_at',
] as const

const typeOf = (column: string): string => (column === 'password_changed_at' ? 'timestamptz' : 'text')
const recordset = columns.map((column) => `${column} ${typeOf(column)}`).join(', ')
const named = (prefix: string): string => columns.map((column) => `${prefix}.${column}`).join(', ')

/** Writes who is new or changed, and gives the rows of everybody in the list. */
export const upsertPeople = async (
  tx: Tx,
  directory: string,
  people: readonly SyncedPerson[],
): Promise<SyncedRow[]> => {
  const params = [tx.tenantId, directory, JSON.stringify(people)]
  // Not prepared: see planAnew.
  await tx.run(
    `insert into people as p (tenant_id, id, directory, directory_id, ${columns.join(', ')})
     select $1, gen_random_uuid(), $2, n.directory_id, ${named('n')}
     from jsonb_to_recordset($3::jsonb) as n (directory_id text, ${recordset})
     on conflict (tenant_id, directory, directory_id) do update set
       ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}, refreshed_at = now(),
       manager_id = case when lower(p.manager_handle) is not distinct from lower(excluded.manager_handle) then p.manager_id end
     where (${named('p')}) is distinct from (${named('excluded')})`,
    params,
  )
  return tx.query<SyncedRow>(
    `select id, directory_id as "directoryId" from people
     where tenant_id = $1 and directory = $2 and directory_id = any ($3::text[])`,
    [tx.tenantId, directory, people.map((person) => person.directory_id)],
  )
}

/** Finds the managers of those whose manager is named and not known yet. */
export const resolveManagers = async (tx: Tx, directory: string): Promise<number> => {
  // While a first sync's tables have no statistics, the planner takes them for small and compares everybody with everybody.
  await tx.run('set local enable_nestloop = off')
  const found = await tx.run(
    `update people p set manager_id = m.id from people m
     where p.tenant_id = $1 and p.directory = $2 and p.manager_id is null and p.manager_handle is not null
       and m.tenant_id = $1 and m.directory = $2 and lower(m.directory_handle) = lower(p.manager_handle) and m.id <> p.id`,
    [tx.tenantId, directory],
  )
  await tx.run('set local enable_nestloop = on')
  return found
}

/** The ids that have no row here, or a row of a deleted person. */
export const whoIsNew = async (tx: Tx, directory: string, ids: readonly string[]): Promise<string[]> => {
  const rows = await tx.query<{ id: string }>(
    `select n.id from unnest($3::text[]) n (id) where not exists (
       select from people p where p.tenant_id = $1 and p.directory = $2 and p.directory_id = n.id
         and p.account_state <> 'deleted')`,
    [tx.tenantId, directory, ids],
  )
  return rows.map(({ id }) => id)
}

/**
 * As `resolveManagers`, of these people and of those whose manager is one of them, so that nobody finds their own manager or
 * reports before the next sync (D7).
 */
export const resolveManagersAround = async (
  tx: Tx,
  directory: string,
  personIds: readonly string[],
): Promise<void> => {
  const join = `update people p set manager_id = m.id from people m
     where p.tenant_id = $1 and p.directory = $2 and p.manager_id is null and p.manager_handle is not null
       and m.tenant_id = $1 and m.directory = $2 and lower(m.directory_handle) = lower(p.manager_handle) and m.id <> p.id`
  await tx.run(`${join} and p.id = any ($3::uuid[])`, [tx.tenantId, directory, personIds])
  await tx.run(`${join} and m.id = any ($3::uuid[])`, [tx.tenantId, directory, personIds])
}

/** Marks those who are gone; their contacts are on file no more. Gives how many were still there. */
export const markGone = async (tx: Tx, directory: string, ids: readonly string[]): Promise<number> => {
  const params = [tx.tenantId, directory, ids]
  await tx.run(
    `update contacts c set removed_at = now() from people p
     where p.tenant_id = $1 and p.directory = $2 and p.directory_id = any ($3::text[])
       and c.tenant_id = $1 and c.person_id = p.id and c.removed_at is null`,
    params,
  )
  return tx.run(
    `update people set account_state = 'deleted', manager_id = null, refreshed_at = now()
     where tenant_id = $1 and directory = $2 and directory_id = any ($3::text[]) and account_state <> 'deleted'`,
    params,
  )
}

/** Notes that one person was read. */
export const noteRead = (tx: Tx, id: string): Promise<number> =>
  PersonRow.of(tx).where({ id }).patch({ refreshedAt: now() }).execute()

/**
 * Notes that everybody was seen, so that everybody counts as read; written twice a day at most, since it touches everybody's
 * row.
 */
export const noteRefreshed = (tx: Tx, directory: string): Promise<number> =>
  tx.run(
    `update people set refreshed_at = now()
     where tenant_id = $1 and directory = $2 and account_state <> 'deleted' and refreshed_at < now() - interval '12 hours'`,
    [tx.tenantId, directory],
  )

/** Makes one person privileged as their directory says, or does not say (D2); the next reading takes it back. */
export const raiseTier = (tx: Tx, personId: string): Promise<number> =>
  PersonRow.of(tx)
    .where({ id: personId, tier: 'standard' })
    .patch({ tier: 'privileged', isTierFromDirectory: true })
    .execute()

/**
 * Makes those people privileged whom their directory names, and takes back what it named before; a tier that was set by other
 * means stays. Returns how many rows changed.
 */
export const keepTiers = async (
  tx: Tx,
  directory: string,
  privileged: readonly string[],
): Promise<number> => {
  const params = [tx.tenantId, directory, privileged]
  const raised = await tx.run(
    `update people set tier = 'privileged', is_tier_from_directory = true
     where tenant_id = $1 and directory = $2 and tier = 'standard' and directory_id = any ($3::text[])`,
    params,
  )
  const lowered = await tx.run(
    `update people set tier = 'standard', is_tier_from_directory = false
     where tenant_id = $1 and directory = $2 and is_tier_from_directory and directory_id <> all ($3::text[])`,
    params,
  )
  await tx.run('update directory_syncs set tiers_read_at = now() where tenant_id = $1 and directory = $2', [
    tx.tenantId,
    directory,
  ])
  return raised + lowered
}
