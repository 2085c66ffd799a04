import { defineCheck } from '../../check.ts'
import type { AnswerFacts } from '../../facts.ts'
import { givenAnswers } from '../../preconditions.ts'
import type { InputReport } from '../../probe.ts'
import { say } from '../../text.ts'

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
    const measured = givenAnswers(facts).flatMap(measuredIn)
    if (measured.length === 0) return { status: 'not_applicable', text: say('rhythm.too_few') }
    const even = measured.filter(isEven)
    if (even.length === 0) return { status: 'pass', text: say('rhythm.pass') }
    return {
      status: 'flag',
      weight: weights.even,
      evidence: even.map(({ family, rhythm: { keys, intervalSdMs: ms } }) => ({
        label: 'rhythm',
        value: say('evidence.rhythm', { family, keys, ms }),
        sensitivity: 1,
      })),
      text: say('rhythm.hit', { count: even.length }),
      remedy: say('remedy.ask_to_type'),
    }
  },
})

type Measured = { readonly family: string; readonly rhythm: NonNullable<InputReport['rhythm']> }

/** The rhythm of an answer with keys enough, unless in accessibility mode. */
function measuredIn({ family, input }: AnswerFacts): readonly Measured[] {
  if (input === null || input.accessibility || input.rhythm === null) return []
  return input.rhythm.keys < fewestKeys ? [] : [{ family, rhythm: input.rhythm }]
}

/** Both, where both are known: an aid may send keys in even steps that were held as people hold them. */
function isEven({ rhythm: { intervalSdMs, dwellSdMs } }: Measured): boolean {
  return intervalSdMs < evenBelowMs && (dwellSdMs === null || dwellSdMs < evenBelowMs)
}
