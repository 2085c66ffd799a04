import { defineCheck } from '../../check.ts'
import { say } from '../../text.ts'

const enough = 2

/** Earlier verifications with possession proven, none of them disputed, speak for the participant. */
export const goodHistory = defineCheck({
  code: 'PER_GOOD_HISTORY',
  category: 'persona',
  group: 'hist',
  phase: 2,
  defaultWeights: { good: 3 },
  evaluate({ persona: { past } }, weights) {
    if (past === null) return { status: 'unknown', text: say('good_history.not_counted') }
    const times = past.possessionVerified
    if (times < enough) return { status: 'pass', text: say('good_history.pass') }
    if (past.disputed > 0) return { status: 'pass', text: say('good_history.disputed') }
    return {
      status: 'pass',
      weight: weights.good,
      evidence: [{ label: 'verified_180d', value: String(times), sensitivity: 0 }],
      text: say('good_history.hit', { times }),
    }
  },
})
