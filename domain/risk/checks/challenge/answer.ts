import { defineCheck } from '../../check.ts'
import type { Finding } from '../../check.ts'
import type { AnswerFacts } from '../../facts.ts'
import { say } from '../../text.ts'

/**
 * Verdict and difficulty of each answer, by the points table of the questions. Each answer is its own group: one
 * question per family makes them independent. The reply itself stays in the restricted transcript.
 */
export const answer = defineCheck({
  code: 'CHA_ANSWER',
  category: 'challenge',
  group: 'answer',
  defaultWeights: {},
  evaluate({ challenge }) {
    if (!challenge.isAsked) return { status: 'not_applicable', text: say('challenge.not_asked') }
    if (challenge.answers.length === 0) return { status: 'unknown', text: say('challenge.open') }
    return challenge.answers.map(judge)
  },
})

function judge({ family, verdict, points, seconds }: AnswerFacts): Finding {
  const rounded = Math.round(seconds)
  return {
    ...(points < 0 && { remedy: say('remedy.other_route') }),
    status: points < 0 ? 'flag' : 'pass',
    weight: points,
    group: `answer:${family}`,
    evidence: [
      { label: family, value: say('evidence.answer', { verdict, seconds: rounded }), sensitivity: 1 },
    ],
    text:
      verdict === 'invalid' || verdict === 'skipped'
        ? say(`answer.${verdict}`, { family })
        : say(`answer.${verdict}`, { family, seconds: rounded }),
  }
}
