/** Messages that an admin sends to their own contact, to see them as they arrive. Asked for by the API, sent by the worker. */
import type { Cap } from '#domain/policy/policy.ts'
import type { MessageOf } from './message-texts.ts'
import { daysAgo, inSeconds, instant, now } from '#platform/database/model.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { TestSend } from './models.ts'

/** One admin may send this many: enough to look at each message, too few to bother anybody with (H3). */
export const testCaps: readonly Cap[] = [
  { max: 5, seconds: 600 },
  { max: 20, seconds: 86_400 },
]

/** A test as its sender sees it. Times are ISO 8601 UTC. */
export type TestMessage = MessageOf & {
  readonly id: string
  readonly status: 'waiting' | 'begun' | 'sent' | 'refused' | 'unknown'
  readonly errorCode: string | null
  readonly at: string
}

/** Asks for one, unless a cap is reached: counted under a lock, over all processes (H7). */
export const addTestMessage = async (
  tx: Tx,
  test: MessageOf & { readonly id: string; readonly staffId: string; readonly textId: string | null },
): Promise<boolean> => {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `tests/${tx.tenantId}/${test.staffId}`,
  ])
  for (const cap of testCaps) {
    const row = await tx.one<{ n: number }>(
      `select count(*)::integer as n from test_messages
       where tenant_id = $1 and staff_id = $2 and created_at > now() - make_interval(secs => $3)`,
      [tx.tenantId, test.staffId, cap.seconds],
    )
    if ((row?.n ?? cap.max) >= cap.max) return false
  }
  await TestSend.query(tx.knex).insert({ tenantId: tx.tenantId, ...test })
  return true
}

/** The last tests of a member of staff, newest first. */
export const listTestMessages = async (tx: Tx, staffId: string): Promise<TestMessage[]> =>
  TestSend.of(tx)
    .where({ staffId })
    .where('createdAt', '>', daysAgo(1))
    .orderBy('createdAt', 'desc')
    .limit(5)
    .select('id', 'kind', 'channel', 'language', 'status', 'errorCode', instant('createdAt', 'at'))
    .castTo<TestMessage[]>()

/** A test taken for sending, and who gets it: their address, or the person whose number it goes to. */
export type TakenTest = MessageOf & {
  readonly id: string
  readonly tries: number
  readonly textId: string | null
  readonly email: string
  readonly personId: string | null
  readonly at: Date
}

/** Takes waiting tests: begun before anything is sent; what a dead process left begun is unknown, and not sent again (R2). */
export const takeTestMessages = async (tx: Tx, limit: number): Promise<TakenTest[]> => {
  await tx.run(
    `update test_messages set status = 'unknown', finished_at = now()
     where tenant_id = $1 and status = 'begun' and begun_at < now() - interval '2 minutes'`,
    [tx.tenantId],
  )
  return tx.query<TakenTest>(
    `update test_messages t set status = 'begun', begun_at = now(), tries = tries + 1
     from staff s
     where t.tenant_id = $1 and s.tenant_id = $1 and s.id = t.staff_id and t.id in (
       select id from test_messages where tenant_id = $1 and status = 'waiting' and not_before <= now()
       order by not_before limit $2 for update skip locked)
     returning t.id, t.kind, t.channel, t.language, t.tries, t.text_id as "textId", s.email, s.person_id as "personId",
       t.created_at as at`,
    [tx.tenantId, limit],
  )
}

/** Notes what became of a taken test; `waiting` puts it back for later. */
export const finishTestMessage = async (
  tx: Tx,
  id: string,
  status: 'sent' | 'refused' | 'unknown' | 'waiting',
  { errorCode, againInSeconds }: { readonly errorCode: string | null; readonly againInSeconds: number },
): Promise<void> => {
  const isOver = status !== 'waiting'
  const when = isOver ? { finishedAt: now() } : { finishedAt: null, notBefore: inSeconds(againInSeconds) }
  await TestSend.of(tx)
    .where({ id, status: 'begun' })
    .patch({ status, errorCode, ...when })
}
