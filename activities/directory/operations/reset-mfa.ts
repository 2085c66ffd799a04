import { ApplicationFailure } from '@temporalio/common'
import { addEnrolmentCode } from '#services/actions/enrolment-codes.ts'
import { endOtherSessions } from '#services/verifications/portal-sessions.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { sealEnrolmentCode } from '#platform/crypto/case-inputs.ts'
import type { ResetMfaInput, WriteAnswer } from '#workflows/action/activity-types.ts'
import type { ActivityDeps } from '../../ports.ts'
import { directoryOf, operationUuid, reasonOf, type Operation } from './operation.ts'

/**
 * The one write that removes second factors, under the grant. What the directory issued for a new one goes, sealed, to the
 * portal session that asked, and is in no answer of this (B2, M1).
 */
const createResetMfa =
  (deps: Pick<ActivityDeps, 'db' | 'keys' | 'openDirectory'>) =>
  async ({ operation, portalSessionId }: ResetMfaInput): Promise<WriteAnswer> => {
    const { directory } = await directoryOf(deps, operation)
    const { tenantId, verificationId } = operation.reset
    const answer = await directory.resetMfa({
      verificationId,
      grantId: operation.grantId,
      operationId: operationUuid(operation),
      sessionId: portalSessionId,
    })
    if (answer.kind === 'refused') return { kind: 'refused', reason: reasonOf(answer.problem) }
    if (answer.kind === 'lost') throw ApplicationFailure.nonRetryable('the write is not certain', 'lost')
    const { enrolment } = answer
    const sealed =
      enrolment && sealEnrolmentCode(deps.keys, { tenantId, verificationId, portalSessionId }, enrolment.code)
    const expiresAt = enrolment && enrolment.expiresAt
    await inTenant(deps.db, tenantId, (tx) =>
      addEnrolmentCode(tx, { verificationId, portalSessionId, sealed, expiresAt }),
    )
    return { kind: 'accepted' }
  }

/** B14: nobody else stays in. */
export const resettingMfa: Operation<'mfa_reset'> = {
  create: createResetMfa,
  whenDone: (tx, { reset }) => endOtherSessions(tx, reset.personId, reset.verificationId),
}
