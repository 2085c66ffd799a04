import { defineCheck } from '../../check.ts'
import { dayMs } from '../../quality.ts'
import { say } from '../../text.ts'

/** One device key, several people: three people in all within 30 days are a pattern, not a borrowed laptop. */
export const sharedDevice = defineCheck({
  code: 'END_SHARED_DEVICE',
  category: 'endpoint',
  group: 'campaign',
  defaultWeights: { shared: -8 },
  evaluate({ endpoint: { device }, at }, weights) {
    if (device.isMarkedShared) return { status: 'not_applicable', text: say('shared_device.marked') }
    if (device.proof !== 'valid') return { status: 'unknown', text: say('known_key.no_key') }
    const others = device.otherParticipants30d
    if (others === null) return { status: 'unknown', text: say('shared_device.not_counted') }
    if (others === 0) return { status: 'pass', text: say('shared_device.pass') }
    const people = others + 1
    const hit = {
      weight: weights.shared,
      evidence: [{ label: 'people_30d', value: String(people), sensitivity: 0 as const }],
      text: say('shared_device.hit', { people }),
      remedy: say('remedy.escalate'),
    }
    if (people < 3) return { ...hit, status: 'flag' }
    const floor = { value: 8, expiresAt: new Date(at + 30 * dayMs).toISOString() }
    return { ...hit, status: 'critical', floor }
  },
})
