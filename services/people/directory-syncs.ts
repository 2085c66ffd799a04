/** The progress of each directory's sync, and the drops that were held back. */
import { raw, ref } from 'objection'
import { definitions, type Purpose } from '#domain/verification/verification.ts'
import { instant, now } from '#platform/database/model.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { DirectorySync } from './models.ts'

/**
 * A drop is what a sync takes away, and from how many: people marked as gone, and contacts that are on file no more.
 */
export type Drop = {
  readonly people: number
  readonly knownPeople: number
  readonly contacts: number
  readonly knownContacts: number
}

/** This much may be taken away without a question. */
export type AcceptedDrop = { readonly people: number; readonly contacts: number }

/** The progress of a directory's sync. */
export type SyncState = {
  readonly cursor: string | null
  /** Everybody was read too long ago, or never. */
  readonly isWholeDue: boolean
  /** True if the directory was asked too long ago who is privileged, or never. */
  readonly areTiersDue: boolean
  /** A run was stopped by what it would have taken away, so lately that the next one waits. */
  readonly isHeld: boolean
  /** The drop that an operator accepted; null: none. */
  readonly accepted: AcceptedDrop | null
}

type Row = Omit<SyncState, 'accepted'> & {
  readonly acceptedPeople: number | null
  readonly acceptedContacts: number | null
}

/** The intervals of reading anew, and the rest of a run that was stopped. */
export type SyncTimes = {
  readonly wholeHours: number
  readonly tierMinutes: number
  readonly heldMinutes: number
}

/** The state of one directory. */
export const readSyncState = async (tx: Tx, directory: string, times: SyncTimes): Promise<SyncState> => {
  const row = await tx.one<Row>(
    `select cursor, coalesce(read_whole_at < now() - make_interval(hours => $3), true) as "isWholeDue",
       coalesce(tiers_read_at < now() - make_interval(mins => $4), true) as "areTiersDue",
       held_since is not null and accepted_people is null
         and tried_at > now() - make_interval(mins => $5) as "isHeld",
       accepted_people as "acceptedPeople", accepted_contacts as "acceptedContacts"
     from directory_syncs where tenant_id = $1 and directory = $2`,
    [tx.tenantId, directory, times.wholeHours, times.tierMinutes, times.heldMinutes],
  )
  if (row === undefined)
    return { cursor: null, isWholeDue: true, areTiersDue: true, isHeld: false, accepted: null }
  const { acceptedPeople: people, acceptedContacts: contacts, ...state } = row
  return { ...state, accepted: people === null || contacts === null ? null : { people, contacts } }
}

/** Notes what a directory can do, as its adapter says. */
export const keepOffers = async (tx: Tx, directory: string, offers: readonly string[]): Promise<void> => {
  await DirectorySync.query(tx.knex)
    .insert({ tenantId: tx.tenantId, directory, offers })
    .onConflict(DirectorySync.idColumn)
    .merge(['offers'])
}

/** True if the person's directory can do it; where the worker has not said yet, it may. */
export const canDirectory = async (tx: Tx, personId: string, purpose: Purpose): Promise<boolean> => {
  const offer = definitions[purpose].action?.needs ?? null
  if (offer === null) return true
  const row = await tx.one<{ can: boolean }>(
    `select $3 = any (s.offers) as can from directory_syncs s
     join people p on p.tenant_id = s.tenant_id and p.directory = s.directory
     where p.tenant_id = $1 and p.id = $2 and s.offers is not null`,
    [tx.tenantId, personId, offer],
  )
  return row?.can ?? true
}

/** Names of the directories that can be searched; none where all people are our own rows. */
export const searchableDirectories = async (tx: Tx): Promise<readonly string[]> => {
  const rows = DirectorySync.of(tx).select('directory').whereRaw(`'search' = any (offers)`)
  return (await rows.orderBy('directory')).map(({ directory }) => directory)
}

/** A run that came to its end. */
export type SyncEnd = {
  readonly cursor: string
  readonly readEverybody: boolean
}

/** Keeps the cursor for the next sync. What was held back or accepted is over. */
export const endSync = async (tx: Tx, directory: string, end: SyncEnd): Promise<void> => {
  await tx.run(
    `insert into directory_syncs (tenant_id, directory, cursor, synced_at, read_whole_at, people)
     values ($1, $2, $3, now(), case when $4 then now() end,
       (select count(*) from people where tenant_id = $1 and directory = $2 and account_state <> 'deleted'))
     on conflict (tenant_id, directory) do update set cursor = excluded.cursor, synced_at = now(), tried_at = now(),
       read_whole_at = coalesce(excluded.read_whole_at, directory_syncs.read_whole_at),
       people = excluded.people, problem = null, held_people = null, held_contacts = null, held_since = null,
       accepted_people = null, accepted_contacts = null`,
    [tx.tenantId, directory, end.cursor, end.readEverybody],
  )
}

