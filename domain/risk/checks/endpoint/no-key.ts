import { defineCheck } from '../../check.ts'
import { say } from '../../text.ts'

/**
 * A session that no device key holds can be carried to another browser. Old browsers and private windows are no sign of an
 * attack, so the check weighs nothing and asks for one more kind of proof instead.
 */
export const noKey = defineCheck({
  code: 'END_NO_KEY',
  category: 'endpoint',
  group: 'key',
  asks: 'one_more_kind',
  defaultWeights: {},
  evaluate({ endpoint: { device } }) {
    if (device.isBound === null) return { status: 'not_applicable', text: say('no_telemetry.not_rendered') }
    if (device.isBound) return { status: 'pass', text: say('no_key.pass') }
    return {
      status: 'flag',
      evidence: [{ label: 'device', value: say('evidence.none'), sensitivity: 0 }],
      text: say('no_key.hit'),
      remedy: say('remedy.other_browser'),
    }
  },
})
