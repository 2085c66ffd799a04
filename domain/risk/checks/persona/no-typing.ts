import { defineCheck } from '../../check.ts'
import { appeared, entriesOf, fewestLetters, isPressedByHand, usesAid } from '../../preconditions.ts'
import { say } from '../../text.ts'

/**
 * Text that appears without keys. Speech input, password managers and switch access are exempt, no reason asked. So is whoever
 * presses with a hand: a person who dictates has one, and a program that fills in fields presses their centre.
 */
export const noTyping = defineCheck({
  code: 'PER_NO_TYPING',
  category: 'persona',
  group: 'input',
  ruleVersion: 3,
  defaultWeights: { appeared: -5 },
  evaluate(facts, weights) {
    const entries = entriesOf(facts)
    const typed = entries.filter(
      ({ isTyped, isSent, letters }) => isTyped && !isSent && letters >= fewestLetters,
    )
    if (typed.length === 0) return { status: 'not_applicable', text: say('no_typing.no_answers') }
    if (typed.every(({ input }) => input === null))
      return { status: 'unknown', text: say('no_typing.not_told') }
    const count = usesAid(entries) || isPressedByHand(entries) ? 0 : typed.filter(appeared).length
    if (count === 0) return { status: 'pass', text: say('no_typing.pass') }
    return {
      status: 'flag',
      weight: weights.appeared,
      evidence: [
        { label: 'fields', value: say('evidence.part', { count, total: typed.length }), sensitivity: 0 },
      ],
      text: say('no_typing.hit', { count }),
      remedy: say('remedy.ask_to_type'),
    }
  },
})
