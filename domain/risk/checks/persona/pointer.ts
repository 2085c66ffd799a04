import { defineCheck } from '../../check.ts'
import { typedAnswers } from '../../preconditions.ts'
import { say } from '../../text.ts'

/** A mouse that hits the exact centre without a way there. Keyboard, touch and pen have no such way, and are left out. */
export const pointer = defineCheck({
  code: 'PER_POINTER',
  category: 'persona',
  group: 'input',
  phase: 2,
  defaultWeights: { jumped: -2 },
  evaluate(facts, weights) {
    const answers = typedAnswers(facts)
    const presses = sum(answers, 'presses')
    if (presses === 0) return { status: 'not_applicable', text: say('pointer.no_mouse') }
    const centred = sum(answers, 'centred')
    // One press may hit the centre by chance; a program hits it every time.
    if (centred < presses) return { status: 'pass', text: say('pointer.pass') }
    return {
      status: 'flag',
      weight: weights.jumped,
      evidence: [
        {
          label: 'pointer',
          value: say('evidence.centred', { count: centred, total: presses }),
          sensitivity: 0,
        },
      ],
      text: say('pointer.hit', { count: centred }),
      remedy: say('remedy.other_browser'),
    }
  },
})

function sum(answers: ReturnType<typeof typedAnswers>, name: 'presses' | 'centred'): number {
  return answers.reduce((total, { input }) => total + input.mouse[name], 0)
}
