/** The work by which a worker tidies up, and the rows that the reconciler looks for. */
import type { Db } from '#platform/database/connect.ts'
import { deleteOldHabits } from '../risk/habits.ts'
import { forgetNetworks } from '../risk/sign-in-networks.ts'
import { rawDataDays } from '../risk/sightings.ts'
import { answerHours } from '../staff/idempotency.ts'
import { outsideTenants, type Tx } from '#platform/database/transaction.ts'

/** All tenants' ids. */
export const tenantIds = async (db: Db): Promise<string[]> => {
  const rows = await outsideTenants(db).query<{ id: string }>('select tenant_ids() as id')
  return rows.map(({ id }) => id)
}

/** Keeps partitions ahead of time. */
export const ensurePartitions = async (db: Db, monthsAhead: number): Promise<void> => {
  await outsideTenants(db).query('select ensure_partitions($1)', [monthsAhead])
}

/** Deletes sealed inputs that ran out (M3), and codes that nobody looked at. Gives how many inputs. */
export const deleteRanOut = async (tx: Tx): Promise<number> => {
  const inputs = await tx.run('delete from sealed_inputs where tenant_id = $1 and expires_at < now()', [
    tx.tenantId,
  ])
  // A code that nobody looked at: the row says when it was over, without what it was.
  await tx.run(
    `update enrolment_codes set code_sealed = null
     where tenant_id = $1 and code_sealed is not null and expires_at < now()`,
    [tx.tenantId],
  )
  return inputs
}

/**
 * Deletes raw probe facts and sightings after thirty days (M6), summaries of habits after ninety, answers to repeated requests after
 * one (Q5), and networks of sign-ins that were not used for long. Gives how many.
 */
export const deleteOldData = async (tx: Tx): Promise<number> => {
  const probes = await tx.run(
    'delete from probe_facts where tenant_id = $1 and received_at < now() - make_interval(days => $2)',
    [tx.tenantId, rawDataDays],
  )
  const sightings = await tx.run(
    'delete from sightings where tenant_id = $1 and at < now() - make_interval(days => $2)',
    [tx.tenantId, rawDataDays],
  )
  const answers = await tx.run(
    'delete from idempotency where tenant_id = $1 and created_at < now() - make_interval(hours => $2)',
    [tx.tenantId, answerHours],
  )
  return probes + sightings + answers + (await forgetNetworks(tx)) + (await deleteOldHabits(tx))
}

/**
 * The demo organisation has no source that is read every day; its directory is this database. So its facts count as read
 * once a quarter of the day has passed. What was imported is as old as its file. Gives how many facts.
 */
export const refreshBuiltin = async (tx: Tx): Promise<number> => {
  await tx.run(
    `update people set refreshed_at = now()
     where tenant_id = $1 and directory = 'builtin' and refreshed_at < now() - interval '6 hours'`,
    [tx.tenantId],
  )
  return tx.run(
    `update facts f set read_at = now() from people p
     where f.tenant_id = $1 and p.tenant_id = f.tenant_id and p.id = f.person_id and p.directory = 'builtin'
       and f.valid_to is null and f.import_id is null and f.read_at < now() - interval '6 hours'`,
    [tx.tenantId],
  )
}

/** An open verification whose row has not changed for a while. */
export type StaleCase = {
  readonly id: string
  readonly personId: string
  readonly runId: string
  /** Its time was up by the database's clock. */
  readonly isOver: boolean
  /** So long the row has not changed. */
  readonly quietSeconds: number
  /** The portal was done, yet the case still answers: the signal was lost. */
  readonly completionId: string | null
  /** A report that came in after the case began, and the case is still open: the signal was lost. */
  readonly reportId: string | null
}

/** Open verifications unchanged for so many seconds, oldest first. */
export const readStaleCases = (tx: Tx, seconds: number, limit: number): Promise<StaleCase[]> =>
  tx.query<StaleCase>(
    `select v.id, v.person_id as "personId", v.run_id as "runId", v.expires_at <= now() as "isOver",
       extract(epoch from now() - v.recorded_at)::integer as "quietSeconds",
       case when v.state in ('opened', 'answering') and p.completed_at is not null
         then 'reconciled-' || v.id || '-' || extract(epoch from p.completed_at)::bigint end as "completionId",
       (select r.id from reports r where r.tenant_id = v.tenant_id and r.person_id = v.person_id
         and r.at >= v.created_at order by r.at desc limit 1) as "reportId"
     from verifications v left join plans p on p.tenant_id = v.tenant_id and p.verification_id = v.id
     where v.tenant_id = $1 and v.state <> 'closed' and v.recorded_at < now() - make_interval(secs => $2)
     order by v.created_at limit $3`,
    [tx.tenantId, seconds, limit],
  )
