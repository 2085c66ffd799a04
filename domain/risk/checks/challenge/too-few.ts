import { defineCheck } from '../../check.ts'
import { dayMs } from '../../quality.ts'
import { say } from '../../text.ts'

const answeredVerdicts = ['correct', 'partial', 'incorrect'] as const

/** Fewer answers than the policy asks for are never a pass; they refuse nothing by themselves either. */
export const tooFew = defineCheck({
  code: 'CHA_TOO_FEW',
  category: 'challenge',
  group: 'too_few',
  defaultWeights: {},
  evaluate({ challenge, at }) {
    if (!challenge.isAsked) return { status: 'not_applicable', text: say('challenge.not_asked') }
    if (!challenge.isComplete) return { status: 'unknown', text: say('challenge.open') }
    const answered = challenge.answers.filter(({ verdict }) =>
      answeredVerdicts.some((v) => v === verdict),
    ).length
    if (answered >= challenge.minAnswered) return { status: 'pass', text: say('too_few.pass', { answered }) }
    return {
      status: 'critical',
      floor: { value: 5, expiresAt: new Date(at + dayMs).toISOString() },
      evidence: [
        {
          label: 'answered',
          value: say('evidence.part', { count: answered, total: challenge.minAnswered }),
          sensitivity: 0,
        },
      ],
      text: say('too_few.hit', { answered, minimum: challenge.minAnswered }),
      remedy: say('remedy.other_route'),
    }
  },
})
