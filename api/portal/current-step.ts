import { isOpen } from '#domain/verification/state.ts'
import { uuidOf } from '#platform/database/record-events.ts'
import type { PortalCaller } from '../http/callers.ts'
import type { StepAnswer } from '../contract/portal.ts'
import type { ApiDeps } from '../deps.ts'
import { digitsOf } from './digits.ts'
import { planOf, readOwnCase, type PortalCase } from './portal-case.ts'
import { isResendDue, noteSent, resendMs } from './resend.ts'
import { sendPasswordAgain } from './send-password.ts'
import { stepOf, type StepContext } from './step-of.ts'

type Settings = { readonly accent?: string; readonly helpdeskPhone?: string }

/** The look of the organisation. */
export const brandOf = (name: string, settings: Settings): StepAnswer['brand'] => ({
  name,
  accent: settings.accent ?? null,
  helpdeskPhone: settings.helpdeskPhone ?? null,
})

/** Id of the one completion of a case; the workflow takes it once, however often it is sent. */
export const completionIdOf = (verificationId: string): string => uuidOf('answers-completed', verificationId)

/** Tells the workflow that nothing more is asked. A lost signal is sent again by any later request, else by the reconciler. */
export const signalCompleted = async (
  deps: Pick<ApiDeps, 'verifications' | 'log'>,
  caller: PortalCaller,
): Promise<void> => {
  const { tenantId, verificationId } = caller
  noteSent(verificationId)
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
  return age > resendMs && isResendDue(verification.id)
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
    ...(caller.isLive ? { nonce: caller.probeNonce } : {}),
  }
}
