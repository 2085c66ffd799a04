/**
 * This is a loop, since a participant waits for it at a page, and whoever holds the authenticator may deny a push long after that
 * page was closed: row → one try to send → looks until there is an end → recorded. A worker that dies leaves a row, which the
 * next one ends or looks at; no push is sent twice.
 */
import { latestAnswerSeconds, pushSeconds } from '#domain/push.ts'
import type { EventType } from '#domain/events/catalog.ts'
import {
  countPushesLeft,
  denyPush,
  giveUpPush,
  isPushAccount,
  isPushAsked,
  lockPushRequest,
  provePush,
} from '#services/pushes/push-requests.ts'
import {
  endPush,
  markSent,
  takeLostPushes,
  takePushesToLookAt,
  takePushesToSend,
  type OpenPush,
  type PushEnd,
} from '#services/pushes/pushes.ts'
import { readPushText } from '#services/pushes/push-text.ts'
import { completePlan } from '#services/questions/plans.ts'
import { tellWatchers } from '#services/staff/staff-notices.ts'
import { caseOfLiveSession } from '#services/verifications/portal-sessions.ts'
import { recordEvents, uuidOf } from '#platform/database/record-events.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import type { CaseWorkflows } from '#platform/temporal/temporal-cases.ts'
import type { ActivityDeps } from '../ports.ts'
import type { PushLook, PushOrdered, PushService } from '../push/port.ts'

/** Watching pushes needs these. */
export type WatchDeps = Pick<ActivityDeps, 'db' | 'log' | 'pushes'> & {
  readonly workflows: Pick<CaseWorkflows, 'answersCompleted'>
}

/** Pushes worked on in one go. */
const atOnce = 20
/** So long a push rests between two looks. Milliseconds. */
const restMs = 1_500
/** A service answers within seconds, so that a push that is being sent for so long has lost its sender. */
const lostAfterSeconds = 45

type Working = WatchDeps & { readonly tenantId: string; readonly service: PushService }

/** Sends and looks at the pushes of a tenant; gives how many came to an end. */
export const watchPushes = async (
  deps: WatchDeps,
  tenantId: string,
  { rest = restMs, lostAfter = lostAfterSeconds } = {},
): Promise<number> => {
  const service = deps.pushes.get(tenantId)
  if (service === undefined) return 0
  const working = { ...deps, tenantId, service }
  const [lost, toSend, toLookAt] = await inTenant(deps.db, tenantId, async (tx) => [
    await takeLostPushes(tx, lostAfter),
    await takePushesToSend(tx, atOnce),
    await takePushesToLookAt(tx, rest, atOnce),
  ])
  const ends = await Promise.all([
    ...lost.map((push) => end(working, push, 'not_sent')),
    ...toSend.map((push) => send(working, push)),
    ...toLookAt.map((push) => look(working, push)),
  ])
  return ends.filter(Boolean).length
}

/** The service's answer to an order; null: none, or none that we understand. */
const ordered = async (
  { service, log }: Working,
  { account, verificationId }: OpenPush,
  text: string,
): Promise<PushOrdered | null> => {
  try {
    return await service.send({ login: account, text })
  } catch (error) {
    log.warn('a service for pushes did not send one', {
      verificationId,
      error: String((error as Error).name),
    })
    return null
  }
}

const send = async (working: Working, push: OpenPush): Promise<boolean> => {
  const { db, tenantId } = working
  const { id, verificationId, personId, account } = push
  const text = await inTenant(db, tenantId, async (tx) =>
    (await isPushAsked(tx, verificationId)) && (await isPushAccount(tx, personId, account))
      ? readPushText(tx, verificationId)
      : null,
  )
  const order = text === null ? null : await ordered(working, push, text)
  if (order?.kind !== 'sent') return end(working, push, 'not_sent')
  const isSent = await inTenant(db, tenantId, async (tx) => {
    if (!(await markSent(tx, id, order))) return false
    await record(tx, push, 'push.sent')
    return true
  })
  // A transaction that another push has: whatever is said about it is about that one.
  return isSent ? false : end(working, push, 'not_sent')
}

