import { defineCheck } from '../../check.ts'
import { typedAnswers } from '../../preconditions.ts'
import { say } from '../../text.ts'

const leaves = 2
const fewestQuestions = 2

/** The page is left twice and more, question after question. On a phone the call itself covers the page: half. */
export const focus = defineCheck({
  code: 'PER_FOCUS',
  category: 'persona',
  group: 'input',
  phase: 2,
  defaultWeights: { left: -2, phone: -1 },
  evaluate(facts, weights) {
    const answers = typedAnswers(facts)
    if (answers.length < fewestQuestions) return { status: 'not_applicable', text: say('focus.one_question') }
    const left = answers.filter(({ input }) => input.blurs >= leaves)
    if (left.length < fewestQuestions) return { status: 'pass', text: say('focus.pass') }
    const isPhone = facts.endpoint.userAgent?.isMobile === true
    return {
      status: 'flag',
      weight: isPhone ? weights.phone : weights.left,
      evidence: left.map(({ family, input }) => ({
        label: 'left',
        value: say('evidence.left', { family, times: input.blurs }),
        sensitivity: 1,
      })),
      text: say('focus.hit', { count: left.length }),
      remedy: say('remedy.stay_on_page'),
    }
  },
})
