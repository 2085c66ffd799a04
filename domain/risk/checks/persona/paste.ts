import { defineCheck } from '../../check.ts'
import type { AnswerFacts } from '../../facts.ts'
import { givenAnswers } from '../../preconditions.ts'
import { say } from '../../text.ts'

/** An answer came from the clipboard: it was looked up. Who types most of it and pastes one letter is a careful speller. */
export const paste = defineCheck({
  code: 'PER_PASTE',
  category: 'persona',
  group: 'input',
  phase: 2,
  defaultWeights: { pasted: -2 },
  evaluate(facts, weights) {
    const typed = givenAnswers(facts).filter((answer) => answer.form === 'typed')
    if (typed.length === 0) return { status: 'not_applicable', text: say('no_typing.no_answers') }
    if (typed.every((answer) => answer.input === null))
      return { status: 'unknown', text: say('no_typing.not_told') }
    const count = typed.filter(isPasted).length
    if (count === 0) return { status: 'pass', text: say('paste.pass') }
    return {
      status: 'flag',
      weight: weights.pasted,
      evidence: [
        { label: 'answers', value: say('evidence.part', { count, total: typed.length }), sensitivity: 0 },
      ],
      text: say('paste.hit', { count }),
      remedy: say('remedy.ask_to_type'),
    }
  },
})

/** Fewer keys than letters: most of the answer was not typed. */
function isPasted({ input, letters }: AnswerFacts): boolean {
  if (input === null || input.accessibility) return false
  return input.pastes > 0 && input.keydowns < letters
}
