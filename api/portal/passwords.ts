import { randomUUID } from 'node:crypto'
import {
  checkPassword as check,
  isPasswordAccepted,
  type PasswordRuleCode,
  type PasswordRuleState,
} from '#domain/password.ts'
import { addSealedInput } from '#services/verifications/portal-inputs.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { sealTypedPassword } from '#services/actions/typed-password.ts'
import { bind } from '../http/bind.ts'
import type { PortalCaller } from '../http/callers.ts'
import type { ApiDeps } from '../deps.ts'
import { Refused } from '../http/errors.ts'
import { currentStep } from './current-step.ts'
import { planOf, readOwnCase, type PortalCase } from './portal-case.ts'
import { sendPassword } from './send-password.ts'
import { stepOf, wordsOf } from './step-of.ts'
import { requireLive } from './with-questions.ts'

type Due = { readonly found: PortalCase; readonly resetId: string }

/** The case, when its next step is a new password. @throws Refused step_over */
const requirePasswordStep = async (deps: ApiDeps, caller: PortalCaller): Promise<Due> => {
  requireLive(caller)
  const found = await readOwnCase(deps, caller)
  const step = stepOf(found, caller, planOf(deps, caller, found))
  const resetId = found.action?.workflow_id ?? null
  if (step.kind !== 'new_password' || resetId === null) throw new Refused('step_over')
  return { found, resetId }
}

const judge = async (
  deps: ApiDeps,
  found: PortalCase,
  password: string,
): Promise<readonly PasswordRuleState[]> => {
  const words = wordsOf(found)
  return check(password, words, await deps.estimatePassword(password, words))
}

/** The rules, each with whether the typed password keeps it. Nothing is stored or logged. */
export const checkPassword = (deps: ApiDeps) =>
  bind('portal.checkPassword', async ({ participant, body }) => {
    const { found } = await requirePasswordStep(deps, participant)
    const states = await judge(deps, found, body.password)
    return {
      rules: states.map(({ code, state }) => ({ key: code, kept: state === 'met' })),
      accepted: isPasswordAccepted(states),
    }
  })

/**
 * The rules that a password breaks. The service for breached passwords is asked last and once, never while somebody types: a
 * row of half passwords would tell it more than one does. Without an answer the other rules decide.
 */
const brokenRules = async (
  deps: ApiDeps,
  states: readonly PasswordRuleState[],
  password: string,
): Promise<readonly PasswordRuleCode[]> => {
  const broken = states.filter(({ state }) => state !== 'met').map(({ code }) => code)
  if (broken.length > 0) return broken
  return (await deps.isBreached?.(password)) === true ? ['common'] : []
}

const seal = async (
  deps: ApiDeps,
  caller: PortalCaller,
  found: PortalCase,
  password: string,
): Promise<string> => {
  const { tenantId, verificationId, sessionId } = caller
  const id = randomUUID()
  const sealed = sealTypedPassword(deps.keys, { tenantId, verificationId, row: id }, { password, sessionId })
  await inTenant(deps.db, tenantId, async (tx) => {
    await addSealedInput(tx, { id, verificationId, kind: 'password', sealed })
    await recordEvents(tx, { kind: 'participant', id: found.verification.person_id }, verificationId, [
      { type: 'password.submitted', object: { kind: 'verification', id: verificationId }, payload: {} },
    ])
  })
  return id
}

/**
 * Sets the new password: rules first, then sealed to the worker, which writes it under the grant (M3). One
 * that breaks a rule is not sent on and costs no try; one that the directory refuses does (N4).
 */
export const setPassword = (deps: ApiDeps) =>
  bind('portal.setPassword', async ({ participant, body }) => {
    const { found, resetId } = await requirePasswordStep(deps, participant)
    const states = await judge(deps, found, body.password)
    const broken = await brokenRules(deps, states, body.password)
    if (broken.length > 0) return currentStep(deps, participant, { refusedBy: broken })
    const inputId = await seal(deps, participant, found, body.password)
    const reply = await sendPassword(deps, resetId, inputId)
    // A case that ended meanwhile, or an answer that is still to come: the step says which. What is stored is not typed again.
    if (reply.kind !== 'answered') return currentStep(deps, participant)
    return currentStep(deps, participant, { refusedBy: reply.value.refusal === null ? [] : ['directory'] })
  })
