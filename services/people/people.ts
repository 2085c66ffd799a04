/** People: one row as everything reads it, the search, and a person's verifications and reports. */
import { type Tx, outsideTenants } from '#platform/database/transaction.ts'
import type { Db } from '#platform/database/connect.ts'
import type { Tier } from '#domain/verification/verification.ts'

/** The row of a person. Code that needs a part of it asks for a `Pick`. */
export type Person = {
  readonly id: string
  readonly directory: string
  readonly directoryId: string
  readonly login: string
  readonly workEmail: string | null
  readonly name: string
  readonly language: string | null
  readonly tier: 'standard' | 'privileged'
  readonly accountState: 'active' | 'locked' | 'disabled' | 'deleted' | 'not_started'
  readonly neverViaHelpDesk: boolean
  readonly isBlocked: boolean
  readonly managerId: string | null
  readonly managerName: string | null
  readonly title: string | null
  readonly department: string | null
  readonly team: string | null
  readonly office: string | null
  readonly country: string | null
  readonly timeZone: string | null
  readonly hiredOn: string | null
  readonly passwordChangedAt: Date | null
  readonly mfaChangedAt: Date | null
  readonly refreshedAt: Date
}

const personSql = `select p.id, p.directory, p.directory_id as "directoryId", p.login, p.work_email as "workEmail",
    p.display_name as name, p.language, p.tier, p.account_state as "accountState",
    p.never_via_help_desk as "neverViaHelpDesk", coalesce(p.blocked_until > now(), false) as "isBlocked",
    p.manager_id as "managerId",
    (select m.display_name from people m where m.tenant_id = p.tenant_id and m.id = p.manager_id) as "managerName",
    p.title, p.department, p.team, p.office, p.country, p.time_zone as "timeZone",
    to_char(p.hired_on, 'YYYY-MM-DD') as "hiredOn", p.password_changed_at as "passwordChangedAt",
    p.mfa_changed_at as "mfaChangedAt", p.refreshed_at as "refreshedAt"
  from people p where p.tenant_id = $1 and p.id = $2`

const readRow = (tx: Tx, id: string): Promise<Person | undefined> =>
  tx.one<Person>(personSql, [tx.tenantId, id], 'read_person')

/** The person of a case. @throws when there is none: the case is not of this tenant */
export const readPerson = async (tx: Tx, id: string): Promise<Person> => {
  const person = await readRow(tx, id)
  if (person === undefined) throw new Error('the person of this case does not exist')
  return person
}

/** A person whom staff ask for by id; undefined when there is nobody, or in another tenant: the same (I2). */
export const findPerson = async (tx: Tx, id: string): Promise<Person | undefined> => {
  const person = await readRow(tx, id)
  return person?.accountState === 'deleted' ? undefined : person
}

/** A person as a search shows them. */
export type PersonHit = Pick<
  Person,
  'id' | 'name' | 'login' | 'workEmail' | 'title' | 'department' | 'accountState'
>

/** Most people a search shows (D9). */
export const mostHits = 20

/** People by name, address or login; at most 20, and whether there are more. */
export const searchPeople = async (
  tx: Tx,
  needle: string,
  excluded: readonly string[],
): Promise<{ people: readonly PersonHit[]; more: boolean }> => {
  const rows = await tx.query<PersonHit>(
    `select p.id, p.display_name as name, p.login, p.work_email as "workEmail", p.title, p.department,
       p.account_state as "accountState"
     from people_matching($1, $2) with ordinality m (id, place)
     join people p on p.tenant_id = $1 and p.id = m.id
     where p.id <> all ($3::uuid[]) order by m.place`,
    [tx.tenantId, needle, excluded],
  )
  return { people: rows.slice(0, mostHits), more: rows.length > mostHits }
}

/** These people, in the order in which they are named. */
export const readHits = (
  tx: Tx,
  personIds: readonly string[],
  excluded: readonly string[],
): Promise<readonly PersonHit[]> =>
  tx.query<PersonHit>(
    `select p.id, p.display_name as name, p.login, p.work_email as "workEmail", p.title, p.department,
       p.account_state as "accountState"
     from unnest($2::uuid[]) with ordinality m (id, place) join people p on p.tenant_id = $1 and p.id = m.id
     where p.account_state <> 'deleted' and p.id <> all ($3::uuid[]) order by m.place`,
    [tx.tenantId, personIds, excluded],
  )

/** A past or running verification as the card shows it. */
export type RecentRow = {
  readonly id: string
  readonly purpose: string
  readonly state: string
  readonly outcome: string | null
  readonly channel: 'sms' | 'email'
  readonly referrerName: string
  readonly createdAt: Date
}

/** The ten newest verifications of a person, over all agents and channels. */
export const recentVerifications = (tx: Tx, personId: string): Promise<RecentRow[]> =>
  tx.query<RecentRow>(
    `select id, purpose, state, outcome, channel, referrer_name as "referrerName", created_at as "createdAt"
     from verifications where tenant_id = $1 and person_id = $2 order by created_at desc, id desc limit 10`,
    [tx.tenantId, personId],
  )

/** Reports of "this was not me" in the last 30 days. */
export const countReports = async (tx: Tx, personId: string): Promise<number> => {
  const row = await tx.one<{ used: number }>(
    `select count(*) as used from reports where tenant_id = $1 and person_id = $2 and at > now() - interval '30 days'`,
    [tx.tenantId, personId],
  )
  return row?.used ?? 0
}

/** An open verification. `isUnopenedHelp`: it was asked for on the public page, and nobody has opened its link. */
export type OpenVerification = { readonly id: string; readonly isUnopenedHelp: boolean }

/** The newest verification of a person that is still open, if there is one. */
export const openVerificationOf = (tx: Tx, personId: string): Promise<OpenVerification | undefined> =>
  tx.one<OpenVerification>(
    `select id, referrer_kind = 'self_service' and state in ('link_sent', 'undelivered') and link_ordinal <= 1
       as "isUnopenedHelp" from verifications where tenant_id = $1 and person_id = $2 and state <> 'closed' and expires_at > now()
     order by created_at desc, id desc limit 1`,
    [tx.tenantId, personId],
  )

/** Two starts for one person wait for each other until their transactions end. */
export const lockPerson = async (tx: Tx, personId: string): Promise<void> => {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 1))', [`${tx.tenantId}/${personId}`])
}

/** The person with this login or work address, over all organisations; null where nobody has it, or more than one. */
export const resolveParticipant = async (
  db: Db,
  typed: string,
): Promise<{ readonly tenantId: string; readonly personId: string } | null> => {
  const [row] = await outsideTenants(db).query<{ tenantId: string | null; personId: string | null }>(
    'select tenant_id as "tenantId", person_id as "personId" from resolve_participant($1)',
    [typed],
  )
  return row?.tenantId && row.personId ? { tenantId: row.tenantId, personId: row.personId } : null
}

/** The tier of everybody who can be asked. */
export const readTiers = async (tx: Tx): Promise<ReadonlyMap<string, Tier>> => {
  const rows = await tx.query<{ id: string; tier: Tier }>(
    `select id, tier from people where tenant_id = $1 and account_state in ('active', 'locked')`,
    [tx.tenantId],
  )
  return new Map(rows.map(({ id, tier }) => [id, tier]))
}
