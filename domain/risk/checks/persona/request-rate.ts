import { defineCheck } from '../../check.ts'
import type { Weights } from '../../check.ts'
import type { AttemptFacts } from '../../facts.ts'
import { isFamiliar } from '../../preconditions.ts'
import { dayMs } from '../../quality.ts'
import { say } from '../../text.ts'

const stopAt = 5

/** Attempts follow the person, over every channel and agent: calling again and again is how a refusal is worn down. */
export const requestRate = defineCheck({
  code: 'PER_REQUEST_RATE',
  category: 'persona',
  group: 'campaign',
  ruleVersion: 2,
  defaultWeights: { second: -2, third: -5, failure: -4, failures: -8 },
  evaluate(facts, weights) {
    const { attempts } = facts.persona
    if (attempts === null) return { status: 'unknown', text: say('request_rate.not_counted') }
    const weight = weightOf(attempts, weights)
    if (weight === 0) return { status: 'pass', text: say('request_rate.pass') }
    const { started24h: started, failed24h: failed } = attempts
    const hit = {
      weight,
      evidence: [
        {
          label: 'attempts_24h',
          value: say('evidence.attempts', { started, failed }),
          sensitivity: 0,
        },
      ],
      text: say('request_rate.hit', { started, failed }),
    } as const
    if (started < stopAt || isFamiliar(facts))
      return { ...hit, status: 'flag', remedy: say('remedy.look_at_history') }
    const floor = { value: 8, expiresAt: new Date(facts.at + dayMs).toISOString() }
    return { ...hit, status: 'critical', floor, remedy: say('remedy.escalate') }
  },
})

/** Number of attempts plus each earlier failure, the failures up to `failures`. */
function weightOf(
  { started24h, failed24h }: AttemptFacts,
  weights: Weights<'second' | 'third' | 'failure' | 'failures'>,
): number {
  const rate = started24h >= 3 ? weights.third : started24h === 2 ? weights.second : 0
  return rate + Math.max(weights.failures, failed24h * weights.failure)
}
