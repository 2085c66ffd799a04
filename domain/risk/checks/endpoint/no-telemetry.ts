import { defineCheck } from '../../check.ts'
import { say } from '../../text.ts'

/** The page ran, but no report of its own came: withheld, empty, or with a nonce that this page was never given. */
export const noTelemetry = defineCheck({
  code: 'END_NO_TELEMETRY',
  category: 'endpoint',
  group: 'integrity',
  asks: 'one_more_kind',
  defaultWeights: { withheld: -4 },
  evaluate({ endpoint: { beacon } }, weights) {
    switch (beacon) {
      case 'arrived':
        return { status: 'pass', text: say('no_telemetry.pass') }
      case 'not_rendered':
        return { status: 'not_applicable', text: say('no_telemetry.not_rendered') }
      case 'blocked_by_us':
        return { status: 'not_applicable', text: say('no_telemetry.blocked') }
      case 'missing':
        return {
          status: 'flag',
          weight: weights.withheld,
          evidence: [{ label: 'device_data', value: say('evidence.none'), sensitivity: 0 }],
          text: say('no_telemetry.hit'),
          remedy: say('remedy.allow_device_data'),
        }
    }
  },
})
