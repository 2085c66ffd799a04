/** People who could prove who they are today, by department: counted and listed from what is on file, without any secret. */
import { passkeyCounts } from '../passkeys/passkeys.ts'
import { hasCodesLeft, sheetCounts, sheetRestsFrom } from '../recovery-sheets/recovery-sheets.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** The terms of a policy: how long a new sheet rests, and how long a contact that changed counts for nothing alone. */
export type ReadinessTerms = { readonly sheetRestSeconds: number; readonly changedWithinHours: number }

/** The ways of one person. `waiting`: a passkey that does not count yet. */
export type Ways = {
  readonly passkey: boolean
  readonly waiting: boolean
  readonly sheet: boolean
  readonly signIn: boolean
  readonly contacts: boolean
}

/** A department, and how many of its people have each way. Null: people of none. */
export type DepartmentReadiness = {
  readonly department: string | null
  readonly people: number
} & Readonly<Record<keyof Ways | 'none', number>>

/** Departments that are counted apart, the largest first. */
export const mostDepartments = 200

/** People on one page of the list. */
export const peopleAtOnce = 50

/*
 * A person with their ways, whom the help desk handles at all. Two contacts are independent if one is a number and one a
 * mailbox, or both are mailboxes and one is not the account's own.
 */
const waysSql = `
  select p.id, p.display_name as name, p.login, p.department, p.team,
    exists (select from passkeys k where k.tenant_id = $1 and k.person_id = p.id and ${passkeyCounts}) as passkey,
    exists (select from passkeys k where k.tenant_id = $1 and k.person_id = p.id and k.removed_at is null) as kept,
    exists (select from recovery_sheets s where s.tenant_id = $1 and s.person_id = p.id and ${sheetCounts} and ${hasCodesLeft}
      and ${sheetRestsFrom} <= now() - make_interval(secs => $2)) as sheet,
    p.sign_in_subject is not null and exists (select from tenants t where t.id = $1 and t.oidc_issuer is not null) as sign_in,
    coalesce(c.phones > 0 and c.mailboxes > 0 or c.mailboxes > 1 and c.others > 0, false) as contacts
  from people p left join lateral (
    select count(*) filter (where kind = 'phone') as phones,
      count(distinct value_index) filter (where kind = 'email') as mailboxes,
      count(*) filter (where kind = 'email' and label <> 'work') as others
    from contacts where tenant_id = $1 and person_id = p.id and removed_at is null
      and last_changed_at <= now() - make_interval(hours => $3)) c on true
  where p.tenant_id = $1 and p.account_state in ('active', 'locked') and not p.never_via_help_desk and p.id <> all ($4::uuid[])`

const none = 'not (w.passkey or w.sheet or w.sign_in or w.contacts)'

const paramsOf = (
  tx: Tx,
  { sheetRestSeconds, changedWithinHours }: ReadinessTerms,
  excluded: readonly string[],
): readonly unknown[] => [tx.tenantId, sheetRestSeconds, changedWithinHours, excluded]

/** Counts by department, the one with the most people first. */
export const readReadiness = (
  tx: Tx,
  terms: ReadinessTerms,
  excluded: readonly string[],
): Promise<readonly DepartmentReadiness[]> =>
  tx.query<DepartmentReadiness>(
    `select w.department, count(*)::integer as people,
       (count(*) filter (where w.passkey))::integer as passkey,
       (count(*) filter (where w.kept and not w.passkey))::integer as waiting,
       (count(*) filter (where w.sheet))::integer as sheet,
       (count(*) filter (where w.sign_in))::integer as "signIn",
       (count(*) filter (where w.contacts))::integer as contacts,
       (count(*) filter (where ${none}))::integer as none
     from (${waysSql}) w group by w.department order by people desc, w.department limit $5`,
    [...paramsOf(tx, terms, excluded), mostDepartments],
  )

/** The people that a list is made of. */
export type ReadinessChoice = {
  /** Null: people of no department; undefined: of every one. */
  readonly department: string | null | undefined
  /** `none`: they have no way at all · `passkey`: they have no passkey that counts. */
  readonly lacking: 'none' | 'passkey'
  /** The last person of the page before. */
  readonly after: string | null
}

/** A person of the list. */
export type ReadyPerson = Ways & {
  readonly id: string
  readonly name: string
  readonly login: string
  readonly department: string | null
  readonly team: string | null
}

/** One page of these people, by name. */
export const listByReadiness = async (
  tx: Tx,
  terms: ReadinessTerms,
  excluded: readonly string[],
  { department, lacking, after }: ReadinessChoice,
): Promise<{ readonly people: readonly ReadyPerson[]; readonly more: boolean }> => {
  const rows = await tx.query<ReadyPerson>(
    `select w.id, w.name, w.login, w.department, w.team, w.passkey, w.kept and not w.passkey as waiting, w.sheet,
       w.sign_in as "signIn", w.contacts
     from (${waysSql}) w
     where case $5 when 'none' then ${none} else not w.passkey end
       and ($6 or w.department is not distinct from $7)
       and ($8::uuid is null or (w.name, w.id) > (select a.display_name, a.id from people a where a.tenant_id = $1 and a.id = $8))
     order by w.name, w.id limit $9`,
    [
      ...paramsOf(tx, terms, excluded),
      ...[lacking, department === undefined, department ?? null, after, peopleAtOnce + 1],
    ],
  )
  return { people: rows.slice(0, peopleAtOnce), more: rows.length > peopleAtOnce }
}
