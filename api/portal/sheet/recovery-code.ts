import { randomUUID } from 'node:crypto'
import { asRecoveryCode } from '#domain/recovery-code.ts'
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

/** @throws Refused step_over unless the case asks for a code of the printed sheet now */
const requireCodeStep = async (deps: ApiDeps, caller: PortalCaller): Promise<void> => {
  requireLive(caller)
  const found = await readOwnCase(deps, caller)
  if (stepOf(found, caller, planOf(deps, caller, found)).kind !== 'recovery_sheet')
    throw new Refused('step_over')
}

/** Hands what the participant sent to the worker, which judges it: this process can write no evidence. True: a wrong code. */
const submit = async (deps: ApiDeps, participant: PortalCaller, said: object): Promise<boolean> => {
  const { tenantId, verificationId } = participant
  const id = randomUUID()
  const place = { tenantId, verificationId, kind: 'recovery_code', row: id } as const
  const sealed = sealForWorker(deps.keys, place, JSON.stringify(said))
  await inTenant(deps.db, tenantId, (tx) =>
    addSealedInput(tx, { id, verificationId, kind: 'recovery_code', sealed }),
  )
  const answer = valueOf(await deps.verifications.submitRecoveryCode({ tenantId, verificationId }, id))
  if (answer === null) throw new Unavailable()
  return answer.isWrong
}

/** Takes a code of the printed sheet. A typing error costs no try: no sheet has a code that reads like it. */
export const recoveryCode = (deps: ApiDeps) =>
  bind('portal.recoveryCode', async ({ participant, body }) => {
    await requireCodeStep(deps, participant)
    const code = asRecoveryCode(body.code)
    if (code === null) return currentStep(deps, participant, { recoveryCode: 'mistyped' })
    const isWrong = await submit(deps, participant, { kind: 'code', code })
    return currentStep(deps, participant, isWrong ? { recoveryCode: 'wrong' } : {})
  })

/** "I have none here": the case continues by another way, without any loss. */
export const withoutRecoveryCode = (deps: ApiDeps) =>
  bind('portal.withoutRecoveryCode', async ({ participant }) => {
    await requireCodeStep(deps, participant)
    await submit(deps, participant, { kind: 'not_at_hand' })
    return currentStep(deps, participant)
  })
