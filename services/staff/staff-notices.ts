/**
 * E-mails to staff, written in the transaction of their event and sent by the worker: to admins about changes that weaken the
 * policy (D13), to admins and supervisors about a harvest of lists and about reports of participants.
 */
import { may, roles, type Role } from '#domain/roles.ts'
import { inSeconds } from '#platform/database/model.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { StaffMail } from './models.ts'

/** The event. */
export type StaffNoticeKind =
  | 'proposed'
  | 'accepted'
  | 'called_off'
  | 'hastened'
  | 'took_effect'
  | 'passkey_added'
  | 'passkey_removed'
  | 'approver_named'
  | 'approver_accepted'
  | 'approver_ended'
  | 'harvest_suspected'
  | 'participant_reported'
  | 'key_copied'
  | 'push_denied'
  | 'duress_signalled'
  | 'directory_drop_held'
  | 'staff_limit_reached'
  | 'staff_impersonated'
  | 'session_moved'
  | 'place_added'
  | 'text_proposed'
  | 'text_accepted'
  | 'text_reset'
  | 'sends_nearly_used'
  | 'sends_used_up'
  | 'second_named'
  | 'second_accepted'
  | 'second_ended'
  | 'protection_end_asked'
  | 'protection_ended'
  | 'audit_broken'
  | 'contact_unreadable'

/** A notice to staff. `about`: proposal, version, naming or day, so that nobody gets it twice. */
export type StaffNotice = {
  readonly kind: StaffNoticeKind
  readonly about: string
  readonly byName: string
  /** ISO 8601 UTC; null where it has no time */
  readonly takesEffectAt: string | null
}

/** The people who watch over cases, and may turn the elevated threat on (B9, B16). */
const watchers = roles.filter((role) => may(role, 'threat.switch'))

/** Writes a notice to everybody of these roles in this transaction, the actor included; the same again changes nothing. */
const tellRoles = (tx: Tx, roles: readonly Role[], notice: StaffNotice): Promise<number> =>
  tx.run(
    `insert into staff_notices (tenant_id, staff_id, kind, about, by_name, takes_effect_at)
     select $1, id, $2, $3, $4, $5 from staff where tenant_id = $1 and role = any($6) and disabled_at is null
     on conflict do nothing`,
    [tx.tenantId, notice.kind, notice.about, notice.byName, notice.takesEffectAt, roles],
  )

/** Writes a notice to every admin; returns how many. */
export const tellAdmins = (tx: Tx, notice: StaffNotice): Promise<number> => tellRoles(tx, ['admin'], notice)

/**
 * Writes to all who may turn the elevated threat on that lists are being collected: once a day, whatever else is found then.
 */
export const tellOfHarvest = (tx: Tx, day: string): Promise<number> =>
  tellRoles(tx, watchers, { kind: 'harvest_suspected', about: day, byName: '', takesEffectAt: null })

/**
 * Writes to all who watch over cases that a message claimed to come from staff; the member of staff named in it gets it too.
 */
export const tellOfImpersonation = (tx: Tx, alarmId: string): Promise<number> =>
  tellRoles(tx, watchers, { kind: 'staff_impersonated', about: alarmId, byName: '', takesEffectAt: null })

/** Writes to all who watch over cases, except the member of staff who started the case: it may be about them (B9). */
export const tellWatchers = (
  tx: Tx,
  kind: 'participant_reported' | 'key_copied' | 'push_denied',
  verificationId: string,
): Promise<number> =>
  tx.run(
    `insert into staff_notices (tenant_id, staff_id, kind, about, by_name)
     select $1, s.id, $2, $3::uuid::text, '' from staff s
     where s.tenant_id = $1 and s.role = any($4) and s.disabled_at is null
       and not exists (select from verifications v where v.tenant_id = $1 and v.id = $3::uuid and v.referrer_id = s.id)
     on conflict do nothing`,
    [tx.tenantId, kind, verificationId, watchers],
  )

