/** Networks of a person's sign-ins, as the log of their directory has them, and how far that log was read. */
import { signInLog } from '#domain/risk/known-networks.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** The sign-ins of one person from one network in one span. Days by UTC. */
export type NetworkCount = {
  readonly directoryId: string
  readonly asn: number
  readonly country: string | null
  readonly firstOn: string
  readonly lastOn: string
  readonly times: number
}

/** The place at which a reading begins. */
export type LogState = {
  /** The end of the last span that was kept; null: none was. */
  readonly kept: Date | null
  readonly from: Date
  /** A younger sign-in rests. */
  readonly newest: Date
}

/** Reads how far the log of a directory was read; undefined until its people were, since a sign-in of nobody is lost. */
export const readLogState = (tx: Tx, directory: string): Promise<LogState | undefined> =>
  tx.one<LogState>(
    `select log_until as kept,
       date_trunc('milliseconds', greatest(log_until, now() - make_interval(days => $3))) as from,
       date_trunc('milliseconds', now() - make_interval(hours => $4)) as newest
     from directory_syncs where tenant_id = $1 and directory = $2 and read_whole_at is not null`,
    [tx.tenantId, directory, signInLog.firstDays, signInLog.restHours],
  )

/** So many rows are written by one statement. */
const chunk = 2_000

/**
 * Adds a span to what was counted, and moves the end of what was read with it. False where another reading kept the span
 * before, and nothing was added.
 */
export const keepSpan = async (
  tx: Tx,
  directory: string,
  { kept, until }: Pick<LogState, 'kept'> & { readonly until: Date },
  counts: readonly NetworkCount[],
): Promise<boolean> => {
  const moved = await tx.run(
    `update directory_syncs set log_until = $4, log_read_at = now(), log_problem = null
     where tenant_id = $1 and directory = $2 and log_until is not distinct from $3`,
    [tx.tenantId, directory, kept, until],
  )
  if (moved === 0) return false
  for (let at = 0; at < counts.length; at += chunk)
    await tx.run(
      `with found as (
         select p.id as person_id, s.asn, s.country, s."firstOn" as first_on, s."lastOn" as last_on, s.times
         from jsonb_to_recordset($3::jsonb) as s("directoryId" text, asn bigint, country text, "firstOn" date, "lastOn" date, times integer)
         join people p on p.tenant_id = $1 and p.directory = $2 and p.directory_id = s."directoryId"
           and p.account_state <> 'deleted'),
       added as (
         insert into sign_in_networks as known (tenant_id, person_id, asn, country, first_on, last_on, times)
         select $1, person_id, asn, country, first_on, last_on, times from found
         on conflict (tenant_id, person_id, asn, country) do update set
           first_on = least(known.first_on, excluded.first_on), last_on = greatest(known.last_on, excluded.last_on),
           times = known.times + excluded.times)
       update directory_syncs set log_sign_ins = log_sign_ins + (select coalesce(sum(times), 0) from found)
       where tenant_id = $1 and directory = $2`,
      [tx.tenantId, directory, JSON.stringify(counts.slice(at, at + chunk))],
    )
  return true
}

/** Notes why a reading of the log did not come to its end. */
export const noteLogProblem = async (tx: Tx, directory: string, problem: string): Promise<void> => {
  await tx.run(
    'update directory_syncs set log_problem = $3, log_read_at = now() where tenant_id = $1 and directory = $2',
    [tx.tenantId, directory, problem],
  )
}

/** Forgets networks from which nobody signed in for long. Gives how many. */
export const forgetNetworks = (tx: Tx): Promise<number> =>
  tx.run('delete from sign_in_networks where tenant_id = $1 and last_on < current_date - $2::integer', [
    tx.tenantId,
    signInLog.keptDays,
  ])
