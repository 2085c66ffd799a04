/** One try of a notice that a loop took; the same for notices to contacts, to staff and to those who were named. */
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import type { ActivityDeps, Message, SendResult } from '../ports.ts'

/** Notices of one kind that are taken, and sent, at once. */
export const atOnce = 5

/** A notice that no provider took is tried again so often, then given up as refused. */
const mostTries = 8

/** The row of a notice says this after a try; `waiting` puts it back for so many seconds. */
export type NoticeEnd = {
  readonly status: 'sent' | 'refused' | 'unknown' | 'waiting'
  readonly againInSeconds: number
}

/** Kinds of notices differ in these steps. */
export type NoticeSteps = {
  /** The message; null when there is nobody to send it to any more. */
  readonly write: () => Message | null | Promise<Message | null>
  /** `code`: why it was not accepted; null where it was. */
  readonly finish: (tx: Tx, end: NoticeEnd, code: string | null) => Promise<void>
  /** Says in the log that it was not accepted. */
  readonly warn: (code: string) => void
}

/** Only what provably went nowhere is tried again (R2): after 10 s, then twice as long each time. `tries`: this one included. */
export const endOf = (result: SendResult, tries: number): NoticeEnd => {
  if (result.kind === 'not_taken' && tries < mostTries)
    return { status: 'waiting', againInSeconds: 5 * 2 ** tries }
  if (result.kind === 'accepted') return { status: 'sent', againInSeconds: 0 }
  return { status: result.kind === 'unknown' ? 'unknown' : 'refused', againInSeconds: 0 }
}

/** Sends a notice that was taken (its row says begun), and writes down what became of it. */
export const sendNotice = async (
  deps: Pick<ActivityDeps, 'db' | 'messenger'>,
  tenantId: string,
  tries: number,
  steps: NoticeSteps,
): Promise<void> => {
  const message = await steps.write()
  const result: SendResult =
    message === null ? { kind: 'refused', code: 'contact_gone' } : await deps.messenger.send(message)
  const code = result.kind === 'accepted' ? null : result.code
  await inTenant(deps.db, tenantId, (tx) => steps.finish(tx, endOf(result, tries), code))
  if (result.kind !== 'accepted') steps.warn(result.code)
}
