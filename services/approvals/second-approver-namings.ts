/**
 * The people who are named to give second approvals: by one admin, accepted by another, in force a day later (D13, T9).
 */
import { ref } from 'objection'
import { namingDays } from './approver-namings.ts'
import type { StaffName } from '../policy/elevated-threats.ts'
import { daysAgo, inSeconds, now } from '#platform/database/model.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { SecondApproverNaming } from './models.ts'

/** `proposed`: waits for a second admin · `waiting`: accepted, and its day is not over. */
export type SecondNamingState = 'proposed' | 'waiting' | 'in_force'

/** A naming that is not over. Times are ISO 8601 UTC. */
export type SecondNaming = {
  readonly id: string
  readonly state: SecondNamingState
  readonly staff: StaffName
  readonly reason: string
  readonly namedBy: StaffName
  readonly namedAt: string
  readonly acceptedBy: StaffName | null
  readonly effectiveAt: string | null
}

const columns = `n.id, case when n.accepted_at is null then 'proposed' when n.effective_at > now() then 'waiting'
    else 'in_force' end as state, json_build_object('id', s.id, 'name', s.display_name) as staff, n.reason,
  json_build_object('id', n.named_by, 'name', n.named_by_name) as "namedBy", iso_instant(n.named_at) as "namedAt",
  case when n.accepted_by is not null then json_build_object('id', n.accepted_by, 'name', n.accepted_by_name) end
    as "acceptedBy", iso_instant(n.effective_at) as "effectiveAt"`

const live = `from second_approvers n join staff s on s.tenant_id = n.tenant_id and s.id = n.staff_id
  where n.tenant_id = $1 and n.ended_at is null and s.disabled_at is null
    and (n.accepted_at is not null or n.named_at > now() - make_interval(days => ${String(namingDays)}))`

/** All namings that are not over, by name. */
export const listSecondNamings = (tx: Tx): Promise<SecondNaming[]> =>
  tx.query<SecondNaming>(`select ${columns} ${live} order by s.display_name, n.id`, [tx.tenantId])

/** One naming that is not over. */
export const readSecondNaming = (tx: Tx, id: string): Promise<SecondNaming | undefined> =>
  tx.one<SecondNaming>(`select ${columns} ${live} and n.id = $2`, [tx.tenantId, id])

/** A naming that nobody accepted in time makes room for the next. False: they are named already. */
export const addSecondNaming = async (
  tx: Tx,
  naming: { readonly id: string; readonly staffId: string; readonly reason: string; readonly by: StaffName },
): Promise<boolean> => {
  await SecondApproverNaming.of(tx)
    .where({ staffId: naming.staffId, endedAt: null, acceptedAt: null })
    .where('namedAt', '<=', daysAgo(namingDays))
    .patch({ endedBy: ref('namedBy'), endedByName: ref('namedByName'), endedAt: now() })
  const { by, ...row } = naming
  return SecondApproverNaming.add(tx, { ...row, namedBy: by.id, namedByName: by.name })
}

/** Accepts a proposed naming: by another admin, in time, once. */
export const acceptSecondNaming = async (
  tx: Tx,
  id: string,
  by: StaffName,
  delaySeconds: number,
): Promise<boolean> =>
  (await SecondApproverNaming.of(tx)
    .where({ id, acceptedAt: null, endedAt: null })
    .where('namedBy', '<>', by.id)
    .where('staffId', '<>', by.id)
    .where('namedAt', '>', daysAgo(namingDays))
    .patch({
      ...{ acceptedBy: by.id, acceptedByName: by.name, acceptedAt: now() },
      effectiveAt: inSeconds(delaySeconds),
    })) === 1

/** Ends a naming, at once. */
export const endSecondNaming = async (tx: Tx, id: string, by: StaffName): Promise<boolean> =>
  (await SecondApproverNaming.of(tx)
    .where({ id, endedAt: null })
    .patch({ endedBy: by.id, endedByName: by.name, endedAt: now() })) === 1

/** True if a member of staff was named for it before a case began, and still is (T9). */
export const isNamedSecond = async (tx: Tx, staffId: string, verificationId: string): Promise<boolean> => {
  const [row] = await tx.named<{ is: boolean }>(
    'is_named_second',
    `select exists (select from second_approvers n join verifications v on v.tenant_id = n.tenant_id and v.id = $3
       where n.tenant_id = $1 and n.staff_id = $2 and n.ended_at is null and n.effective_at <= v.created_at) as is`,
    [tx.tenantId, staffId, verificationId],
  )
  return row?.is === true
}
