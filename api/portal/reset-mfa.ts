import { openEnrolmentCode } from '#platform/crypto/case-inputs.ts'
import { takeEnrolmentCode } from '#services/actions/enrolment-codes.ts'
import { notify } from '#platform/database/notify.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { bind } from '../http/bind.ts'
import type { ApiDeps } from '../deps.ts'
import { Refused } from '../http/errors.ts'
import { currentStep } from './current-step.ts'
import { planOf, readOwnCase } from './portal-case.ts'
import { stepOf } from './step-of.ts'
import { requireLive } from './with-questions.ts'

/**
 * The participant removes their second sign-in step, on the verified device: the worker does it under the grant, and what
 * the directory issues for a new one waits for this very session (B2).
 */
export const resetMfa = (deps: ApiDeps) =>
  bind('portal.resetMfa', async ({ participant }) => {
    requireLive(participant)
    const found = await readOwnCase(deps, participant)
    const resetId = found.action?.workflow_id ?? null
    const { kind } = stepOf(found, participant, planOf(deps, participant, found))
    if (kind !== 'reset_mfa' || resetId === null) throw new Refused('step_over')
    // A case that ended meanwhile, or an answer that is still to come: the step says which.
    await deps.verifications.resetMfa(resetId, participant.sessionId)
    return currentStep(deps, participant)
  })

/** Shows the code, once: it is gone from its row with the answer. */
export const showEnrolmentCode = (deps: ApiDeps) =>
  bind('portal.showEnrolmentCode', async ({ participant }) => {
    requireLive(participant)
    const { tenantId, verificationId, sessionId } = participant
    const { verification } = await readOwnCase(deps, participant)
    const taken = await inTenant(deps.db, tenantId, async (tx) => {
      const code = await takeEnrolmentCode(tx, verificationId, sessionId)
      if (code === undefined) throw new Refused('step_over')
      await notify(tx, 'verification', verificationId)
      await recordEvents(tx, { kind: 'participant', id: verification.person_id }, verificationId, [
        { type: 'enrolment_code.shown', object: { kind: 'verification', id: verificationId }, payload: {} },
      ])
      return code
    })
    return {
      code: openEnrolmentCode(
        deps.keys,
        { tenantId, verificationId, portalSessionId: sessionId },
        taken.sealed,
      ),
      expiresAt: taken.expiresAt.toISOString(),
    }
  })
