import type { Role } from '#domain/roles.ts'
import { setSignInProvider } from '../tenants/tenants.ts'
import { Staff } from './models.ts'
import { endStaffSessionsOf } from './sessions.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** A member of staff as the provider of sign-in knows them. The database's owner writes it, no process of ours. */
export type StaffLink = {
  readonly id: string
  readonly email: string
  readonly issuer: string
  readonly subject: string
  readonly name: string
  readonly role: Role
}

/** The member with this address, compared without case. */
export const staffByEmail = async (tx: Tx, email: string): Promise<{ id: string; role: Role } | null> =>
  (await Staff.of(tx).select('id', 'role').whereRaw('lower(email) = lower(?)', email).first()) ?? null

/** Everybody of the tenant's staff, by address. */
export const listStaff = (
  tx: Tx,
): Promise<
  readonly { email: string; role: Role; subject: string; person: string | null; isDisabled: boolean }[]
> =>
  tx.query(
    `select s.email, s.role, s.subject, p.work_email as person, s.disabled_at is not null as "isDisabled"
     from staff s left join people p on p.tenant_id = s.tenant_id and p.id = person_of_staff(s.tenant_id, s.id)
     where s.tenant_id = $1 order by s.email`,
    [tx.tenantId],
  )

/**
 * Adds a member, and makes the provider the tenant's. False where another account has the subject already. An address that
 * two people share links the member to neither.
 */
export const addStaff = async (tx: Tx, link: StaffLink): Promise<boolean> => {
  const added = await tx.run(
    `insert into staff (tenant_id, id, issuer, subject, email, display_name, role, person_id)
     values ($1, $2, $3, $4, $5, $6, $7, (select min(id::text)::uuid from people
       where tenant_id = $1 and lower(work_email) = lower($5) and account_state <> 'deleted' having count(*) = 1))
     on conflict (issuer, subject) do nothing`,
    [tx.tenantId, link.id, link.issuer, link.subject, link.email, link.name, link.role],
  )
  if (added > 0) await setSignInProvider(tx, link.issuer)
  return added > 0
}

/** Links an account to the one person with that work address; false where there is none, or several. */
export const linkStaffPerson = async (tx: Tx, id: string, workEmail: string): Promise<boolean> =>
  (await tx.run(
    `update staff set person_id = p.id from (select min(id::text)::uuid as id from people
       where tenant_id = $1 and lower(work_email) = lower($3) and account_state <> 'deleted' having count(*) = 1) p
     where staff.tenant_id = $1 and staff.id = $2`,
    [tx.tenantId, id, workEmail],
  )) === 1

/** Gives a member another subject, ends their sessions, and makes the provider the tenant's. False as `addStaff` does. */
export const linkStaff = async (tx: Tx, { id, issuer, subject }: StaffLink): Promise<boolean> => {
  const linked = await tx.run(
    `update staff set issuer = $3, subject = $4 where tenant_id = $1 and id = $2
       and not exists (select from staff where issuer = $3 and subject = $4 and id <> $2)`,
    [tx.tenantId, id, issuer, subject],
  )
  if (linked === 0) return false
  await endStaffSessionsOf(tx, id)
  await setSignInProvider(tx, issuer)
  return true
}

/**
 * The member signs in no more, and the sessions they have end. False for the last admin who signs in: nobody could accept a
 * policy, a sender of messages or a second approver any more (D16). Of two at once, one waits for the other.
 */
export const turnOffStaff = async (tx: Tx, id: string): Promise<boolean> => {
  await tx.query(`select from staff where tenant_id = $1 and role = 'admin' order by id for update`, [
    tx.tenantId,
  ])
  const off = await tx.run(
    `update staff set disabled_at = coalesce(disabled_at, now()) where tenant_id = $1 and id = $2
       and (role <> 'admin' or disabled_at is not null or exists (select from staff other
         where other.tenant_id = $1 and other.role = 'admin' and other.disabled_at is null and other.id <> $2))`,
    [tx.tenantId, id],
  )
  if (off > 0) await endStaffSessionsOf(tx, id)
  return off > 0
}
