/** E-mails to those who were named to vouch, once their naming holds: written with its event, sent by the worker. */
import { inSeconds } from '#platform/database/model.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { NamingMail } from './models.ts'

/** A naming that took effect. */
export type NamingEffect = {
  readonly namingId: string
  readonly approverId: string
  readonly personId: string | null
  readonly team: string | null
}

/** Namings whose day is over and whose approver was not told; each is given once, to one transaction. */
export const takeNamingEffects = (tx: Tx): Promise<NamingEffect[]> =>
  tx.query<NamingEffect>(
    `with told as (
       insert into naming_notices (tenant_id, naming_id, person_id)
       select n.tenant_id, n.id, n.approver_id from named_approvers n
       where n.tenant_id = $1 and n.accepted_at is not null and n.ended_at is null and n.effective_at <= now()
         and not exists (select from naming_notices t where t.tenant_id = n.tenant_id and t.naming_id = n.id)
       on conflict do nothing returning naming_id)
     select id as "namingId", approver_id as "approverId", person_id as "personId", team from named_approvers
     where tenant_id = $1 and id in (select naming_id from told) order by id`,
    [tx.tenantId],
  )

/** A notice taken for sending. */
export type TakenNamingNotice = {
  readonly namingId: string
  readonly tries: number
  readonly email: string | null
  readonly at: Date
  readonly language: string | null
  readonly country: string | null
  readonly timeZone: string | null
}

/**
 * Takes waiting notices: begun before anything is sent, so that no other process sends them; what a dead process left begun
 * is unknown, and not sent again.
 */
export const takeNamingNotices = async (tx: Tx, limit: number): Promise<TakenNamingNotice[]> => {
  await tx.run(
    `update naming_notices set status = 'unknown'
     where tenant_id = $1 and status = 'begun' and begun_at < now() - interval '2 minutes'`,
    [tx.tenantId],
  )
  return tx.query<TakenNamingNotice>(
    `update naming_notices n set status = 'begun', begun_at = now(), tries = tries + 1 from people p
     where n.tenant_id = $1 and p.tenant_id = $1 and p.id = n.person_id and n.naming_id in (
       select naming_id from naming_notices where tenant_id = $1 and status = 'waiting' and not_before <= now()
       order by not_before limit $2 for update skip locked)
     returning n.naming_id as "namingId", n.tries, p.work_email as email, n.created_at as at, p.language,
       p.country, p.time_zone as "timeZone"`,
    [tx.tenantId, limit],
  )
}

/** Notes what became of a taken notice; `waiting` puts it back for later. */
export const finishNamingNotice = async (
  tx: Tx,
  namingId: string,
  status: 'sent' | 'refused' | 'unknown' | 'waiting',
  againInSeconds = 0,
): Promise<void> => {
  const again = status === 'waiting' ? { notBefore: inSeconds(againInSeconds) } : {}
  await NamingMail.of(tx)
    .where({ namingId, status: 'begun' })
    .patch({ status, ...again })
}
