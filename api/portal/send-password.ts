import type { ApiDeps } from '../deps.ts'
import type { PortalCase } from './portal-case.ts'
import { isResendDue, noteSent } from './resend.ts'

type Deps = Pick<ApiDeps, 'verifications' | 'log'>

/** Names a sealed password to the workflow that holds the grant. The password itself is with the worker's key alone. */
export const sendPassword = (
  deps: Deps,
  resetId: string,
  inputId: string,
): ReturnType<ApiDeps['verifications']['submitPassword']> =>
  deps.verifications.submitPassword(resetId, inputId)

/** Names one again that the workflow may not have heard of. The same input is the same update: it is taken once. */
export const sendPasswordAgain = (
  deps: Deps,
  { verification: { id }, action, sentPassword }: PortalCase,
): void => {
  const resetId = action?.workflow_id ?? null
  if (sentPassword === null || resetId === null || !isResendDue(sentPassword)) return
  noteSent(sentPassword)
  // The participant's page asks for the step again; the answer of this is in it.
  sendPassword(deps, resetId, sentPassword).catch((error: unknown) => {
    deps.log.warn('a password was not sent on yet', {
      verificationId: id,
      reason: String((error as Error).name),
    })
  })
}