/** A service that does not answer says nothing: the push is looked at again. */
const looked = async ({ service, log }: Working, push: OpenPush): Promise<PushLook> => {
  try {
    return await service.look({
      login: push.account,
      transaction: push.transaction ?? '',
      devices: push.devices,
    })
  } catch (error) {
    const { verificationId } = push
    log.warn('a service for pushes did not answer', { verificationId, error: String((error as Error).name) })
    return 'waiting'
  }
}

const look = async (working: Working, push: OpenPush): Promise<boolean> => {
  if (push.ageSeconds > latestAnswerSeconds) return end(working, push, 'unanswered')
  const found = await looked(working, push)
  if (found === 'waiting') return push.ageSeconds > pushSeconds && end(working, push, 'unanswered')
  return end(working, push, found === 'cancelled' ? 'unanswered' : found)
}

/** Records the end of a push with all that follows, and moves the workflow on where its participant has nothing more to do. */
const end = async (working: Working, push: OpenPush, how: PushEnd): Promise<boolean> => {
  const { db, tenantId, workflows, log } = working
  const { id, verificationId } = push
  const ended = await inTenant(db, tenantId, async (tx) => {
    const request = await lockPushRequest(tx, verificationId)
    if (request === undefined || !(await endPush(tx, id, how))) return null
    return { isOver: await settle(tx, push, how, request.isDenied) }
  })
  if (ended === null) return false
  if (how === 'denied') log.warn('a push was denied on the authenticator', { tenantId, verificationId })
  // A signal that is lost is sent again by the reconciler, which finds the completed plan.
  if (ended.isOver) await workflows.answersCompleted({ tenantId, verificationId }, `push-${id}`)
  return true
}

/** Keeps what an end means for the case. True: its plan is complete. */
const settle = async (tx: Tx, push: OpenPush, how: PushEnd, wasDenied: boolean): Promise<boolean> => {
  const { verificationId, personId } = push
  const isAsked = await isPushAsked(tx, verificationId)
  if (how === 'denied') return denied(tx, push, isAsked)
  if (how === 'approved') return isAsked && !wasDenied && approved(tx, push)
  await record(tx, push, 'push.unanswered')
  if (!isAsked || (await countPushesLeft(tx, verificationId, personId)) > 0) return false
  await giveUpPush(tx, verificationId)
  await completePlan(tx, verificationId, 'push_not_possible')
  return true
}

/** Counts whatever became of the case meanwhile: whoever holds the authenticator says that they asked for nothing. */
const denied = async (tx: Tx, push: OpenPush, isAsked: boolean): Promise<boolean> => {
  const { verificationId } = push
  await denyPush(tx, verificationId)
  await tellWatchers(tx, 'push_denied', verificationId)
  await record(tx, push, 'push.denied')
  if (isAsked) await completePlan(tx, verificationId, 'push_denied')
  return isAsked
}

/** Proof, while the session lives that asked for it and the person still has that account. */
const approved = async (tx: Tx, push: OpenPush): Promise<boolean> => {
  const { verificationId, personId, sessionId, account } = push
  const session = await caseOfLiveSession(tx, sessionId)
  if (session?.verificationId !== verificationId || !(await isPushAccount(tx, personId, account)))
    return false
  await provePush(tx, verificationId, account)
  await completePlan(tx, verificationId, 'push')
  await record(tx, push, 'push.approved')
  return true
}

const record = (tx: Tx, { id, verificationId, personId }: OpenPush, type: EventType): Promise<void> =>
  recordEvents(
    tx,
    { kind: 'participant', id: personId },
    verificationId,
    [{ type, object: { kind: 'verification', id: verificationId }, payload: {} }],
    [uuidOf(type, id)],
    'to_consoles',
  )
