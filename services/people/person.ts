/** A person, as everything that looks at one reads them: once in a request or an activity, and handed on. */
import type { Tx } from '#platform/database/transaction.ts'

/** The row. Whoever needs a part of it asks for a `Pick`. */
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

/** Somebody whom staff ask for by id; undefined when there is nobody, or in another tenant: the same (I2). */
export const findPerson = async (tx: Tx, id: string): Promise<Person | undefined> => {
  const person = await readRow(tx, id)
  return person?.accountState === 'deleted' ? undefined : person
}
