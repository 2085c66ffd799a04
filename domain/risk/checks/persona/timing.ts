import { defineCheck } from '../../check.ts'
import type { AnswerFacts } from '../../facts.ts'
import { givenAnswers } from '../../preconditions.ts'
import { say } from '../../text.ts'

const fastestSeconds = 0.8
const secondsPerWord = 0.025
const slowSeconds = 75
const slowBlurs = 2

/** Faster than reading, or so slow and so often away that the participant looked the answer up. */
export const timing = defineCheck({
  code: 'PER_TIMING',
  category: 'persona',
  group: 'input',
  defaultWeights: { fast: -4, slow: -3 },
  evaluate(facts, weights) {
    const answers = givenAnswers(facts)
    if (answers.length === 0) return { status: 'not_applicable', text: say('timing.no_answers') }
    const evidence = answers.map((answer) => ({
      label: answer.family,
      value: say('evidence.answer_time', {
        seconds: Math.round(answer.seconds * 10) / 10,
        times: answer.input?.blurs ?? 0,
      }),
      sensitivity: 1 as const,
    }))
    const fast = answers.filter(isFast).length
    if (fast > 0)
      return {
        status: 'flag',
        weight: weights.fast,
        evidence,
        text: say('timing.fast', { count: fast }),
        remedy: say('remedy.ask_to_type'),
      }
    const slow = answers.filter(isSlow).length
    if (slow > 0)
      return {
        status: 'flag',
        weight: weights.slow,
        evidence,
        text: say('timing.slow', { count: slow }),
        remedy: say('remedy.stay_on_page'),
      }
    return { status: 'pass', evidence, text: say('timing.pass') }
  },
})

function isFast({ seconds, wordsToRead }: AnswerFacts): boolean {
  return seconds < fastestSeconds || seconds < secondsPerWord * wordsToRead
}

/** "More time" and accessibility mode are for slow readers: with either, slowness says nothing. */
function isSlow({ seconds, input, isExtended }: AnswerFacts): boolean {
  if (isExtended || input === null || input.accessibility) return false
  return seconds > slowSeconds && input.blurs >= slowBlurs
}
