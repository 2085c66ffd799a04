/** Cases that ask their participant to approve a push on their authenticator: written by the worker alone. */
import { mostPushesPerCase, pushesLeft } from '#domain/push.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** Asks for one more kind of evidence: the plan continues with a push. */
export const askPush = async (tx: Tx, verificationId: string, personId: string): Promise<void> => {
  await tx.run(
    `update plans set route = 'push', completed_at = null, completed_reason = null
     where tenant_id = $1 and verification_id = $2`,
    [tx.tenantId, verificationId],
  )
  await tx.run(
    `insert into push_requests (tenant_id, verification_id, person_id) values ($1, $2, $3) on conflict do nothing`,
    [tx.tenantId, verificationId, personId],
  )
}

/** The state of a case's request. */
export type PushRequest = {
  readonly isProven: boolean
  readonly isDenied: boolean
  readonly isGivenUp: boolean
}

const columns = `proven_at is not null as "isProven", denied_at is not null as "isDenied", given_up_at is not null as "isGivenUp"`

/** The request of a case, held until the end of the transaction, so that parallel acts take turns; undefined: none was made. */
export const lockPushRequest = (tx: Tx, verificationId: string): Promise<PushRequest | undefined> =>
  tx.one<PushRequest>(
    `select ${columns} from push_requests where tenant_id = $1 and verification_id = $2 for update`,
    [tx.tenantId, verificationId],
  )

/** Pushes that a case may still send. One person's cases are counted together: nobody is pushed until they give in. */
export const countPushesLeft = async (tx: Tx, verificationId: string, personId: string): Promise<number> => {
  const row = await tx.one<{ ofCase: number; ofPerson: number }>(
    `select count(*) filter (where verification_id = $2)::integer as "ofCase",
       count(*) filter (where asked_at > now() - interval '1 hour')::integer as "ofPerson"
     from pushes where tenant_id = $1 and person_id = $3`,
    [tx.tenantId, verificationId, personId],
  )
  return row === undefined ? mostPushesPerCase : pushesLeft(row.ofCase, row.ofPerson)
}

/** The push was approved on the authenticator of this account: it is evidence of this case from now on. */
export const provePush = async (tx: Tx, verificationId: string, account: string): Promise<void> => {
  await tx.run(
    `update push_requests set proven_at = now(), account = $3 where tenant_id = $1 and verification_id = $2`,
    [tx.tenantId, verificationId, account],
  )
}

/** Somebody denied a push of this case: what an earlier one proved is void with it. */
export const denyPush = async (tx: Tx, verificationId: string): Promise<void> => {
  await tx.run(
    `update push_requests set denied_at = now(), proven_at = null, account = null
     where tenant_id = $1 and verification_id = $2`,
    [tx.tenantId, verificationId],
  )
}

/** The participant cannot approve one now, or the pushes are used up: another way is looked for. */
export const giveUpPush = async (tx: Tx, verificationId: string): Promise<void> => {
  await tx.run(
    `update push_requests set given_up_at = coalesce(given_up_at, now()) where tenant_id = $1 and verification_id = $2`,
    [tx.tenantId, verificationId],
  )
}

/** True if the plan of a case asks for a push at this moment. */
export const isPushAsked = async (tx: Tx, verificationId: string): Promise<boolean> =>
  (await tx.one(
    `select from plans p join verifications v on v.tenant_id = p.tenant_id and v.id = p.verification_id
     where p.tenant_id = $1 and p.verification_id = $2 and p.route = 'push' and p.completed_at is null
       and v.state in ('opened', 'answering')`,
    [tx.tenantId, verificationId],
  )) !== undefined

/** True if the person of a case still has this account, and it may be used at all. */
export const isPushAccount = async (tx: Tx, personId: string, account: string): Promise<boolean> =>
  (await tx.one(
    `select from people where tenant_id = $1 and id = $2 and login = $3 and account_state in ('active', 'locked')
       and not never_via_help_desk`,
    [tx.tenantId, personId, account],
  )) !== undefined

/** True if the push that gave a case its evidence still counts: the person has the same account as then, and none was denied. */
export const isPushProofValid = async (tx: Tx, verificationId: string): Promise<boolean> =>
  (await tx.one(
    `select from push_requests q join people p on p.tenant_id = q.tenant_id and p.id = q.person_id
     where q.tenant_id = $1 and q.verification_id = $2 and q.account = p.login and q.denied_at is null`,
    [tx.tenantId, verificationId],
  )) !== undefined

/** True if somebody denied a push of a case. */
export const isPushRefused = async (tx: Tx, verificationId: string): Promise<boolean> =>
  (await tx.one(
    'select from push_requests where tenant_id = $1 and verification_id = $2 and denied_at is not null',
    [tx.tenantId, verificationId],
  )) !== undefined

/** The facts for silent checks; undefined: this case has not asked for a push. */
export type PushCaseFacts = {
  readonly provenAt: Date | null
  readonly deniedAt: Date | null
  readonly isGivenUp: boolean
}

/** Reads these facts. A proof by an account that is the person's no more is none, and asks for nothing again. */
export const readPushFacts = async (tx: Tx, verificationId: string): Promise<PushCaseFacts | undefined> => {
  const [row] = await tx.named<PushCaseFacts>(
    'read_push_facts',
    `select case when q.account = p.login then q.proven_at end as "provenAt", q.denied_at as "deniedAt",
       q.given_up_at is not null or (q.proven_at is not null and q.account <> p.login) as "isGivenUp"
     from push_requests q join people p on p.tenant_id = q.tenant_id and p.id = q.person_id
     where q.tenant_id = $1 and q.verification_id = $2`,
    [tx.tenantId, verificationId],
  )
  return row
}
