import { defineCheck } from '../../check.ts'
import { say } from '../../text.ts'

/** Each list of options teaches something: a second set of questions within 30 days costs, a third costs more. */
export const attempts = defineCheck({
  code: 'CHA_ATTEMPTS',
  category: 'challenge',
  group: 'attempts',
  defaultWeights: { second: -2, third: -6 },
  evaluate({ challenge }, weights) {
    if (!challenge.isAsked) return { status: 'not_applicable', text: say('challenge.not_asked') }
    const times = challenge.withQuestions30d
    if (times === null) return { status: 'unknown', text: say('attempts.not_counted') }
    if (times <= 1) return { status: 'pass', text: say('attempts.pass') }
    return {
      status: 'flag',
      weight: times === 2 ? weights.second : weights.third,
      evidence: [{ label: 'with_questions_30d', value: String(times), sensitivity: 0 }],
      text: say('attempts.hit', { times }),
      remedy: say('remedy.other_route'),
    }
  },
})