/** Writes to every supervisor but the person who gave the silent signal; `mark`: each gets one notice about it. */
export const tellOfDuress = (tx: Tx, mark: string, staffId: string): Promise<number> =>
  tx.run(
    `insert into staff_notices (tenant_id, staff_id, kind, about, by_name)
     select $1, id, 'duress_signalled', $2, '' from staff
     where tenant_id = $1 and role = 'supervisor' and disabled_at is null and id <> $3 on conflict do nothing`,
    [tx.tenantId, mark, staffId],
  )

/** Writes to all who watch over cases, except the member of staff who reached a limit of theirs (D8). */
export const tellOfLimit = (
  tx: Tx,
  alarmId: string,
  member: { readonly id: string; readonly name: string },
): Promise<number> =>
  tx.run(
    `insert into staff_notices (tenant_id, staff_id, kind, about, by_name)
     select $1, id, 'staff_limit_reached', $2, $3 from staff
     where tenant_id = $1 and role = any($4) and disabled_at is null and id <> $5 on conflict do nothing`,
    [tx.tenantId, alarmId, member.name, watchers, member.id],
  )

/** Writes to all who watch over cases, and to the member whose session was used elsewhere (F4). */
export const tellOfMovedSession = (
  tx: Tx,
  alarmId: string,
  member: { readonly id: string; readonly name: string },
): Promise<number> =>
  tx.run(
    `insert into staff_notices (tenant_id, staff_id, kind, about, by_name)
     select $1, id, 'session_moved', $2, $3 from staff
     where tenant_id = $1 and (role = any($4) or id = $5) and disabled_at is null on conflict do nothing`,
    [tx.tenantId, alarmId, member.name, watchers, member.id],
  )

/** Writes to every admin that a directory suddenly shows far fewer people or contacts; once for each time that this begins. */
export const tellOfHeldDrop = (tx: Tx, directory: string, since: string): Promise<number> =>
  tellRoles(tx, ['admin'], {
    kind: 'directory_drop_held',
    about: `${directory} ${since}`,
    byName: directory,
    takesEffectAt: null,
  })

/** Writes a notice to a member of staff about their own account; `about`: the passkey. */
export const tellStaff = (
  tx: Tx,
  staffId: string,
  notice: { readonly kind: 'passkey_added' | 'passkey_removed'; readonly about: string },
): Promise<boolean> => StaffMail.add(tx, { staffId, ...notice, byName: '' })

/** A notice taken for sending. */
export type TakenStaffNotice = StaffNotice & {
  readonly id: string
  readonly tries: number
  readonly email: string
  readonly at: Date
  readonly language: string | null
  readonly country: string | null
  readonly timeZone: string | null
}

/**
 * Takes waiting notices: begun before anything is sent, so that no other process sends them; a notice that a dead process
 * left begun is unknown, and not sent again.
 */
export const takeStaffNotices = async (tx: Tx, limit: number): Promise<TakenStaffNotice[]> => {
  await tx.run(
    `update staff_notices set status = 'unknown'
     where tenant_id = $1 and status = 'begun' and begun_at < now() - interval '2 minutes'`,
    [tx.tenantId],
  )
  return tx.query<TakenStaffNotice>(
    `update staff_notices n set status = 'begun', begun_at = now(), tries = tries + 1
     from staff s left join people p on p.tenant_id = s.tenant_id and p.id = s.person_id
     where n.tenant_id = $1 and s.tenant_id = $1 and s.id = n.staff_id and n.id in (
       select id from staff_notices where tenant_id = $1 and status = 'waiting' and not_before <= now()
       order by not_before limit $2 for update skip locked)
     returning n.id, n.kind, n.about, n.by_name as "byName", iso_instant(n.takes_effect_at) as "takesEffectAt", n.tries,
       s.email, n.begun_at as at, p.language, p.country, p.time_zone as "timeZone"`,
    [tx.tenantId, limit],
  )
}

/** Notes the result of a taken notice; `waiting` puts it back for later. */
export const finishStaffNotice = async (
  tx: Tx,
  id: string,
  status: 'sent' | 'refused' | 'unknown' | 'waiting',
  againInSeconds = 0,
): Promise<void> => {
  const again = status === 'waiting' ? { notBefore: inSeconds(againInSeconds) } : {}
  await StaffMail.of(tx)
    .where({ id, status: 'begun' })
    .patch({ status, ...again })
}
