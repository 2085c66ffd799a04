import { defineCheck } from '../../check.ts'
import type { EndpointFacts, TelemetryFacts } from '../../facts.ts'
import { dayMs } from '../../quality.ts'
import { say } from '../../text.ts'

const skewLimitMs = 5 * 60_000

/** The report contradicts itself or was copied from another session. */
export const telemetryForged = defineCheck({
  code: 'END_TELEMETRY_FORGED',
  category: 'endpoint',
  group: 'integrity',
  asks: 'one_more_kind',
  defaultWeights: { forged: -10 },
  evaluate({ endpoint, at }, weights) {
    const { telemetry } = endpoint
    if (telemetry === null) return { status: 'unknown', text: say('endpoint.no_probe') }
    if (telemetry.nonce === 'reused' || telemetry.nonce === 'wrong')
      return {
        status: 'critical',
        weight: weights.forged,
        floor: { value: 8.5, expiresAt: new Date(at + dayMs).toISOString() },
        evidence: [
          {
            label: 'nonce',
            value: say(telemetry.nonce === 'reused' ? 'evidence.replayed' : 'evidence.made_up'),
            sensitivity: 0,
          },
        ],
        text: say(telemetry.nonce === 'reused' ? 'telemetry_forged.replayed' : 'telemetry_forged.made_up'),
        remedy: say('remedy.escalate'),
      }
    const fields = contradictions(telemetry, endpoint)
    if (fields.length === 0) return { status: 'pass', text: say('telemetry_forged.pass') }
    return {
      status: 'flag',
      weight: weights.forged,
      evidence: [
        { label: 'fields', value: say('evidence.fields', { fields: fields.join(', ') }), sensitivity: 0 },
      ],
      text: say('telemetry_forged.hit', { fields: fields.join(', ') }),
      remedy: say('remedy.other_browser'),
    }
  },
})

function contradictions(telemetry: TelemetryFacts, { device, probe }: EndpointFacts): readonly string[] {
  // A suspended laptop wakes with another clock: only within one uninterrupted session does a jump mean anything.
  const hasJumped = Math.abs(telemetry.skewChangeMs ?? 0) > skewLimitMs && !telemetry.isResumed
  const found: Record<string, boolean> = {
    sequence: telemetry.hasSequenceGap,
    clock: hasJumped,
    'device signature': device.proof === 'invalid',
    cores: probe?.page.cores === 0,
    screen: probe !== null && Math.min(probe.screen.width, probe.screen.height) <= 0,
  }
  return Object.keys(found).filter((name) => found[name])
}
