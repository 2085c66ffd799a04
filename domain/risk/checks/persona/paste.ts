import { defineCheck } from '../../check.ts'
import { entriesOf, usesAid, type Entry } from '../../preconditions.ts'
import { say } from '../../text.ts'

/**
 * An answer, or the code that is read out, came from the clipboard: it was looked up or passed on. Who types most of it and
 * pastes one letter is a careful speller.
 */
export const paste = defineCheck({
  code: 'PER_PASTE',
  category: 'persona',
  group: 'input',
  phase: 2,
  ruleVersion: 2,
  defaultWeights: { pasted: -2 },
  evaluate(facts, weights) {
    const entries = entriesOf(facts)
    const typed = entries.filter(({ isTyped, isSent }) => isTyped && !isSent)
    if (typed.length === 0) return { status: 'not_applicable', text: say('no_typing.no_answers') }
    if (typed.every(({ input }) => input === null))
      return { status: 'unknown', text: say('no_typing.not_told') }
    const count = usesAid(entries) ? 0 : typed.filter(isPasted).length
    if (count === 0) return { status: 'pass', text: say('paste.pass') }
    return {
      status: 'flag',
      weight: weights.pasted,
      evidence: [
        { label: 'fields', value: say('evidence.part', { count, total: typed.length }), sensitivity: 0 },
      ],
      text: say('paste.hit', { count }),
      remedy: say('remedy.ask_to_type'),
    }
  },
})

/** Fewer keys than letters: most of it was not typed. */
function isPasted({ input, letters }: Entry): boolean {
  return input !== null && input.pastes > 0 && input.keydowns < letters
}
