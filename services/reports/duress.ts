/**
 * The silent signal of an agent who is forced. A press of an ordinary control writes one row and no more, whatever it
 * means; that three of them were quick is read from the rows, here and by the worker, so that no answer differs.
 */
import { notify } from '#platform/database/notify.ts'
import { recordEvents, uuidOf } from '#platform/database/record-events.ts'
import { tellOfDuress } from '../staff/staff-notices.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** So many presses by one person within so many seconds are a signal. */
const burst = { presses: 3, seconds: 3 } as const

/** Records that a member of staff pressed the control, with any meaning. */
export const addCaseCopy = async (tx: Tx, verificationId: string, staffId: string): Promise<void> => {
  await tx.run('insert into case_copies (tenant_id, verification_id, staff_id) values ($1, $2, $3)', [
    tx.tenantId,
    verificationId,
    staffId,
  ])
}

/** Presses that were quick, of a case ($2), since its last mark was cleared. */
const bursts = `select staff_id, at from (
    select staff_id, at, lag(at, ${String(burst.presses - 1)}) over (partition by staff_id order by at, id) as first from case_copies
    where tenant_id = $1 and verification_id = $2 and at > coalesce((select max(cleared_at) from duress_marks
      where tenant_id = $1 and verification_id = $2), '-infinity')) p
  where at - first <= interval '${String(burst.seconds)} seconds'`

/** True if nothing may be done for this case until a supervisor has looked after it: from the last press on. */
export const isOnHold = async (tx: Tx, verificationId: string): Promise<boolean> =>
  (await tx.one(
    `select where exists (select from duress_marks where tenant_id = $1 and verification_id = $2 and cleared_at is null)
       or exists (${bursts})`,
    [tx.tenantId, verificationId],
  )) !== undefined

/** Cases with presses that nobody looked at; they count as looked at with this transaction. */
export const takeCopiedCases = async (tx: Tx): Promise<readonly string[]> => {
  const rows = await tx.query<{ id: string }>(
    `update case_copies set seen_at = now() where tenant_id = $1 and seen_at is null returning verification_id as id`,
    [tx.tenantId],
  )
  return [...new Set(rows.map(({ id }) => id))]
}

/** Forgets presses that were looked at a day ago; what they meant is in the mark. Gives how many. */
export const forgetCaseCopies = (tx: Tx): Promise<number> =>
  tx.run(`delete from case_copies where tenant_id = $1 and seen_at < now() - interval '1 day'`, [tx.tenantId])

/**
 * Marks a case where presses of it were quick: row, mail to supervisors, the notification to their consoles and the audit in
 * one transaction. Returns the mark's id, or undefined: it was no signal, or is marked already.
 */
export const raiseDuress = async (tx: Tx, verificationId: string): Promise<string | undefined> => {
  const mark = await tx.one<{ id: string; staffId: string }>(
    `insert into duress_marks (tenant_id, verification_id, staff_id, staff_name, at)
     select $1, $2, b.staff_id, s.display_name, b.at from (${bursts} order by at limit 1) b
     join staff s on s.tenant_id = $1 and s.id = b.staff_id
     on conflict do nothing returning id, staff_id as "staffId"`,
    [tx.tenantId, verificationId],
  )
  if (mark === undefined) return undefined
  const { id, staffId } = mark
  await tellOfDuress(tx, id, staffId)
  await notify(tx, 'alarm', id)
  // The event belongs to no verification: neither its timeline nor any figure shows it.
  const draft = {
    type: 'duress.signalled' as const,
    object: { kind: 'alarm' as const, id },
    payload: { verificationId, staffId },
  }
  await recordEvents(tx, { kind: 'system', id: 'duress' }, null, [draft], [uuidOf('duress-signalled', id)])
  return id
}

/** A mark as the supervisors who look after it see it. */
export type DuressRow = {
  readonly verificationId: string
  readonly personId: string
  readonly personName: string
  readonly staffName: string
  readonly at: Date
  /** Approved, and nothing is done because of the mark. */
  readonly isWaiting: boolean
  readonly clearedAt: Date | null
  readonly clearedBy: string | null
  readonly clearReason: string | null
}

/** Marks of the last thirty days, newest first; never those that the reader gave themselves. */
export const readDuress = (
  tx: Tx,
  readerId: string,
  excluded: readonly string[],
  limit: number,
): Promise<DuressRow[]> =>
  tx.query<DuressRow>(
    `select d.verification_id as "verificationId", v.person_id as "personId", p.display_name as "personName",
       d.staff_name as "staffName", d.at, d.cleared_at as "clearedAt", d.cleared_by_name as "clearedBy",
       d.clear_reason as "clearReason",
       d.cleared_at is null and v.outcome is not distinct from 'passed' and coalesce(a.state, 'none') in ('none', 'scheduled', 'awaiting_participant', 'granted')
         as "isWaiting"
     from duress_marks d join verifications v on v.tenant_id = d.tenant_id and v.id = d.verification_id
     join people p on p.tenant_id = v.tenant_id and p.id = v.person_id
     left join actions a on a.tenant_id = v.tenant_id and a.verification_id = v.id
     where d.tenant_id = $1 and d.at > now() - interval '30 days' and d.staff_id <> $2 and v.person_id <> all ($3::uuid[])
     order by d.at desc limit $4`,
    [tx.tenantId, readerId, excluded, limit],
  )

/** True if there is a mark by another person than the reader that nobody has looked after. */
export const isDuressOpen = async (tx: Tx, readerId: string): Promise<boolean> =>
  (await tx.one(
    `select from duress_marks where tenant_id = $1 and cleared_at is null and staff_id <> $2
       and at > now() - interval '1 day' limit 1`,
    [tx.tenantId, readerId],
  )) !== undefined

/** The person who clears a mark, and the reason. */
export type Clearing = { readonly id: string; readonly name: string; readonly reason: string }

/** A mark that nobody has cleared: who gave the signal, and the staff who started or decided the case. */
export type OpenMark = {
  readonly id: string
  readonly givenBy: string
  readonly partOf: readonly string[]
}

/** The mark of a case, held until the transaction ends; undefined where it has none. */
export const lockMark = (tx: Tx, verificationId: string): Promise<OpenMark | undefined> =>
  tx.one<OpenMark>(
    `select d.id, d.staff_id as "givenBy", array(select s.id from staff s where s.tenant_id = v.tenant_id
         and s.id::text in (v.referrer_id::text, v.decided_by_id, v.second_by::text)) as "partOf"
     from duress_marks d join verifications v on v.tenant_id = d.tenant_id and v.id = d.verification_id
     where d.tenant_id = $1 and d.verification_id = $2 and d.cleared_at is null for update of d`,
    [tx.tenantId, verificationId],
  )

/** Releases a marked case. Check under `lockMark` who may. */
export const clearDuress = async (
  tx: Tx,
  verificationId: string,
  open: OpenMark,
  by: Clearing,
): Promise<void> => {
  await tx.run(
    `update duress_marks set cleared_at = clock_timestamp(), cleared_by = $3, cleared_by_name = $4, clear_reason = $5
     where tenant_id = $1 and id = $2`,
    [tx.tenantId, open.id, by.id, by.name, by.reason],
  )
  await notify(tx, 'alarm', open.id)
  const draft = {
    type: 'duress.cleared' as const,
    object: { kind: 'alarm' as const, id: open.id },
    payload: { verificationId, reason: by.reason },
  }
  await recordEvents(tx, { kind: 'agent', id: by.id, name: by.name }, null, [draft])
}
