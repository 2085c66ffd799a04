import type { Verifications } from '#platform/temporal/temporal.ts'
import type { Started } from '../../contract/console.ts'
import { Refused } from '../../http/errors.ts'

type Sent = Extract<Awaited<ReturnType<Verifications['resend']>>, { kind: 'answered' }>['value']

/** The answer to a start or a resend. @throws Refused when nothing was sent because a rule forbids it */
export const startedAnswer = (
  verificationId: string,
  contactMasked: string,
  answer: Sent | null,
): Started => {
  if (answer === null)
    return {
      verificationId,
      status: 'pending',
      state: 'created',
      delivery: 'pending',
      contactMasked,
      linkExpiresAt: null,
    }
  if (answer.refusal !== null) throw new Refused(answer.refusal, { verificationId })
  const { state, delivery, contactMasked: masked, linkExpiresAt } = answer
  return { verificationId, status: 'recorded', state, delivery, contactMasked: masked, linkExpiresAt }
}
