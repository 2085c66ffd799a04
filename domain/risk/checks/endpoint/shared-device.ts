import { defineCheck } from '../../check.ts'
import { say } from '../../text.ts'

/**
 * One device key, several people: a borrowed laptop or a front desk nobody named, and also an attacker with many victims. It
 * condemns nobody, and asks for one more kind of proof.
 */
export const sharedDevice = defineCheck({
  code: 'END_SHARED_DEVICE',
  category: 'endpoint',
  group: 'campaign',
  ruleVersion: 2,
  asks: 'one_more_kind',
  defaultWeights: { shared: -8 },
  evaluate({ endpoint: { device } }, weights) {
    if (device.isMarkedShared) return { status: 'not_applicable', text: say('shared_device.marked') }
    if (device.proof !== 'valid') return { status: 'unknown', text: say('known_key.no_key') }
    const others = device.otherParticipants30d
    if (others === null) return { status: 'unknown', text: say('shared_device.not_counted') }
    if (others === 0) return { status: 'pass', text: say('shared_device.pass') }
    const people = others + 1
    return {
      status: 'flag',
      weight: weights.shared,
      evidence: [{ label: 'people_30d', value: String(people), sensitivity: 0 }],
      text: say('shared_device.hit', { people }),
      remedy: say('remedy.own_device'),
    }
  },
})
