/**
 * The people who are named to vouch for a person or a team: by one admin, accepted by another, in force a day later
 * (D13, T9).
 */
import type { StaffName } from '../policy/elevated-threats.ts'
import { daysAgo, inSeconds, instant, now } from '#platform/database/model.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { ApproverNaming } from './models.ts'

/** Days after which a naming that nobody accepted is over, as with a change of the policy. */
export const namingDays = 7

/**
 * `proposed`: waits for a second admin · `waiting`: accepted, and its day is not over · `in_force` · `expired`: nobody
 * accepted it in time · `withdrawn` by the admin who named, `declined` by another admin, `ended` after it was accepted.
 */
export type NamingState = 'proposed' | 'waiting' | 'in_force' | 'expired' | 'withdrawn' | 'declined' | 'ended'

/** The reason why an approver would not be asked now, as far as it shows without a case. */
export type NamingProblem = 'account' | 'cannot_sign_in'

/** A person as a naming shows one. */
export type NamedPerson = { readonly id: string; readonly name: string; readonly title: string | null }

/** A naming. Times are ISO 8601 UTC. */
export type Naming = {
  readonly id: string
  readonly state: NamingState
  readonly approver: NamedPerson
  readonly problem: NamingProblem | null
  /** The people it is for: one of the two. */
  readonly person: NamedPerson | null
  readonly team: string | null
  /** People in the team now; null where it is for one person. */
  readonly people: number | null
  readonly reason: string
  readonly namedBy: StaffName
  readonly namedAt: string
  readonly acceptedBy: StaffName | null
  readonly acceptedAt: string | null
  readonly acceptReason: string | null
  readonly effectiveAt: string | null
  readonly endedBy: StaffName | null
  readonly endedAt: string | null
  readonly endReason: string | null
}

const state = `case
  when n.ended_at is not null and n.accepted_at is not null then 'ended'
  when n.ended_at is not null then case when n.ended_by = n.named_by then 'withdrawn' else 'declined' end
  when n.accepted_at is null then
    case when n.named_at > now() - make_interval(days => ${String(namingDays)}) then 'proposed' else 'expired' end
  when n.effective_at > now() then 'waiting' else 'in_force' end`

const personOf = (alias: string): string =>
  `json_build_object('id', ${alias}.id, 'name', ${alias}.display_name, 'title', ${alias}.title)`

const nameOf = (what: string): string =>
  `case when n.${what}_by is not null then json_build_object('id', n.${what}_by, 'name', n.${what}_by_name) end`

const columns = `n.id, n.state, ${personOf('a')} as approver,
  case when a.account_state <> 'active' or a.never_via_help_desk or coalesce(a.blocked_until > now(), false) then 'account'
    when a.sign_in_subject is null then 'cannot_sign_in' end as problem,
  case when p.id is not null then ${personOf('p')} end as person, n.team,
  case when n.team is not null then (select count(*)::integer from people m
    where m.tenant_id = n.tenant_id and m.team = n.team and m.account_state <> 'deleted') end as people,
  n.reason, ${nameOf('named')} as "namedBy", iso_instant(n.named_at) as "namedAt",
  ${nameOf('accepted')} as "acceptedBy", iso_instant(n.accepted_at) as "acceptedAt", n.accept_reason as "acceptReason",
  iso_instant(n.effective_at) as "effectiveAt", ${nameOf('ended')} as "endedBy", iso_instant(n.ended_at) as "endedAt",
  n.end_reason as "endReason"`

const source = `from (select n.*, ${state} as state from named_approvers n where n.tenant_id = $1) n
  join people a on a.tenant_id = n.tenant_id and a.id = n.approver_id
  left join people p on p.tenant_id = n.tenant_id and p.id = n.person_id`

const liveStates = `('proposed', 'waiting', 'in_force')`

/** The filters of a list. */
export type NamingsQuery = {
  /** Part of the name of an approver, a person or a team; empty for all. */
  readonly q: string
  /** True lists namings that are over, newest first; false those that are not, proposals first. */
  readonly isOver: boolean
  readonly limit: number
}

/** Namings of the tenant. */
export const listNamings = (tx: Tx, { q, isOver, limit }: NamingsQuery): Promise<Naming[]> =>
  tx.query<Naming>(
    `select ${columns} ${source}
     where (n.state in ${liveStates}) <> $3 and ($2 = '' or position(lower($2) in lower(concat_ws(' ', a.display_name,
       p.display_name, n.team))) > 0)
     order by ${isOver ? 'coalesce(n.ended_at, n.named_at) desc' : "array_position(array['proposed', 'waiting', 'in_force'], n.state), a.display_name"}, n.id
     limit $4`,
    [tx.tenantId, q, isOver, limit],
  )

