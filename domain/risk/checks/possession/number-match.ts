import { defineCheck } from '../../check.ts'
import { say } from '../../text.ts'

/** The match code binds the call to this portal session. It is never a class by itself: an attacker can relay it. */
export const numberMatch = defineCheck({
  code: 'POS_NUMBER_MATCH',
  category: 'possession',
  group: 'number_match',
  defaultWeights: { matched: 4 },
  evaluate({ possession: { matchCode } }, weights) {
    if (matchCode === null) return { status: 'not_applicable', text: say('number_match.not_used') }
    const evidence = [{ label: 'tries', value: String(matchCode.tries), sensitivity: 0 }] as const
    if (!matchCode.isMatched) return { status: 'unknown', evidence, text: say('number_match.waiting') }
    return { status: 'pass', weight: weights.matched, evidence, text: say('number_match.hit') }
  },
})
