import { ago } from '../../ago.ts'
import { defineCheck } from '../../check.ts'
import type { Finding, Weights } from '../../check.ts'
import type { IdentityRisk } from '../../facts.ts'
import { dayMs } from '../../quality.ts'
import { say } from '../../text.ts'

/** A level is full for 14 days and halves every 14 days after that. */
const decayDays = 14
/** Detections that their maker calls prone to false alarms; alone they carry no low or medium level. */
const noisy: readonly string[] = ['anomalousToken']

/** The identity provider's view of the account; it sees sign-ins that we do not. */
export const idpRisk = defineCheck({
  code: 'PER_IDP_RISK',
  category: 'persona',
  group: 'idp',
  phase: 2,
  defaultWeights: { low: -2, medium: -6, high: -12, safe: 2 },
  evaluate({ persona: { signals }, at }, weights) {
    const signal = signals.identityRisk
    if (!signal.configured) return { status: 'not_applicable', text: say('idp_risk.not_connected') }
    const risk = signal.value
    if (risk === null) return { status: 'pass', text: say('idp_risk.none') }
    const { level } = risk
    if (level === 'none') return { status: 'pass', text: say('idp_risk.none') }
    return { ...judge(level, risk, at, weights), evidence: evidenceOf(risk), source: risk.source }
  },
})

function judge(
  level: Exclude<IdentityRisk['level'], 'none'>,
  risk: IdentityRisk,
  at: number,
  weights: Weights<'low' | 'medium' | 'high' | 'safe'>,
): Finding {
  const age = ago(risk.at, at)
  const quality = decayed(at - risk.at)
  switch (level) {
    case 'confirmed_compromised':
      return {
        status: 'critical',
        floor: { value: 9, expiresAt: new Date(at + dayMs).toISOString() },
        text: say('idp_risk.compromised', { date: new Date(risk.at).toISOString().slice(0, 10) }),
        remedy: say('remedy.ask_security'),
      }
    case 'confirmed_safe':
      return { status: 'pass', weight: weights.safe, quality, text: say('idp_risk.safe', { age }) }
    case 'high':
    case 'medium':
    case 'low':
      if (level !== 'high' && isOnlyNoise(risk)) return { status: 'info', text: say('idp_risk.noisy') }
      return {
        status: 'flag',
        weight: weights[level],
        quality,
        text: say(`idp_risk.${level}`, { age }),
        remedy: say('remedy.ask_security'),
      }
  }
}

function isOnlyNoise({ detections }: IdentityRisk): boolean {
  return detections.length > 0 && detections.every((name) => noisy.includes(name))
}

/** Rounded, so that a stored case shows a short number. */
function decayed(ageMs: number): number {
  const late = Math.max(0, ageMs / dayMs - decayDays)
  return Math.round(0.5 ** (late / decayDays) * 1000) / 1000
}

function evidenceOf({ level, detections, at }: IdentityRisk) {
  const names = detections.slice(0, 6).join(', ')
  return [
    {
      label: 'level',
      value: say('evidence.level', { level, at: new Date(at).toISOString() }),
      sensitivity: 0,
    },
    ...(names === '' ? [] : [{ label: 'detections', value: names, sensitivity: 1 } as const]),
  ] as const
}