/** Notes why a run did not come to its end; `forget`: the cursor is good for nothing, and everybody is read next time. */
export const failSync = async (
  tx: Tx,
  directory: string,
  problem: string,
  forget: boolean,
): Promise<void> => {
  await DirectorySync.query(tx.knex)
    .insert({ tenantId: tx.tenantId, directory, problem })
    .onConflict(DirectorySync.idColumn)
    .merge({ problem, triedAt: now(), ...(forget ? { cursor: null } : {}) })
}

/** Notes what a run would have taken away. An acceptance that did not suffice is over. `isNew`: it was not held before. */
export const holdDrop = async (
  tx: Tx,
  directory: string,
  drop: AcceptedDrop,
): Promise<{ readonly since: string; readonly isNew: boolean }> => {
  const row = await tx.one<{ since: string; isNew: boolean }>(
    `insert into directory_syncs (tenant_id, directory, problem, held_people, held_contacts, held_since)
     values ($1, $2, 'drop', $3, $4, now())
     on conflict (tenant_id, directory) do update set problem = 'drop', tried_at = now(),
       held_people = excluded.held_people, held_contacts = excluded.held_contacts,
       held_since = coalesce(directory_syncs.held_since, now()), accepted_people = null, accepted_contacts = null
     returning iso_instant(held_since) as since, held_since = now() as "isNew"`,
    [tx.tenantId, directory, drop.people, drop.contacts],
  )
  if (row === undefined) throw new Error('a held sync could not be noted')
  return row
}

/**
 * The reason why our rows of a directory's people may be old. `away`: the last reading came to no end, since it did not
 * answer or refused us · `held`: it shows far fewer than before, which is not believed
 */
export type DirectoryTrouble = 'away' | 'held'

/** SQL for the trouble of a row. A cursor that is over is none: everybody is read next. */
const trouble = `case when held_since is not null then 'held' when problem <> 'cursor_over' then 'away' end`

/** The trouble of a person's directory, or with null of any of the tenant; the one that does not answer first. */
export const readDirectoryTrouble = async (
  tx: Tx,
  personId: string | null,
): Promise<DirectoryTrouble | null> => {
  const row = await tx.one<{ trouble: DirectoryTrouble | null }>(
    `select min(${trouble}) as trouble from directory_syncs s where tenant_id = $1
     and ($2::uuid is null or directory = (select p.directory from people p where p.tenant_id = $1 and p.id = $2))`,
    [tx.tenantId, personId],
  )
  return row?.trouble ?? null
}

/** One directory as an operator looks at it. */
export type SyncRow = {
  readonly directory: string
  readonly people: number
  readonly syncedAt: string | null
  readonly problem: string | null
  readonly trouble: DirectoryTrouble | null
  readonly heldPeople: number | null
  readonly heldContacts: number | null
  /** The log of sign-ins is read, where the operator says so and the directory has one. */
  readonly hasLog: boolean
  readonly logUntil: string | null
  readonly logProblem: string | null
  readonly logSignIns: number
}

/** Every directory of the tenant that was read, or could not be. */
export const listSyncs = async (tx: Tx): Promise<readonly SyncRow[]> =>
  DirectorySync.of(tx)
    .select('directory', 'people', 'problem', 'heldPeople', 'heldContacts', 'logProblem', 'logSignIns')
    .select(instant('syncedAt'), instant('logUntil'), raw(trouble).as('trouble'))
    .select(raw(`coalesce('sign_in_log' = any (offers), false)`).as('hasLog'))
    .orderBy('directory')
    .castTo<SyncRow[]>()

/** Accepts what is held back now, and no more; the next run that comes to its end uses it up. Null: nothing is held. */
export const acceptDrop = async (tx: Tx, directory: string): Promise<AcceptedDrop | null> => {
  const accepted = await DirectorySync.of(tx)
    .where({ directory })
    .whereNotNull('heldSince')
    .patch({ acceptedPeople: ref('heldPeople'), acceptedContacts: ref('heldContacts') })
    .returning(['heldPeople as people', 'heldContacts as contacts'])
    .castTo<AcceptedDrop[]>()
  return accepted.at(0) ?? null
}
