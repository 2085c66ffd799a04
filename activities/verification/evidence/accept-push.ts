import { z } from 'zod'
import { takeSealedInput, type SealedInput } from '#services/verifications/codes.ts'
import { caseOfLiveSession } from '#services/verifications/portal-sessions.ts'
import { completePlan } from '#services/questions/plans.ts'
import { countPushesLeft, giveUpPush, isPushAsked, lockPushRequest } from '#services/pushes/push-requests.ts'
import { addPush, hasOpenPush } from '#services/pushes/pushes.ts'
import { lockPerson } from '#services/people/people.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { openForWorker } from '#platform/crypto/sealed-inputs.ts'
import type { PushAnswer } from '#workflows/messages.ts'
import type { AcceptPushInput } from '#workflows/verification/activity-types.ts'
import type { ActivityDeps } from '../../ports.ts'
import { recordEvidence } from './record-evidence.ts'

type Deps = Pick<ActivityDeps, 'db' | 'keys'>

/** The API sealed this: the portal session that wants a push, or that the participant cannot approve one. */
const PushInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('not_now') }),
  z.strictObject({ kind: z.literal('send'), sessionId: z.uuid() }),
])

/**
 * Takes the participant's wish for a push, which the worker's loop then sends, or that they cannot approve one, which completes the
 * plan. Counted here, under a lock of the person: no two cases send more than one person may get.
 */
export const createAcceptPush =
  (deps: Deps) =>
  (input: AcceptPushInput): Promise<PushAnswer> =>
    inTenant(deps.db, input.case.tenantId, async (tx) => {
      const { verificationId, personId } = input.case
      const sealed = await takeSealedInput(tx, input.inputId, verificationId, 'push')
      await lockPerson(tx, personId)
      const request = await lockPushRequest(tx, verificationId)
      if (request === undefined) return { isOver: false, pushesLeft: 0 }
      const pushesLeft = await countPushesLeft(tx, verificationId, personId)
      // The same input again finds what the first did.
      if (request.isProven || request.isDenied || request.isGivenUp) return { isOver: true, pushesLeft }
      if (sealed === undefined || !(await isPushAsked(tx, verificationId)))
        return { isOver: false, pushesLeft }
      const said = openInput(deps, input, sealed)
      if (said.kind === 'not_now') return giveUp(tx, input, pushesLeft)
      return want(tx, input, said.sessionId, pushesLeft)
    })

const openInput = (deps: Deps, input: AcceptPushInput, { sealed }: SealedInput) => {
  const { tenantId, verificationId } = input.case
  const place = { tenantId, verificationId, kind: 'push', row: input.inputId } as const
  return PushInput.parse(JSON.parse(openForWorker(deps.keys, place, sealed).toString('utf8')))
}

const giveUp = async (tx: Tx, input: AcceptPushInput, pushesLeft: number): Promise<PushAnswer> => {
  const { verificationId } = input.case
  await giveUpPush(tx, verificationId)
  await completePlan(tx, verificationId, 'push_not_possible')
  await recordEvidence(tx, input, 'push.given_up', {})
  return { isOver: true, pushesLeft }
}

/** One push at a time; a page that asks twice gets the one that is under way. */
const want = async (
  tx: Tx,
  input: AcceptPushInput,
  sessionId: string,
  pushesLeft: number,
): Promise<PushAnswer> => {
  const { verificationId, personId } = input.case
  const session = await caseOfLiveSession(tx, sessionId)
  if (session?.verificationId !== verificationId || (await hasOpenPush(tx, verificationId)))
    return { isOver: false, pushesLeft }
  if (pushesLeft === 0) return giveUp(tx, input, 0)
  const isAdded = await addPush(tx, { id: input.inputId, verificationId, personId, sessionId })
  return isAdded ? { isOver: false, pushesLeft: pushesLeft - 1 } : giveUp(tx, input, pushesLeft)
}
