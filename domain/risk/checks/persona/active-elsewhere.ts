import { defineCheck } from '../../check.ts'
import type { RecentSignIn, RiskFacts } from '../../facts.ts'
import { say } from '../../text.ts'
import type { CheckText } from '../../text.ts'

const recentMs = 15 * 60_000

/** A person who is signed in elsewhere, with a fresh second factor, is not locked out: one of the two is an impostor. */
export const activeElsewhere = defineCheck({
  code: 'PER_ACTIVE_ELSEWHERE',
  category: 'persona',
  group: 'contra',
  phase: 2,
  defaultWeights: { elsewhere: -8 },
  evaluate(facts, weights) {
    const signal = facts.persona.signals.recentSignIn
    if (!signal.configured) return { status: 'not_applicable', text: say('active_elsewhere.not_connected') }
    const signIn = signal.value
    if (signIn === null || facts.at - signIn.at >= recentMs)
      return { status: 'pass', text: say('active_elsewhere.none') }
    if (!signIn.isInteractive || !signIn.hasFreshFactor)
      return { status: 'pass', text: say('active_elsewhere.renewed') }
    const elsewhere = isElsewhere(facts, signIn)
    if (elsewhere === null) return { status: 'unknown', text: say('endpoint.no_request') }
    if (!elsewhere) return { status: 'pass', text: say('active_elsewhere.same') }
    const minutes = Math.max(1, Math.round((facts.at - signIn.at) / 60_000))
    return {
      status: 'flag',
      weight: weights.elsewhere,
      evidence: [
        {
          label: 'sign_in',
          value: signInOf(signIn),
          sensitivity: 1,
        },
      ],
      text: say('active_elsewhere.hit', { minutes }),
      remedy: say('remedy.call_back'),
    }
  },
})

/** Network and system are both known: without one of them nothing was compared. */
function signInOf({ at, os, asn }: RecentSignIn): CheckText {
  const slots = { at: new Date(at).toISOString(), claimed: String(os), network: `AS${String(asn)}` }
  return say('evidence.sign_in', slots)
}

/** Another kind of device and another network; null while one side is not known. */
function isElsewhere({ network, endpoint }: RiskFacts, signIn: RecentSignIn): boolean | null {
  const asn = network.ip?.asn ?? null
  const os = endpoint.userAgent?.os ?? null
  if (asn === null || os === null || signIn.asn === null || signIn.os === null) return null
  return asn !== signIn.asn && os !== signIn.os
}
