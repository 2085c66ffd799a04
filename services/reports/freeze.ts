/** "This was not me": one transaction that holds with every worker dead (B9, B13; R3). */
import type { Locking, Policy } from '#domain/policy/policy.ts'
import { requestLock } from '../actions/account-locks.ts'
import { writeSeconds } from '../actions/intents.ts'
import { recordEvents, uuidOf } from '#platform/database/record-events.ts'
import { placeOf } from '../passkeys/enrolments.ts'
import { notify } from '#platform/database/notify.ts'
import { tellWatchers } from '../staff/staff-notices.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** A report as it comes in. `reportId` is made once per confirmed report, so that a repeat changes nothing. */
export type Report = {
  readonly reportId: string
  readonly verificationId: string
  readonly personId: string
  readonly source: 'portal' | 'message'
  /** No new verification of this person may start for this long (policy `reportBlock`). */
  readonly blockSeconds: number
  /** Says if the account is locked as well (policy `reports.lockAccount`); done by a worker, asked for here. */
  readonly locking: Locking
  /** A report may come this long after what it is about (policy `reportLink`). */
  readonly reportSeconds: number
}

/** The terms of a report by a policy. */
export const reportTermsOf = ({
  lifetimes,
  reports,
}: Policy): Pick<Report, 'blockSeconds' | 'locking' | 'reportSeconds'> => ({
  blockSeconds: lifetimes.reportBlock,
  locking: reports.lockAccount,
  reportSeconds: lifetimes.reportLink,
})

/** Signals must still tell these: verifications to close and resets to stop. */
export type Frozen = {
  /** False: this report was known already. */
  readonly isNew: boolean
  readonly personId: string
  readonly openVerificationIds: readonly string[]
  /** Workflow ids of resets that still wait or work. */
  readonly resetIds: readonly string[]
}

/**
 * Voids live links and grants, ends portal sessions, blocks new verifications for a while, writes the notices and the
 * event, and asks for the account's lock where the policy says so. Signals only move the workflows on afterwards; the reconciler sends those that were lost.
 */
export const freeze = async (tx: Tx, report: Report): Promise<Frozen> => {
  const row = await tx.one<{ is_new: boolean }>('select freeze_person($1, $2, $3, $4, $5, $6) as is_new', [
    tx.tenantId,
    report.personId,
    report.verificationId,
    report.reportId,
    report.source,
    report.blockSeconds,
  ])
  const open = await tx.query<{ id: string }>(
    `select id from verifications where tenant_id = $1 and person_id = $2 and state <> 'closed'
     order by created_at desc limit 50`,
    [tx.tenantId, report.personId],
  )
  const resets = await tx.query<{ id: string }>(
    `select workflow_id as id from actions where tenant_id = $1 and person_id = $2
       and state in ('scheduled', 'awaiting_participant', 'granted', 'in_progress') and workflow_id is not null`,
    [tx.tenantId, report.personId],
  )
  const isNew = row?.is_new ?? false
  if (isNew) await recordReport(tx, report, await askForLock(tx, report))
  return {
    isNew,
    personId: report.personId,
    openVerificationIds: open.map(({ id }) => id),
    resetIds: resets.map(({ id }) => id),
  }
}

const askForLock = (tx: Tx, report: Report): Promise<boolean> =>
  requestLock(tx, { ...report, usedWithinSeconds: report.reportSeconds })

const recordReport = async (tx: Tx, report: Report, asksForLock: boolean): Promise<void> => {
  await notify(tx, 'verification', report.verificationId)
  await notify(tx, 'person', report.personId)
  await notify(tx, 'alarm', report.reportId)
  await tellWatchers(tx, 'participant_reported', report.verificationId)
  const { object, verificationId } = await placeOf(tx, report)
  const reported = {
    type: 'participant.reported' as const,
    object,
    payload: { source: report.source },
  }
  const asked = { type: 'account.lock_asked' as const, object, payload: {} }
  const actor = { kind: 'participant' as const, id: report.personId }
  const ids = [uuidOf('report', report.reportId), uuidOf('account-lock-asked', report.reportId)]
  const drafts = asksForLock ? [reported, asked] : [reported]
  await recordEvents(tx, actor, verificationId, drafts, ids.slice(0, drafts.length))
}

/**
 * True if a directory is being written for this person. A write that was permitted before the report may still land; it
 * cannot once this is false, since every later one is refused (R5).
 */
export const isWriteUnderWay = async (tx: Tx, personId: string): Promise<boolean> =>
  (await tx.one(
    `select from intents where tenant_id = $1 and person_id = $2 and kind = 'set_password' and status = 'intended'
       and acted_at > clock_timestamp() - make_interval(secs => $3) limit 1`,
    [tx.tenantId, personId, writeSeconds],
  )) !== undefined

/** True if the person said "this was not me" since a moment, ISO 8601; a lift of the freeze does not unsay it. */
export const isReportedSince = async (tx: Tx, personId: string, since: string): Promise<boolean> =>
  (await tx.one(
    'select from reports where tenant_id = $1 and person_id = $2 and at >= $3 limit 1',
    [tx.tenantId, personId, since],
    'is_reported_since',
  )) !== undefined

/**
 * True if a report of this person is stored, about whichever of their cases: it ends them all. `reportId`: this one
 * alone.
 */
export const isReported = async (tx: Tx, personId: string, reportId?: string): Promise<boolean> =>
  (await tx.one(
    'select from reports where tenant_id = $1 and person_id = $2 and ($3::text is null or id::text = $3) limit 1',
    [tx.tenantId, personId, reportId ?? null],
  )) !== undefined
