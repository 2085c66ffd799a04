import { defineCheck } from '../../check.ts'
import { withProbe } from '../../preconditions.ts'
import { say } from '../../text.ts'

/** `navigator.webdriver`; also true for a browser started with an automation flag and no driver. */
export const webdriver = defineCheck({
  code: 'END_WEBDRIVER',
  category: 'endpoint',
  group: 'auto',
  asks: 'one_more_kind',
  defaultWeights: { automated: -14 },
  evaluate: (facts, weights) =>
    withProbe(facts, (probe) => {
      if (probe.webdriver === null) return { status: 'unknown', text: say('endpoint.not_told') }
      if (!probe.webdriver) return { status: 'pass', text: say('webdriver.pass') }
      return {
        status: 'flag',
        weight: weights.automated,
        evidence: [{ label: 'browser', value: say('evidence.automation'), sensitivity: 0 }],
        text: say('webdriver.hit'),
        remedy: say('remedy.other_browser'),
      }
    }),
})
