/** Cases that wait for a decision, seen by one member of staff; oldest first. */
import type { PersonComparison } from '#domain/policy/two-people.ts'
import type { Band } from '#domain/risk/settings.ts'
import type { Purpose } from '#domain/verification/verification.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** A waiting case. */
export type WaitingCase = {
  readonly id: string
  readonly participant: { readonly id: string; readonly name: string; readonly email: string }
  readonly purpose: Purpose
  readonly ticket: string | null
  readonly band: Band | null
  readonly recommendation: 'approve' | 'hold' | 'refuse' | null
  readonly instruction: string | null
  readonly referrerName: string
  readonly isNobodys: boolean
  readonly isLinked: boolean
  readonly toStarter: PersonComparison
  readonly isInStartersLine: boolean
  /** Was named to give second approvals before this case began. */
  readonly isNamedSecond: boolean
  /** The moment since which the case waits for a person: its scoring, or the first approval. */
  readonly since: string
  readonly expiresAt: string
  /** The first approval that waits for the second. */
  readonly first: {
    readonly byName: string
    readonly byRole: 'agent' | 'supervisor'
    readonly expiresAt: string
    readonly toFirst: PersonComparison
  } | null
}

/** More cases than this wait only where nobody looks; the list of verifications has them all. */
const mostCases = 300

/**
 * Reads them, without the people whose cases this member of staff may not see and the cases in which they were asked to
 * vouch (D1, D7).
 */
export const readWaitingCases = (
  tx: Tx,
  staffId: string,
  excluded: readonly string[],
): Promise<WaitingCase[]> =>
  tx.named<WaitingCase>(
    'waiting_cases',
    `with me as materialized (
       select s.id, person_of_staff(s.tenant_id, s.id) as person_id from staff s where s.tenant_id = $1 and s.id = $2)
     select v.id, json_build_object('id', p.id, 'name', p.display_name, 'email', p.work_email) as participant, v.purpose,
       v.ticket, v.band, v.recommendation, v.instruction, v.referrer_name as "referrerName",
       v.referrer_kind <> 'agent' as "isNobodys", me.person_id is not null as "isLinked",
       case when v.referrer_kind = 'agent' then compare_persons($1, me.id, v.referrer_id) else 'another' end as "toStarter",
       coalesce(starter.manager_id = own.id or own.manager_id = starter.id, false) as "isInStartersLine",
       exists (select from second_approvers n where n.tenant_id = v.tenant_id and n.staff_id = me.id and n.ended_at is null
         and n.effective_at <= v.created_at) as "isNamedSecond",
       iso_instant(coalesce(f.approved_at, v.scored_at, v.created_at)) as since,
       iso_instant(v.expires_at) as "expiresAt",
       case when f.id is not null then json_build_object('byName', f.staff_name, 'byRole', fs.role,
         'expiresAt', iso_instant(f.expires_at), 'toFirst', compare_persons($1, me.id, f.staff_id)) end as first
     from verifications v cross join me
     join people p on p.tenant_id = v.tenant_id and p.id = v.person_id
     left join people own on own.tenant_id = v.tenant_id and own.id = me.person_id
     left join people starter on starter.tenant_id = v.tenant_id and v.referrer_kind = 'agent'
       and starter.id = person_of_staff(v.tenant_id, v.referrer_id)
     left join approvals f on f.tenant_id = v.tenant_id and f.verification_id = v.id and f.ordinal = 1
       and f.used_at is null and f.ended_at is null and f.expires_at > now()
     left join staff fs on fs.tenant_id = f.tenant_id and fs.id = f.staff_id
     where v.tenant_id = $1 and v.state = 'awaiting_decision' and v.person_id <> all ($3::uuid[])
       and not exists (select from approver_requests r where r.tenant_id = v.tenant_id and r.verification_id = v.id
         and r.approver_id = me.person_id)
     order by coalesce(f.approved_at, v.scored_at, v.created_at), v.id limit $4`,
    [tx.tenantId, staffId, excluded, mostCases],
  )
