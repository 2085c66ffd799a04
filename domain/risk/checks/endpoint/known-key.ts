import { defineCheck } from '../../check.ts'
import { dayMs } from '../../quality.ts'
import { say } from '../../text.ts'

const rememberedDays = 180

/** The device key belongs to an earlier verification of this participant that ended with possession proven. */
export const knownKey = defineCheck({
  code: 'END_KNOWN_KEY',
  category: 'endpoint',
  group: 'device',
  defaultWeights: { known: 12 },
  evaluate({ endpoint: { device }, at }, weights) {
    if (device.proof === 'absent') return { status: 'unknown', text: say('known_key.no_key') }
    const { known } = device
    if (device.proof === 'invalid' || known === null || at - known.lastAt >= rememberedDays * dayMs)
      return { status: 'pass', text: say('known_key.pass') }
    const date = new Date(known.lastAt).toISOString().slice(0, 10)
    return {
      status: 'pass',
      weight: weights.known,
      evidence: [
        {
          label: 'device',
          value: say('evidence.known_device', { times: known.times, date }),
          sensitivity: 0,
        },
      ],
      text: say('known_key.hit', { times: known.times, date }),
    }
  },
})
