import { defineCheck } from '../../check.ts'
import { isKnownByCookie, isKnownByKey } from '../../preconditions.ts'
import { say } from '../../text.ts'

/** The signed cookie of an earlier verification, where the key is gone: less than the key, for a cookie can be copied. */
export const knownCookie = defineCheck({
  code: 'END_KNOWN_COOKIE',
  category: 'endpoint',
  group: 'device',
  phase: 2,
  defaultWeights: { known: 4 },
  evaluate(facts, weights) {
    const { cookie, proof } = facts.endpoint.device
    if (cookie.state === 'absent') return { status: 'not_applicable', text: say('known_cookie.none') }
    // A signature that does not fit was made up: nothing else of this browser is believed.
    if (cookie.state === 'foreign' || proof === 'invalid')
      return { status: 'pass', text: say('known_cookie.foreign') }
    if (isKnownByKey(facts)) return { status: 'pass', text: say('known_cookie.has_key') }
    if (!isKnownByCookie(facts)) return { status: 'pass', text: say('known_cookie.expired') }
    const date = new Date(cookie.lastAt).toISOString().slice(0, 10)
    return {
      status: 'pass',
      weight: weights.known,
      evidence: [{ label: 'device', value: say('evidence.cookie', { date }), sensitivity: 0 }],
      text: say('known_cookie.hit', { date }),
    }
  },
})
