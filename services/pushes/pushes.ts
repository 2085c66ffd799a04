/** Pushes: each is a row before anything is sent, and the worker's loop alone sends them and looks for their answers. */
import type { Tx } from '#platform/database/transaction.ts'

/** The progress of a push; the last four are its ends. */
export type PushState = 'asked' | 'sending' | 'sent' | PushEnd

/** `unanswered`: nobody said anything in time, or the participant went another way · `not_sent`: it never left, as far as is known. */
export type PushEnd = 'approved' | 'denied' | 'unanswered' | 'not_sent'

/** A push that is to be sent. */
export type NewPush = {
  readonly id: string
  readonly verificationId: string
  readonly personId: string
  readonly sessionId: string
}

/** Wants a push to the account that the person of the case has. The same again changes nothing. False: there is none to send to. */
export const addPush = async (
  tx: Tx,
  { id, verificationId, personId, sessionId }: NewPush,
): Promise<boolean> => {
  await tx.run(
    `insert into pushes (tenant_id, id, verification_id, person_id, portal_session_id, account)
     select $1, $2, $3, p.id, $5, p.login from people p
     where p.tenant_id = $1 and p.id = $4 and p.account_state in ('active', 'locked') and not p.never_via_help_desk
     on conflict do nothing`,
    [tx.tenantId, id, verificationId, personId, sessionId],
  )
  return (
    (await tx.one('select from pushes where tenant_id = $1 and id = $2', [tx.tenantId, id])) !== undefined
  )
}

/** True if a push of this case was sent, or is about to be, and its answer is not known. */
export const hasOpenPush = async (tx: Tx, verificationId: string): Promise<boolean> =>
  (await tx.one(
    'select from pushes where tenant_id = $1 and verification_id = $2 and ended_at is null limit 1',
    [tx.tenantId, verificationId],
  )) !== undefined

/** A push that the loop works on. */
export type OpenPush = {
  readonly id: string
  readonly verificationId: string
  readonly personId: string
  readonly sessionId: string
  readonly account: string
  readonly transaction: string | null
  readonly devices: readonly string[]
  readonly ageSeconds: number
}

const openColumns = `id, verification_id as "verificationId", person_id as "personId", portal_session_id as "sessionId", account,
  transaction, devices, extract(epoch from now() - asked_at)::float8 as "ageSeconds"`

/** Takes pushes to send; from now on they count as begun, and no other process sends them. */
export const takePushesToSend = (tx: Tx, limit: number): Promise<OpenPush[]> =>
  tx.query<OpenPush>(
    `update pushes set state = 'sending', looked_at = now() where tenant_id = $1 and id in (
       select id from pushes where tenant_id = $1 and ended_at is null and state = 'asked'
       order by asked_at limit $2 for update skip locked) returning ${openColumns}`,
    [tx.tenantId, limit],
  )

/** Takes pushes whose answer is to be looked for; another process leaves them alone for a moment. */
export const takePushesToLookAt = (tx: Tx, restMs: number, limit: number): Promise<OpenPush[]> =>
  tx.query<OpenPush>(
    `update pushes set looked_at = now() where tenant_id = $1 and id in (
       select id from pushes where tenant_id = $1 and ended_at is null and state = 'sent'
         and looked_at < now() - make_interval(secs => $2::float8 / 1000)
       order by looked_at limit $3 for update skip locked) returning ${openColumns}`,
    [tx.tenantId, restMs, limit],
  )

/** Takes pushes whose sender died so long ago that nothing of it is still under way. They may have gone out; none is sent again. */
export const takeLostPushes = (tx: Tx, patienceSeconds: number): Promise<OpenPush[]> =>
  tx.query<OpenPush>(
    `select ${openColumns} from pushes where tenant_id = $1 and ended_at is null and state = 'sending'
       and looked_at < now() - make_interval(secs => $2) for update skip locked`,
    [tx.tenantId, patienceSeconds],
  )

/** The service's answer to a push that was sent. */
export type SentPush = {
  readonly transaction: string
  readonly devices: readonly string[]
  readonly number: string | null
}

/** Keeps that a push went out. False: it had ended before, or another push has this transaction. */
export const markSent = async (
  tx: Tx,
  id: string,
  { transaction, devices, number }: SentPush,
): Promise<boolean> =>
  (await tx.run(
    `update pushes set state = 'sent', sent_at = now(), transaction = $3, devices = $4, shown_number = $5
     where tenant_id = $1 and id = $2 and state = 'sending'
       and not exists (select from pushes o where o.tenant_id = $1 and o.transaction = $3)`,
    [tx.tenantId, id, transaction, devices, number],
  )) === 1

/** Ends a push. False: it had ended before, so that each has one end. */
export const endPush = async (tx: Tx, id: string, end: PushEnd): Promise<boolean> =>
  (await tx.run(
    'update pushes set state = $3, ended_at = now() where tenant_id = $1 and id = $2 and ended_at is null',
    [tx.tenantId, id, end],
  )) === 1

/** The newest push of a case, for its page. */
export type NewestPush = { readonly state: PushState; readonly number: string | null }

/** Reads it; undefined: the participant has not asked for one. */
export const readNewestPush = (tx: Tx, verificationId: string): Promise<NewestPush | undefined> =>
  tx.one<NewestPush>(
    `select state, shown_number as number from pushes where tenant_id = $1 and verification_id = $2
     order by asked_at desc, id desc limit 1`,
    [tx.tenantId, verificationId],
  )
