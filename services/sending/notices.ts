/** Notices to contacts: written with the state they tell of, sent by the worker's loop (B12). */
import type { NoticeKind } from '#domain/messages/kinds.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** Whom to tell: every contact on file, or every one but the one that the link went to. */
export type NoticeFor = {
  readonly verificationId: string
  readonly personId: string
  readonly kind: NoticeKind
  readonly exceptContactId: string | null
}

/**
 * Writes notices in this transaction; a contact known as a landline gets none. The same notice again changes nothing. Gives
 * how many were added.
 */
export const addNotices = async (tx: Tx, notice: NoticeFor): Promise<number> =>
  tx.run(
    `insert into notices (tenant_id, verification_id, person_id, kind, contact_id, channel)
     select $1, $2, $3, $4, c.id, case c.kind when 'phone' then 'sms' else 'email' end
     from contacts c where c.tenant_id = $1 and c.person_id = $3 and c.removed_at is null
       and (c.kind = 'email' or c.line_type is distinct from 'fixed')
       and c.id is distinct from $5::uuid
       and ($5::uuid is null or c.value_index is distinct from
         (select value_index from contacts where tenant_id = $1 and id = $5::uuid))
     on conflict do nothing`,
    [tx.tenantId, notice.verificationId, notice.personId, notice.kind, notice.exceptContactId],
    'add_notices',
  )

/** A notice taken for sending. */
export type TakenNotice = {
  readonly id: string
  readonly verificationId: string
  readonly personId: string
  readonly kind: NoticeKind | 'passkey_invitation'
  readonly contactId: string
  readonly tries: number
  /** The moment that it tells of. */
  readonly at: Date
}

/**
 * Takes waiting notices: marks them begun before anything is sent, so that no other process takes them and none is sent
 * twice. What was left begun by a process that died is `unknown`: it may have gone out.
 */
export const takeNotices = async (tx: Tx, limit: number): Promise<TakenNotice[]> => {
  await tx.run(
    `update notices set status = 'unknown' where tenant_id = $1 and status = 'begun' and begun_at < now() - interval '2 minutes'`,
    [tx.tenantId],
  )
  return tx.query<TakenNotice>(
    `update notices n set status = 'begun', begun_at = now(), tries = tries + 1
     where n.tenant_id = $1 and n.id in (
       select id from notices where tenant_id = $1 and status = 'waiting' and not_before <= now()
       order by not_before limit $2 for update skip locked)
     returning n.id, n.verification_id as "verificationId", n.person_id as "personId", n.kind,
       n.contact_id as "contactId", n.tries, n.created_at as at`,
    [tx.tenantId, limit],
  )
}

/** True if anybody may have asked for the case that a notice tells of: nobody signed in, and nobody opened its link. */
export const isOfUnopenedHelp = async (tx: Tx, { kind, verificationId }: TakenNotice): Promise<boolean> =>
  (kind === 'started' || kind === 'ended') &&
  (await tx.one(
    `select from verifications where tenant_id = $1 and id = $2 and referrer_kind = 'self_service' and opened_at is null`,
    [tx.tenantId, verificationId],
  )) !== undefined

/** Counts a notice towards the budgets of messages. */
export const countNotice = async (
  tx: Tx,
  id: string,
  { numberIndex, prefixIndex }: { readonly numberIndex: Buffer; readonly prefixIndex: Buffer | null },
): Promise<void> => {
  await tx.run(
    `update notices set counted_at = now(), number_index = $3, prefix_index = $4 where tenant_id = $1 and id = $2`,
    [tx.tenantId, id, numberIndex, prefixIndex],
  )
}

/** Notes what became of a taken notice; `waiting` puts it back for later. */
export const finishNotice = async (
  tx: Tx,
  id: string,
  status: 'sent' | 'refused' | 'unknown' | 'waiting',
  againInSeconds = 0,
): Promise<void> => {
  await tx.run(
    `update notices set status = $3, sent_at = case when $3 = 'sent' then now() else sent_at end,
       not_before = case when $3 = 'waiting' then now() + make_interval(secs => $4) else not_before end
     where tenant_id = $1 and id = $2 and status = 'begun'`,
    [tx.tenantId, id, status, againInSeconds],
  )
}

/** Stores the hash of a "this was not me" link: revokes only, 72 hours (B12). */
export const addReportLink = async (
  tx: Tx,
  link: {
    readonly verificationId: string
    readonly personId: string
    readonly tokenHash: Buffer
    readonly tokenMark: Buffer
    readonly seconds: number
  },
): Promise<void> => {
  await tx.run(
    `insert into report_links (tenant_id, verification_id, person_id, token_hash, expires_at, token_mark)
     values ($1, $2, $3, $4, now() + make_interval(secs => $5), $6)`,
    [tx.tenantId, link.verificationId, link.personId, link.tokenHash, link.seconds, link.tokenMark],
  )
}
