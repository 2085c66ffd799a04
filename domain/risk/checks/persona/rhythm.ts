import { defineCheck } from '../../check.ts'
import type { AnswerFacts } from '../../facts.ts'
import { givenAnswers } from '../../preconditions.ts'
import { say } from '../../text.ts'
import type { CheckText } from '../../text.ts'

const fewestKeys = 8
const evenBelowMs = 8

/** Keys as even as clockwork: people waver by far more. Remote desktops bundle keys, and so are left out. */
export const rhythm = defineCheck({
  code: 'PER_RHYTHM',
  category: 'persona',
  group: 'input',
  phase: 2,
  defaultWeights: { even: -4 },
  evaluate(facts, weights) {
    if (facts.endpoint.hasVirtualDesktops) return { status: 'not_applicable', text: say('rhythm.remote') }
    const measured = givenAnswers(facts).filter(isMeasured)
    if (measured.length === 0) return { status: 'not_applicable', text: say('rhythm.too_few') }
    const even = measured.filter(isEven)
    if (even.length === 0) return { status: 'pass', text: say('rhythm.pass') }
    return {
      status: 'flag',
      weight: weights.even,
      evidence: even.map(({ family, input }) => ({
        label: 'rhythm',
        value: describe(family, input),
        sensitivity: 1,
      })),
      text: say('rhythm.hit', { count: even.length }),
      remedy: say('remedy.ask_to_type'),
    }
  },
})

function isMeasured({ input }: AnswerFacts): boolean {
  return input !== null && !input.accessibility && input.rhythm !== null && input.rhythm.keys >= fewestKeys
}

/** Both, where both are known: an aid may send keys in even steps that were held as people hold them. */
function isEven({ input }: AnswerFacts): boolean {
  if (input === null || input.rhythm === null) return false
  const { intervalSdMs, dwellSdMs } = input.rhythm
  return intervalSdMs < evenBelowMs && (dwellSdMs === null || dwellSdMs < evenBelowMs)
}

function describe(family: string, input: AnswerFacts['input']): CheckText {
  const { keys = 0, intervalSdMs = 0 } = input?.rhythm ?? {}
  return say('evidence.rhythm', { family, keys, ms: intervalSdMs })
}