/** One naming, or undefined: unknown, or another tenant's. */
export const readNaming = (tx: Tx, id: string): Promise<Naming | undefined> =>
  tx.one<Naming>(`select ${columns} ${source} where n.id = $2`, [tx.tenantId, id])

/** Teams of the directory with the number of their people, by name, at most a thousand. */
export const listTeams = (tx: Tx): Promise<{ readonly team: string; readonly people: number }[]> =>
  tx.query(
    `select team, count(*)::integer as people from people where tenant_id = $1 and team is not null
       and account_state <> 'deleted' group by team order by team limit 1000`,
    [tx.tenantId],
  )

/** A new naming of an approver, for a person or for a team. */
export type NewNaming = {
  readonly id: string
  readonly approverId: string
  readonly personId: string | null
  readonly team: string | null
  readonly reason: string
  readonly by: StaffName
}

/** Which part of a new naming is not in the directory; null where all is. */
export const unknownIn = async (
  tx: Tx,
  { approverId, personId, team }: Pick<NewNaming, 'approverId' | 'personId' | 'team'>,
): Promise<'approverId' | 'personId' | 'team' | null> => {
  const row = await tx.one<{ approver: boolean; person: boolean; team: boolean }>(
    `select exists (select from people where tenant_id = $1 and id = $2 and account_state <> 'deleted') as approver,
       $3::uuid is null or exists (select from people where tenant_id = $1 and id = $3 and account_state <> 'deleted') as person,
       $4::text is null or exists (select from people where tenant_id = $1 and team = $4 and account_state <> 'deleted') as team`,
    [tx.tenantId, approverId, personId, team],
  )
  if (row?.approver !== true) return 'approverId'
  if (!row.person) return 'personId'
  return row.team ? null : 'team'
}

/** Stores a naming, unless the same one lives already; call it under `lockPerson` of the approver. False: it does. */
export const addNaming = async (tx: Tx, naming: NewNaming): Promise<boolean> => {
  const { id, approverId, personId, team, reason, by } = naming
  const added = await tx.run(
    `insert into named_approvers (tenant_id, id, person_id, team, approver_id, reason, named_by, named_by_name)
     select $1, $2, $3, $4, $5, $6, $7, $8
     where not exists (select ${source} where n.state in ${liveStates} and n.approver_id = $5
       and n.person_id is not distinct from $3::uuid and n.team is not distinct from $4::text)`,
    [tx.tenantId, id, personId, team, approverId, reason, by.id, by.name],
  )
  return added === 1
}

/** Accepts a proposed naming: by another admin, in time, once. Undefined: it cannot be accepted. */
export const acceptNaming = async (
  tx: Tx,
  id: string,
  {
    by,
    reason,
    delaySeconds,
  }: { readonly by: StaffName; readonly reason: string; readonly delaySeconds: number },
): Promise<{ readonly effectiveAt: string } | undefined> => {
  const accepted = { acceptedBy: by.id, acceptedByName: by.name, acceptReason: reason, acceptedAt: now() }
  const rows = await ApproverNaming.of(tx)
    .where({ id, acceptedAt: null, endedAt: null })
    .where('namedBy', '<>', by.id)
    .where('namedAt', '>', daysAgo(namingDays))
    .patch({ ...accepted, effectiveAt: inSeconds(delaySeconds) })
    .returning(instant('effectiveAt'))
    .castTo<{ readonly effectiveAt: string }[]>()
  return rows.at(0)
}

/**
 * Ends a naming that is in force or waits for it (`accepted`), or one that nobody accepted; open requests stay open (T9).
 * False: another admin was quicker.
 */
export const endNaming = async (
  tx: Tx,
  id: string,
  which: 'accepted' | 'proposed',
  { by, reason }: { readonly by: StaffName; readonly reason: string },
): Promise<boolean> =>
  (await ApproverNaming.of(tx)
    .where({ id, endedAt: null })
    .whereRaw('(accepted_at is not null) = ?', which === 'accepted')
    .patch({ endedBy: by.id, endedByName: by.name, endReason: reason, endedAt: now() })) === 1
