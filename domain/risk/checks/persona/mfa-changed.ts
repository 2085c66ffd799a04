import { ago } from '../../ago.ts'
import { defineCheck } from '../../check.ts'
import { dayMs, hourMs } from '../../quality.ts'
import { say } from '../../text.ts'

/** An authenticator was removed or reset within 72 h, or twice within 14 days. */
export const mfaChanged = defineCheck({
  code: 'PER_MFA_CHANGED',
  category: 'persona',
  group: 'life',
  defaultWeights: { once: -5, twice: -8 },
  evaluate({ persona: { mfaEvents }, at }, weights) {
    if (mfaEvents === null) return { status: 'unknown', text: say('mfa_changed.no_log') }
    const recent = mfaEvents.filter((event) => at - event.at < 14 * dayMs)
    const newest = Math.max(...recent.map((event) => event.at))
    const evidence = recent.slice(0, 6).map((event) => ({
      label: 'authenticator',
      value: say('evidence.factor', { factor: event.kind, at: new Date(event.at).toISOString() }),
      sensitivity: 0 as const,
    }))
    const remedy = say('remedy.other_route')
    if (recent.length >= 2) {
      const text = say('mfa_changed.twice', { times: recent.length })
      return { status: 'flag', weight: weights.twice, evidence, text, remedy }
    }
    if (at - newest < 72 * hourMs) {
      const text = say('mfa_changed.hit', { age: ago(newest, at) })
      return { status: 'flag', weight: weights.once, evidence, text, remedy }
    }
    return { status: 'pass', evidence, text: say('mfa_changed.pass') }
  },
})
