import { randomUUID } from 'node:crypto'
import { addSealedInput } from '#services/verifications/portal-inputs.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { sealForWorker } from '#platform/crypto/sealed-inputs.ts'
import { bind } from '../../http/bind.ts'
import type { PortalCaller } from '../../http/callers.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused, Unavailable } from '../../http/errors.ts'
import { valueOf } from '../../http/replies.ts'
import { currentStep } from '../current-step.ts'
import { planOf, readOwnCase } from '../portal-case.ts'
import { stepOf } from '../step-of.ts'
import { requireLive } from '../with-questions.ts'

/** True if a push may be wanted now: none is under way. @throws Refused step_over unless the case asks for one */
const mayWant = async (deps: ApiDeps, caller: PortalCaller): Promise<boolean> => {
  requireLive(caller)
  const found = await readOwnCase(deps, caller)
  const step = stepOf(found, caller, planOf(deps, caller, found))
  if (step.kind !== 'push') throw new Refused('step_over')
  return step.state === 'ready'
}

/** Hands what the participant wants to the worker: this process knows no service for pushes, and can write no evidence. */
const submit = async (deps: ApiDeps, participant: PortalCaller, said: object): Promise<void> => {
  const { tenantId, verificationId } = participant
  const id = randomUUID()
  const place = { tenantId, verificationId, kind: 'push', row: id } as const
  const sealed = sealForWorker(deps.keys, place, JSON.stringify(said))
  await inTenant(deps.db, tenantId, (tx) => addSealedInput(tx, { id, verificationId, kind: 'push', sealed }))
  if (valueOf(await deps.verifications.submitPush({ tenantId, verificationId }, id)) === null)
    throw new Unavailable()
}

/** "Send me a push": to the account of the case's own person. A page that asks twice gets the one that is under way. */
export const sendPush = (deps: ApiDeps) =>
  bind('portal.sendPush', async ({ participant }) => {
    if (await mayWant(deps, participant))
      await submit(deps, participant, { kind: 'send', sessionId: participant.sessionId })
    return currentStep(deps, participant)
  })

/** "I cannot approve one now": the case continues by another way, without any loss. */
export const withoutPush = (deps: ApiDeps) =>
  bind('portal.withoutPush', async ({ participant }) => {
    await mayWant(deps, participant)
    await submit(deps, participant, { kind: 'not_now' })
    return currentStep(deps, participant)
  })
