import { defineCheck } from '../../check.ts'
import { say } from '../../text.ts'

/** A value that was true more than three years ago, or never: a participant who picks it works from an old leak. */
export const canary = defineCheck({
  code: 'CHA_CANARY',
  category: 'challenge',
  group: 'canary',
  defaultWeights: { picked: -6 },
  evaluate({ challenge }, weights) {
    if (!challenge.isAsked) return { status: 'not_applicable', text: say('challenge.not_asked') }
    if (challenge.answers.length === 0) return { status: 'unknown', text: say('challenge.open') }
    const count = challenge.answers.filter((given) => given.isCanary).length
    if (count === 0) return { status: 'pass', text: say('canary.pass') }
    return {
      status: 'flag',
      weight: weights.picked,
      evidence: [{ label: 'picked', value: say('evidence.outdated'), sensitivity: 1 }],
      text: say('canary.hit', { count }),
      remedy: say('remedy.other_route'),
    }
  },
})
