import { defineCheck } from '../../check.ts'
import { say } from '../../text.ts'

/**
 * The participant's own passkey answered a challenge of this case (POS_PASSKEY). It is bound to the portal's
 * name and cannot be read out or relayed, hence a class of its own. Whether one counts (72 hours old, neither removed
 * nor enrolled in a disputed case) is settled where it is looked up, by the database's clock.
 */
export const passkey = defineCheck({
  code: 'POS_PASSKEY',
  category: 'possession',
  group: 'passkey',
  defaultWeights: { proven: 20 },
  evaluate({ possession, at }, weights) {
    const facts = possession.passkey
    if (facts === undefined) return { status: 'not_applicable', text: say('passkey.none') }
    const { proven, isGivenUp } = facts
    if (proven === null)
      return { status: 'unknown', text: say(isGivenUp ? 'passkey.given_up' : 'passkey.not_used') }
    const days = Math.max(0, Math.floor((at - proven.enrolledAt) / 86_400_000))
    return {
      status: 'pass',
      weight: weights.proven,
      evidenceClass: 'phishing_resistant',
      evidence: [
        { label: 'passkey', value: say('evidence.passkey', { name: proven.name, days }), sensitivity: 0 },
      ],
      text: say('passkey.proven', { name: proven.name }),
    }
  },
})
