import { defineCheck } from '../../check.ts'
import { isAlike, isKnownByCookie, isKnownByKey, isKnownWhole } from '../../preconditions.ts'
import { say } from '../../text.ts'

/** First sight of a device, where others are known. A new phone is why many people call: never a heavy weight. */
export const newDevice = defineCheck({
  code: 'END_NEW_DEVICE',
  category: 'endpoint',
  group: 'device',
  ruleVersion: 3,
  defaultWeights: { first: -3 },
  evaluate(facts, weights, isLive) {
    const { device } = facts.endpoint
    if (device.verifiedBefore === null) return { status: 'unknown', text: say('new_device.not_counted') }
    if (device.verifiedBefore === 0) return { status: 'not_applicable', text: say('new_device.no_history') }
    // A participant who declines device recognition loses the credit for a known device and nothing else.
    if (device.proof === 'absent') return { status: 'unknown', text: say('known_key.no_key') }
    if (isKnownWhole(facts)) return { status: 'pass', text: say('new_device.pass') }
    // Its key is known: it is no first sight, and no known device either.
    if (isKnownByKey(facts)) return { status: 'info', text: say('new_device.drifted') }
    // Other ways of knowing a device count only where the policy lets them.
    const isKnown =
      (isLive('END_KNOWN_COOKIE') && isKnownByCookie(facts)) || (isLive('END_SIMILAR') && isAlike(facts))
    if (isKnown) return { status: 'pass', text: say('new_device.pass') }
    return {
      status: 'flag',
      weight: weights.first,
      evidence: [{ label: 'device', value: say('evidence.first_time'), sensitivity: 0 }],
      text: say('new_device.hit'),
      remedy: say('remedy.own_device'),
    }
  },
})
