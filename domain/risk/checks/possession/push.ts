import { defineCheck } from '../../check.ts'
import { say, type CheckText } from '../../text.ts'

/**
 * The participant approved a push on the authenticator of their own account (POS_PUSH). Who is tricked may approve one, so it is
 * a kind of its own that can be phished. A push that was denied says that the owner of the authenticator is not on this page: it
 * speaks against the case, and a supervisor decides. No answer, and a service that is down, cost nothing.
 */
export const push = defineCheck({
  code: 'POS_PUSH',
  category: 'possession',
  group: 'push',
  asks: 'supervisor',
  defaultWeights: { proven: 10, denied: -12 },
  evaluate({ possession: { push: facts } }, weights) {
    if (facts === undefined) return { status: 'not_applicable', text: say('push.not_asked') }
    const { provenAt, deniedAt, isGivenUp } = facts
    if (deniedAt !== null)
      return {
        status: 'flag',
        weight: weights.denied,
        evidence: seen(deniedAt),
        text: say('push.denied'),
        remedy: say('remedy.escalate'),
      }
    if (provenAt === null)
      return { status: 'unknown', text: say(isGivenUp ? 'push.given_up' : 'push.waiting') }
    return {
      status: 'pass',
      weight: weights.proven,
      evidenceClass: 'push',
      evidence: seen(provenAt),
      text: say('push.proven'),
    }
  },
})

const seen = (at: number): readonly { label: string; value: CheckText; sensitivity: 0 }[] => [
  { label: 'push', value: say('evidence.at', { at: new Date(at).toISOString() }), sensitivity: 0 },
]
