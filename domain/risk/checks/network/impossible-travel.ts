import { defineCheck } from '../../check.ts'
import type { CurrentPlace, NetworkClass, Place, TrustedPlace } from '../../facts.ts'
import { isMobileNetwork, withCountry } from '../../preconditions.ts'
import { geoQuality, hourMs } from '../../quality.ts'
import { say } from '../../text.ts'

const fastestKmh = 900
const shortestKm = 500
/** Three colleagues at one end make it a place of the company, not of the person. */
const companyPlace = 3
const untrusted: readonly (NetworkClass | null)[] = [
  'tor',
  'vpn',
  'hosting',
  'relay',
  'cdn',
  'sse',
  'satellite',
  'mobile',
]

/** No airliner covers the way from the last trusted place in the time, accuracy of both ends allowed for. */
export const impossibleTravel = defineCheck({
  code: 'NET_IMPOSSIBLE_TRAVEL',
  category: 'network',
  group: 'geo',
  ruleVersion: 2,
  defaultWeights: { impossible: -8 },
  evaluate: (facts, weights) =>
    withCountry(facts, (_country, ip) => {
      const { lastTrusted, place } = facts.network
      if (lastTrusted === null || facts.at - lastTrusted.at > 24 * hourMs)
        return { status: 'not_applicable', text: say('impossible_travel.no_start') }
      if (place === null) return { status: 'unknown', text: say('impossible_travel.no_place') }
      if (untrusted.includes(ip.class) || isMobileNetwork(facts, ip) || isUntrusted(lastTrusted, place))
        return { status: 'info', text: say('impossible_travel.skipped') }
      const journey = measure(lastTrusted, place, facts.at)
      const ends = { from: lastTrusted.label, to: place.label }
      if (journey.km <= shortestKm || journey.kmh <= fastestKmh)
        return { status: 'pass', text: say('impossible_travel.pass', ends) }
      return {
        status: 'flag',
        weight: weights.impossible,
        quality: geoQuality(ip, facts.at),
        evidence: [{ label: 'journey', value: `${ends.from} → ${ends.to}`, sensitivity: 0 }],
        text: say('impossible_travel.hit', { ...ends, ...journey }),
        remedy: say('remedy.confirm_travel'),
      }
    }),
})

function isUntrusted(start: TrustedPlace, end: CurrentPlace): boolean {
  return untrusted.includes(start.class) || [start, end].some((place) => place.colleagues30d >= companyPlace)
}

/** Whole km, minutes and km/h; less than a minute counts as one. */
function measure(from: TrustedPlace, to: Place, at: number): { km: number; minutes: number; kmh: number } {
  const km = Math.max(0, Math.round(greatCircleKm(from, to) - from.radiusKm - to.radiusKm))
  const minutes = Math.max(1, Math.round((at - from.at) / 60_000))
  return { km, minutes, kmh: Math.round((km * 60) / minutes) }
}

/** Haversine on a sphere of 6,371 km. */
function greatCircleKm(a: Place, b: Place): number {
  const rad = (degrees: number): number => (degrees * Math.PI) / 180
  const h =
    Math.sin(rad(b.lat - a.lat) / 2) ** 2 +
    Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.sin(rad(b.lon - a.lon) / 2) ** 2
  return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(h)))
}
