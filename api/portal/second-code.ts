import { randomUUID } from 'node:crypto'
import { addSealedInput } from '#services/verifications/portal-inputs.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { sealForWorker } from '#platform/crypto/sealed-inputs.ts'
import type { SecondCodeAnswer } from '#workflows/messages.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { Step } from '../contract/portal.ts'
import { bind } from '../http/bind.ts'
import type { PortalCaller } from '../http/callers.ts'
import type { ApiDeps } from '../deps.ts'
import { Refused, Unavailable } from '../http/errors.ts'
import { valueOf } from '../http/replies.ts'
import { currentStep } from './current-step.ts'
import { storeRequest } from './request-facts.ts'
import { planOf, readOwnCase } from './portal-case.ts'
import { stepOf } from './step-of.ts'
import { requireLive } from './with-questions.ts'

/** Hands what the participant says to the worker, sealed: it compares, counts and sends. */
const submit = async (
  deps: ApiDeps,
  participant: PortalCaller,
  said: string,
  alongside: (tx: Tx) => Promise<void> = () => Promise.resolve(),
): Promise<SecondCodeAnswer> => {
  const { tenantId, verificationId } = participant
  const id = randomUUID()
  const place = { tenantId, verificationId, kind: 'second_code', row: id } as const
  const sealed = sealForWorker(deps.keys, place, said)
  await inTenant(deps.db, tenantId, async (tx) => {
    await addSealedInput(tx, { id, verificationId, kind: 'second_code', sealed })
    await alongside(tx)
  })
  const answer = valueOf(await deps.verifications.submitSecondCode({ tenantId, verificationId }, id))
  if (answer === null) throw new Unavailable()
  return answer
}

/** The code that went to a different contact. */
export const secondCode = (deps: ApiDeps) =>
  bind('portal.secondCode', async ({ participant, body, http }) => {
    requireLive(participant)
    // Before the worker judges it: it weighs the case as soon as the code is right.
    const answer = await submit(deps, participant, body.code, (tx) =>
      storeRequest(deps, tx, participant, http, 'second_code', { input: body.summary }),
    )
    return currentStep(deps, participant, { wrongCode: !answer.accepted && answer.reason === 'code_wrong' })
  })

const ownStep = async (deps: ApiDeps, caller: PortalCaller) => {
  requireLive(caller)
  const found = await readOwnCase(deps, caller)
  return stepOf(found, caller, planOf(deps, caller, found))
}

/** The time until another code may be asked for, seconds; null: none may. */
const againIn = (step: Step): number | null => {
  if (step.kind === 'second_code_refused') return step.asksLeft === 0 ? null : step.secondsLeft
  if (step.kind === 'second_code') return step.again?.secondsLeft ?? null
  throw new Refused('step_over')
}

const isChoice = (step: Step, contactId: string): boolean =>
  step.kind === 'second_code' && step.again?.choices.some(({ id }) => id === contactId) === true

/** "Send it again": once the time is over, and no more often than the step says. The worker looks at both once more. */
export const sendSecondCode = (deps: ApiDeps) =>
  bind('portal.sendSecondCode', async ({ participant, body: { contactId } }) => {
    const step = await ownStep(deps, participant)
    if (againIn(step) !== 0) throw new Refused('send_limit_reached')
    if (contactId !== undefined && !isChoice(step, contactId)) throw new Refused('contact_not_allowed')
    await submit(deps, participant, contactId === undefined ? 'again' : `again ${contactId}`)
    return currentStep(deps, participant)
  })

/** "Go on without the code", whether it was sent or not: the case is weighed with what there is. */
export const withoutSecondCode = (deps: ApiDeps) =>
  bind('portal.withoutSecondCode', async ({ participant }) => {
    const { kind } = await ownStep(deps, participant)
    if (kind !== 'second_code' && kind !== 'second_code_refused') throw new Refused('step_over')
    await submit(deps, participant, 'without')
    return currentStep(deps, participant)
  })
