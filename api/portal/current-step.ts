import { isOpen } from '#domain/verification/state.ts'
import { uuidOf } from '#platform/server/db/record-events.ts'
import type { PortalCaller } from '../callers.ts'
import type { StepAnswer } from '../contract/portal.ts'
import type { ApiDeps } from '../deps.ts'
import { digitsOf } from './digits.ts'
import { planOf, readOwnCase, type PortalCase } from './portal-case.ts'
import { stepOf, type StepContext } from './step-of.ts'

type Settings = { readonly accent?: string; readonly helpdeskPhone?: string }

/** What the organisation looks like. */
export const brandOf = (name: string, settings: Settings): StepAnswer['brand'] => ({
  name,
  accent: settings.accent ?? null,
  helpdeskPhone: settings.helpdeskPhone ?? null,
})

/** Id of the one completion of a case; the workflow takes it once, however often it is sent. */
export const completionIdOf = (verificationId: string): string => uuidOf('answers-completed', verificationId)

/** A signal is sent again at most this often per case and process. */
const resendMs = 10_000
const mostRemembered = 10_000
const lastSent = new Map<string, number>()

/** Tells the workflow that nothing more is asked. A lost signal is sent again by any later request, else by the reconciler. */
export const signalCompleted = async (
  deps: Pick<ApiDeps, 'verifications' | 'log'>,
  caller: PortalCaller,
): Promise<void> => {
  const { tenantId, verificationId } = caller
  if (lastSent.size >= mostRemembered) lastSent.clear()
  lastSent.set(verificationId, performance.now())
  const reply = await deps.verifications.answersCompleted(
    { tenantId, verificationId },
    completionIdOf(verificationId),
  )
  if (reply.kind !== 'answered')
    deps.log.warn('completion was not delivered yet', { verificationId, reason: reply.kind })
}

const isSignalLost = ({ plan, verification }: PortalCase): boolean => {
  if (plan?.completed_at == null || !isOpen(verification.state)) return false
  if (verification.state !== 'opened' && verification.state !== 'answering') return false
  const age = Date.now() - Date.parse(plan.completed_at)
  return age > resendMs && performance.now() - (lastSent.get(verification.id) ?? -resendMs) >= resendMs
}

/** Sends a password on that the workflow may not have heard of. The same input is the same update: it is taken once. */
const sendPasswordAgain = (
  deps: Pick<ApiDeps, 'verifications' | 'log'>,
  { verification: { id }, action, sentPassword }: PortalCase,
): void => {
  const resetId = action?.workflow_id ?? null
  if (sentPassword === null || resetId === null) return
  if (performance.now() - (lastSent.get(sentPassword) ?? -resendMs) < resendMs) return
  if (lastSent.size >= mostRemembered) lastSent.clear()
  lastSent.set(sentPassword, performance.now())
  // Whoever waits asks for the step again; the answer of this is in it.
  deps.verifications.submitPassword(resetId, sentPassword).catch((error: unknown) => {
    deps.log.warn('a password was not sent on yet', {
      verificationId: id,
      reason: String((error as Error).name),
    })
  })
}

/** The answer that every portal route gives: the step to render next. */
export const currentStep = async (
  deps: Pick<ApiDeps, 'db' | 'keys' | 'verifications' | 'log' | 'settings'>,
  caller: PortalCaller,
  context: StepContext = {},
): Promise<StepAnswer> => {
  const found = await readOwnCase(deps, caller)
  if (isSignalLost(found)) await signalCompleted(deps, caller)
  sendPasswordAgain(deps, found)
  const step = stepOf(found, caller, planOf(deps, caller, found), context)
  const { tenant } = found
  return {
    brand: brandOf(tenant.name, tenant.settings),
    step,
    reportDigits:
      step.kind === 'ended' ? null : digitsOf(deps.keys, caller.tenantId, 'report', caller.verificationId),
  }
}
