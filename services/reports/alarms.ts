/** Alarms for the staff who watch over cases: reports of "this was not me" and the freezes they caused. */
import { notify } from '#platform/database/notify.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import type { Tx } from '#platform/database/transaction.ts'

/**
 * For so many days a report speaks against everything that begins for the person, unless a supervisor lifts it
 * (PER_USER_REPORTED).
 */
const reportDays = 30

/** A report as it is shown. */
export type ReportRow = {
  readonly id: string
  /** Null: it is about a passkey that was set up without a case. */
  readonly verificationId: string | null
  readonly personId: string
  readonly personName: string
  readonly source: 'portal' | 'message'
  readonly at: Date
  /** Until when nothing new begins; null once it may. */
  readonly blockedUntil: Date | null
  /** The state of the account's lock; null: none was asked for. */
  readonly lock: string | null
  readonly liftedAt: Date | null
  readonly liftedBy: string | null
  readonly liftReason: string | null
}

const columns = `r.id,
  (select v.id from verifications v where v.tenant_id = r.tenant_id and v.id = r.verification_id) as "verificationId", r.person_id as "personId", p.display_name as "personName", r.source,
  r.at, case when r.lifted_at is null and p.blocked_until > now() then p.blocked_until end as "blockedUntil",
  (select l.state from account_locks l where l.tenant_id = r.tenant_id and l.report_id = r.id) as lock,
  r.lifted_at as "liftedAt", r.lifted_by_name as "liftedBy", r.lift_reason as "liftReason"
  from reports r join people p on p.tenant_id = r.tenant_id and p.id = r.person_id`

/** Reports of the last thirty days, newest first. */
export const readReports = (tx: Tx, excluded: readonly string[], limit: number): Promise<ReportRow[]> =>
  tx.query<ReportRow>(
    `select ${columns} where r.tenant_id = $1 and r.at > now() - make_interval(days => $2) and r.person_id <> all ($3::uuid[])
     order by r.at desc limit $4`,
    [tx.tenantId, reportDays, excluded, limit],
  )

/** Reports of one person that nobody lifted, newest first. */
export const readOpenReports = (tx: Tx, personId: string): Promise<ReportRow[]> =>
  tx.query<ReportRow>(
    `select ${columns} where r.tenant_id = $1 and r.person_id = $2 and r.lifted_at is null
       and r.at > now() - make_interval(days => $3) order by r.at desc limit 20`,
    [tx.tenantId, personId, reportDays],
  )

/** True if a report of the last day has not been lifted. */
export const isAlarmed = async (tx: Tx): Promise<boolean> =>
  (await tx.one(
    `select from reports where tenant_id = $1 and lifted_at is null and at > now() - interval '1 day' limit 1`,
    [tx.tenantId],
  )) !== undefined

/** The staff who started or decided what a person reported and nobody lifted. */
export const readReportedBy = async (tx: Tx, personId: string): Promise<readonly string[]> => {
  const rows = await tx.query<{ id: string }>(
    `select distinct s.id from reports r join verifications v on v.tenant_id = r.tenant_id and v.id = r.verification_id
     join staff s on s.tenant_id = v.tenant_id and s.id::text in (v.referrer_id::text, v.decided_by_id, v.second_by::text)
     where r.tenant_id = $1 and r.person_id = $2 and r.lifted_at is null and r.at > now() - make_interval(days => $3)`,
    [tx.tenantId, personId, reportDays],
  )
  return rows.map(({ id }) => id)
}

/** The person who lifts a freeze, and the reason. */
export type Lift = { readonly id: string; readonly name: string; readonly reason: string }

/**
 * Lifts a freeze, with its event and notices; the SQL function itself checks who may
 * (platform/database/schema/functions/freezes.sql).
 */
export const liftFreeze = async (
  tx: Tx,
  personId: string,
  by: Lift,
): Promise<'lifted' | 'not_frozen' | 'not_permitted' | 'own_part'> => {
  const open = await readOpenReports(tx, personId)
  const row = await tx.one<{ answer: 'lifted' | 'not_frozen' | 'not_permitted' | 'own_part' }>(
    'select lift_freeze($1, $2, $3, $4) as answer',
    [tx.tenantId, personId, by.id, by.reason],
  )
  const answer = row?.answer ?? 'not_frozen'
  if (answer !== 'lifted') return answer
  await notify(tx, 'person', personId)
  await notify(tx, 'alarm', personId)
  const payload = { reason: by.reason, reports: open.map(({ id }) => id) }
  const drafts = [
    { type: 'freeze.lifted' as const, object: { kind: 'person' as const, id: personId }, payload },
  ]
  await recordEvents(tx, { kind: 'agent', id: by.id, name: by.name }, null, drafts)
  return answer
}
