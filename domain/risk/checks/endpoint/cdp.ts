import { defineCheck } from '../../check.ts'
import { withProbe } from '../../preconditions.ts'
import { say } from '../../text.ts'

/** A debugging client is attached. Open developer tools look the same, so this alone is never critical. */
export const cdp = defineCheck({
  code: 'END_CDP',
  category: 'endpoint',
  group: 'auto',
  asks: 'one_more_kind',
  defaultWeights: { attached: -6 },
  evaluate: (facts, weights) =>
    withProbe(facts, (probe) => {
      if (probe.debuggerHits === null) return { status: 'not_applicable', text: say('cdp.no_hook') }
      if (probe.debuggerHits === 0) return { status: 'pass', text: say('cdp.pass') }
      return {
        status: 'flag',
        weight: weights.attached,
        evidence: [{ label: 'probe_calls', value: String(probe.debuggerHits), sensitivity: 0 }],
        text: say('cdp.hit'),
        remedy: say('remedy.other_browser'),
      }
    }),
})
