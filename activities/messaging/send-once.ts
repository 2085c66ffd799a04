import { ApplicationFailure } from '@temporalio/common'
import type { RefusalCode } from '#domain/refusal.ts'
import {
  beginDelivery,
  findDelivery,
  finishDelivery,
  notTaken,
  type Attempt,
  type Delivery,
  type NewDelivery,
} from '#services/sending/deliveries.ts'
import { inOneTrip, inTenant, type Tx } from '#platform/database/transaction.ts'
import { sendAttempts } from '#workflows/messages.ts'
import { attemptNow } from '../context.ts'
import type { ActivityDeps, Message, SendResult } from '../ports.ts'

/** The message that is to be sent, or the reason why none may be. */
export type Prepared =
  | { readonly refusal: RefusalCode }
  | {
      readonly delivery: NewDelivery
      readonly message: Omit<Message, 'reference'>
      /** The rows that must exist before the message goes out: written beside its row, in the same trip. */
      readonly store?: (tx: Tx) => Promise<unknown>
    }

/** The end of an attempt. `refusal`: nothing was begun. */
export type Sent = {
  readonly delivery: 'accepted' | 'refused' | 'unknown'
  readonly deliveryId: string
  readonly refusal: RefusalCode | null
}

/** True if the provider refused a message that was begun: it reached nobody. */
export const isRefusedByProvider = ({ delivery, refusal }: Sent): boolean =>
  delivery === 'refused' && refusal === null

type SendDeps = Pick<ActivityDeps, 'db' | 'messenger'>

/**
 * Sends one message per attempt, at most (R2): the delivery row comes first, in the transaction that also counts the limits;
 * a retry that finds the row begun says `unknown` instead of sending again.
 */
export const sendOnce = async (
  deps: SendDeps,
  tenantId: string,
  attempt: Attempt,
  prepare: (tx: Tx) => Promise<Prepared>,
): Promise<Sent> => {
  const begun = await inTenant(deps.db, tenantId, async (tx) => {
    const known = await findDelivery(tx, attempt)
    if (known !== undefined && !mayBeginAgain(known)) return { sent: await settle(tx, known) }
    const prepared = await prepare(tx)
    if ('refusal' in prepared) {
      return { sent: { delivery: 'refused', deliveryId: '', refusal: prepared.refusal } as const }
    }
    // The row of a first attempt keeps its id when the same attempt begins again.
    const delivery = { ...prepared.delivery, id: known?.id ?? prepared.delivery.id }
    await Promise.all([prepared.store?.(tx), beginDelivery(tx, delivery)])
    return { id: delivery.id, message: { ...prepared.message, reference: delivery.id } }
  })
  if ('sent' in begun) return begun.sent
  return finish(deps, tenantId, begun.id, await deps.messenger.send(begun.message))
}

/** Only a message that no provider took begins again. */
const mayBeginAgain = (known: Delivery): boolean =>
  known.status === 'refused' && known.errorCode === notTaken && attemptNow() <= sendAttempts

/** A row that is there already: whatever it says is the answer. */
const settle = async (tx: Tx, known: Delivery): Promise<Sent> => {
  if (known.status === 'begun') await finishDelivery(tx, known.id, 'unknown', null, 'interrupted')
  const delivery = {
    begun: 'unknown',
    unknown: 'unknown',
    refused: 'refused',
    undelivered: 'refused',
  } as const
  const said =
    known.status === 'accepted' || known.status === 'delivered' ? 'accepted' : delivery[known.status]
  return { delivery: said, deliveryId: known.id, refusal: null }
}

const finish = async (deps: SendDeps, tenantId: string, id: string, result: SendResult): Promise<Sent> => {
  const isRefused = result.kind === 'refused' || result.kind === 'not_taken'
  const status = isRefused ? 'refused' : result.kind
  const providerId = result.kind === 'accepted' ? result.providerId : null
  const code = result.kind === 'accepted' ? null : result.kind === 'not_taken' ? notTaken : result.code
  await inOneTrip(deps.db, tenantId, (tx) => finishDelivery(tx, id, status, providerId, code))
  if (result.kind === 'not_taken' && attemptNow() < sendAttempts) {
    throw ApplicationFailure.retryable('no provider took the message', notTaken)
  }
  return { delivery: status, deliveryId: id, refusal: null }
}
