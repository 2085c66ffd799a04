import { defineCheck } from '../../check.ts'
import type { Finding, Weights } from '../../check.ts'
import type { NetworkClass, SessionVisit } from '../../facts.ts'
import { dayMs } from '../../quality.ts'
import { say } from '../../text.ts'

const placeless: readonly (NetworkClass | null)[] = ['relay', 'cdn', 'sse']

/** A portal session that wanders; opened here and answered there with another device, it was handed over. */
export const sessionMoved = defineCheck({
  code: 'NET_SESSION_MOVED',
  category: 'network',
  group: 'moved',
  defaultWeights: { network: -2, country: -8 },
  evaluate({ network, at }, weights) {
    const visits = network.visits.filter((visit) => visit.asn !== null || visit.country !== null)
    const first = visits[0]
    if (first === undefined) {
      const isLocal = network.ip?.status === 'not_applicable'
      return isLocal
        ? { status: 'not_applicable', text: say('network.private') }
        : { status: 'unknown', text: say('session_moved.no_visits') }
    }
    const evidence = timeline(visits)
    if (wasHandedOver(visits))
      return {
        status: 'critical',
        weight: weights.country,
        floor: { value: 7.5, expiresAt: new Date(at + dayMs).toISOString() },
        evidence,
        text: say('session_moved.handed_over'),
        remedy: say('remedy.escalate'),
      }
    return { evidence, ...worstMove(visits, weights) }
  },
})

type MoveWeights = Weights<'network' | 'country'>

function wasHandedOver(visits: readonly SessionVisit[]): boolean {
  return visits.some(
    (opened) =>
      opened.kind === 'opened' &&
      visits.some((answered) => answered.kind === 'answered' && isOtherHand(opened, answered)),
  )
}

function isOtherHand(opened: SessionVisit, answered: SessionVisit): boolean {
  const hasBothKeys = opened.deviceKeyId !== null && answered.deviceKeyId !== null
  return hasBothKeys && opened.deviceKeyId !== answered.deviceKeyId && opened.asn !== answered.asn
}

function worstMove(visits: readonly SessionVisit[], weights: MoveWeights): Finding {
  const moves = visits.flatMap((visit, index) => {
    const before = visits[index - 1]
    return before === undefined ? [] : [judge(before, visit, weights)]
  })
  const worst = moves.sort((a, b) => (a.weight ?? 0) - (b.weight ?? 0))[0]
  return worst ?? { status: 'pass', text: say('session_moved.pass') }
}

function judge(from: SessionVisit, to: SessionVisit, weights: MoveWeights): Finding {
  const border = crossedBorder(from, to)
  if (border !== null)
    return {
      status: 'flag',
      weight: weights.country,
      text: say('session_moved.country', border),
      remedy: say('remedy.escalate'),
    }
  if (from.asn === to.asn) return { status: 'pass', text: say('session_moved.pass') }
  const isPhone = from.class === 'mobile' || to.class === 'mobile'
  if (isPhone && to.country !== null && from.country === to.country)
    return { status: 'info', text: say('session_moved.roamed', { country: to.country }) }
  return {
    status: 'flag',
    weight: weights.network,
    text: say('session_moved.network'),
    remedy: say('remedy.nothing_alone'),
  }
}

/** Both countries, where both are known, differ, and say where the person is. */
function crossedBorder(from: SessionVisit, to: SessionVisit): { from: string; to: string } | null {
  if (placeless.includes(from.class) || placeless.includes(to.class)) return null
  if (from.country === null || to.country === null || from.country === to.country) return null
  return { from: from.country, to: to.country }
}

function timeline(visits: readonly SessionVisit[]) {
  return visits.slice(0, 12).map((visit) => ({
    label: visit.kind,
    value: say('evidence.network_visit', {
      at: new Date(visit.at).toISOString(),
      network: `AS${String(visit.asn ?? '?')}`,
      country: visit.country ?? '?',
    }),
    sensitivity: 1 as const,
  }))
}
