import { randomUUID } from 'node:crypto'
import type { Tx } from '#platform/database/transaction.ts'

/** A key is remembered this long (Q5). */
export const answerHours = 24

/** A request that has not answered after this long died with its process; a repetition takes it over. */
const takeOverSeconds = 20

/** The first answer, as it was sent. */
export type StoredAnswer = { readonly status: number; readonly body: unknown }

/** The state of a key. `mine`: do the work; the operation id stays the same when another process takes the key over. */
export type Reservation =
  | { readonly kind: 'mine'; readonly operationId: string }
  | { readonly kind: 'answered'; readonly answer: StoredAnswer }
  | { readonly kind: 'other_body' }
  | { readonly kind: 'under_way' }

type Row = {
  status: number | null
  answer: { reserved?: string; body?: string }
  same: boolean
  stale: boolean
}

/**
 * Reserves an idempotency key for one actor (Q5): same key and body, same answer for 24 hours; same key
 * with another body is refused; of concurrent requests one does the work.
 */
export const reserveKey = async (
  tx: Tx,
  actor: string,
  key: string,
  bodyHash: Buffer,
): Promise<Reservation> => {
  await tx.run(
    `delete from idempotency where tenant_id = $1 and actor = $2 and key = $3
       and created_at < now() - make_interval(hours => $4)`,
    [tx.tenantId, actor, key, answerHours],
  )
  const operationId = randomUUID()
  const added = await tx.run(
    `insert into idempotency (tenant_id, actor, key, body_hash, answer) values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [tx.tenantId, actor, key, bodyHash, JSON.stringify({ reserved: operationId })],
  )
  if (added === 1) return { kind: 'mine', operationId }
  const row = await tx.one<Row>(
    `select status, answer, body_hash = $4 as same, created_at < now() - make_interval(secs => $5) as stale
     from idempotency where tenant_id = $1 and actor = $2 and key = $3 for update`,
    [tx.tenantId, actor, key, bodyHash, takeOverSeconds],
  )
  return row === undefined ? { kind: 'under_way' } : known(tx, actor, key, row)
}

const known = async (tx: Tx, actor: string, key: string, row: Row): Promise<Reservation> => {
  if (!row.same) return { kind: 'other_body' }
  if (row.status !== null)
    return { kind: 'answered', answer: { status: row.status, body: JSON.parse(row.answer.body ?? 'null') } }
  if (!row.stale || row.answer.reserved === undefined) return { kind: 'under_way' }
  await tx.run('update idempotency set created_at = now() where tenant_id = $1 and actor = $2 and key = $3', [
    tx.tenantId,
    actor,
    key,
  ])
  return { kind: 'mine', operationId: row.answer.reserved }
}

/** Keeps the answer for repetitions, as text: a repetition gets the same bytes. */
export const keepAnswer = (tx: Tx, actor: string, key: string, answer: StoredAnswer): Promise<number> =>
  tx.run(
    `update idempotency set status = $4, answer = answer || jsonb_build_object('body', $5::text)
     where tenant_id = $1 and actor = $2 and key = $3`,
    [tx.tenantId, actor, key, answer.status, JSON.stringify(answer.body ?? null)],
  )

/**
 * Lets a repetition try again at once with the same operation id: the outcome is not known yet, or a part of ours was
 * down.
 */
export const releaseKey = (tx: Tx, actor: string, key: string): Promise<number> =>
  tx.run(
    `update idempotency set created_at = now() - make_interval(secs => $4)
     where tenant_id = $1 and actor = $2 and key = $3 and status is null`,
    [tx.tenantId, actor, key, takeOverSeconds + 1],
  )
