/** A device key cannot leave its browser, but the folder that it lies in can: then two machines use it. */
import type { KeyUse, NetworkClass, RiskFacts } from './facts.ts'

/** Two machines at once: one is used before and after the other within this time. */
const atOnceMs = 10 * 60_000
/** Nobody crosses a border in less. */
const borderMs = 30 * 60_000
/** The address is that of a gateway, wherever the person is. */
const placeless: readonly (NetworkClass | null)[] = ['relay', 'cdn', 'sse']

/**
 * True if this session and another one with the same key came from two networks at once, or from two countries within
 * minutes. One move from one network to another is none, nor is a phone that changes between its networks.
 */
export function isKeyCopied(facts: RiskFacts): boolean {
  const { visits, egress, gatewayLabel } = facts.network
  // A person behind the organisation's own way out may be anywhere.
  if (egress.label !== null || gatewayLabel !== null) return false
  const here = visits.filter(isPlaced)
  const there = (facts.endpoint.device.elsewhere ?? []).filter(isPlaced)
  const isPhone = facts.endpoint.userAgent?.isMobile === true
  return (
    alternate(here, there, isPhone) ||
    alternate(there, here, isPhone) ||
    here.some((one) => there.some((other) => crossedBorder(one, other)))
  )
}

const isPlaced = (use: KeyUse): boolean => use.asn !== null && !placeless.includes(use.class)

const alternate = (outer: readonly KeyUse[], inner: readonly KeyUse[], isPhone: boolean): boolean =>
  outer.some((before) =>
    outer.some(
      (after) =>
        before.asn === after.asn &&
        after.at - before.at <= atOnceMs &&
        inner.some((one) => isBetween(before, one, after) && isOtherNetwork(before, one, isPhone)),
    ),
  )

const isBetween = (before: KeyUse, one: KeyUse, after: KeyUse): boolean =>
  before.at < one.at && one.at < after.at

const isOtherNetwork = (one: KeyUse, other: KeyUse, isPhone: boolean): boolean => {
  const isMobile = isPhone || one.class === 'mobile' || other.class === 'mobile'
  return one.asn !== other.asn && !(isMobile && one.country === other.country)
}

const crossedBorder = (one: KeyUse, other: KeyUse): boolean =>
  one.country !== null &&
  other.country !== null &&
  one.country !== other.country &&
  Math.abs(one.at - other.at) <= borderMs
