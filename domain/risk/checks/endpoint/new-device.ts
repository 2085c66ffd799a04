import { defineCheck } from '../../check.ts'
import { dayMs } from '../../quality.ts'
import { say } from '../../text.ts'

const rememberedDays = 180

/** First sight of a device, where others are known. A new phone is why many people call: never a heavy weight. */
export const newDevice = defineCheck({
  code: 'END_NEW_DEVICE',
  category: 'endpoint',
  group: 'device',
  defaultWeights: { first: -3 },
  evaluate({ endpoint: { device }, at }, weights) {
    if (device.verifiedBefore === null) return { status: 'unknown', text: say('new_device.not_counted') }
    if (device.verifiedBefore === 0) return { status: 'not_applicable', text: say('new_device.no_history') }
    // Who declines device recognition loses the credit for a known device and nothing else.
    if (device.proof === 'absent') return { status: 'unknown', text: say('known_key.no_key') }
    const isKnown = device.known !== null && at - device.known.lastAt < rememberedDays * dayMs
    if (device.proof === 'valid' && isKnown) return { status: 'pass', text: say('new_device.pass') }
    return {
      status: 'flag',
      weight: weights.first,
      evidence: [{ label: 'device', value: 'first time', sensitivity: 0 }],
      text: say('new_device.hit'),
    }
  },
})
