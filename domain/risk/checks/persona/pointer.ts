import { defineCheck } from '../../check.ts'
import { appeared, entriesOf, usesAid } from '../../preconditions.ts'
import type { InputReport } from '../../probe.ts'
import { say } from '../../text.ts'

/**
 * A mouse that hits the exact centre without a way there. Keyboard, touch and pen have no such way, and are left out; so are
 * programs that press for a person who dictates.
 */
export const pointer = defineCheck({
  code: 'PER_POINTER',
  category: 'persona',
  group: 'input',
  ruleVersion: 2,
  defaultWeights: { jumped: -2 },
  evaluate(facts, weights) {
    const entries = entriesOf(facts)
    const inputs = entries.flatMap(({ input }) => (input === null ? [] : [input]))
    const presses = sum(inputs, 'presses')
    if (presses === 0) return { status: 'not_applicable', text: say('pointer.no_mouse') }
    // Speech control presses the centre of what it is told to press. Text without keys is for PER_NO_TYPING to judge.
    const isAided = usesAid(entries) || inputs.some(({ assisted }) => assisted > 0)
    if (isAided || entries.some(appeared)) return { status: 'not_applicable', text: say('pointer.aided') }
    const centred = sum(inputs, 'centred')
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

function sum(inputs: readonly InputReport[], name: 'presses' | 'centred'): number {
  return inputs.reduce((total, { mouse }) => total + mouse[name], 0)
}
