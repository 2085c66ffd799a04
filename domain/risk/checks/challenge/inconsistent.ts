import { defineCheck } from '../../check.ts'
import { say } from '../../text.ts'

/** One fact, two answers less than 30 days apart, though the fact did not change. */
export const inconsistent = defineCheck({
  code: 'CHA_INCONSISTENT',
  category: 'challenge',
  group: 'inconsistent',
  defaultWeights: { differs: -5 },
  evaluate({ challenge }, weights) {
    if (!challenge.isAsked) return { status: 'not_applicable', text: say('challenge.not_asked') }
    if (challenge.contradictions === null)
      return { status: 'unknown', text: say('inconsistent.not_compared') }
    if (challenge.contradictions.length === 0) return { status: 'pass', text: say('inconsistent.pass') }
    const families = challenge.contradictions.join(', ')
    return {
      status: 'flag',
      weight: weights.differs,
      evidence: [{ label: 'families', value: say('evidence.families', { families }), sensitivity: 1 }],
      text: say('inconsistent.hit', { families }),
      remedy: say('remedy.other_route'),
    }
  },
})
