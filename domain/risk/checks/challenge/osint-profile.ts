import { defineCheck } from '../../check.ts'
import type { AnswerFacts } from '../../facts.ts'
import { say } from '../../text.ts'

const eachAtLeast = 2

/** All that can be found out from outside is right and all that cannot is wrong: the pattern of research. */
export const osintProfile = defineCheck({
  code: 'CHA_OSINT_PROFILE',
  category: 'challenge',
  group: 'osint',
  defaultWeights: { researched: -6 },
  evaluate({ challenge }, weights) {
    if (!challenge.isAsked) return { status: 'not_applicable', text: say('challenge.not_asked') }
    const judged = challenge.answers.filter(({ verdict }) => verdict === 'correct' || verdict === 'incorrect')
    const open = judged.filter((given) => given.exposure !== 'private')
    const secret = judged.filter((given) => given.exposure === 'private')
    if (open.length < eachAtLeast || secret.length < eachAtLeast)
      return { status: 'not_applicable', text: say('osint.too_few') }
    if (!all(open, 'correct') || !all(secret, 'incorrect')) return { status: 'pass', text: say('osint.pass') }
    return {
      status: 'flag',
      weight: weights.researched,
      evidence: [
        {
          label: 'pattern',
          value: say('evidence.researched', { open: open.length, private: secret.length }),
          sensitivity: 1,
        },
      ],
      text: say('osint.hit'),
      remedy: say('remedy.other_route'),
    }
  },
})

function all(answers: readonly AnswerFacts[], verdict: AnswerFacts['verdict']): boolean {
  return answers.every((given) => given.verdict === verdict)
}
