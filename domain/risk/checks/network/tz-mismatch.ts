import { defineCheck } from '../../check.ts'
import type { RiskFacts, ZoneFacts } from '../../facts.ts'
import { isMobileNetwork, withCountry } from '../../preconditions.ts'
import { geoQuality } from '../../quality.ts'
import { say, type CheckText } from '../../text.ts'

/** Compares offsets, never zone names: one zone has several names, one country several zones. */
export const tzMismatch = defineCheck({
  code: 'NET_TZ_MISMATCH',
  category: 'network',
  group: 'geo',
  ruleVersion: 2,
  defaultWeights: { far: -5, near: -4, slight: -1, utc: -1 },
  evaluate: (facts, weights) =>
    withCountry(facts, (country, ip) => {
      const { zone, expectedCountries } = facts.network
      if (zone === null) return { status: 'unknown', text: say('tz_mismatch.no_clock') }
      if (zone.countryOffsets === null || zone.countryOffsets.length === 0)
        return { status: 'unknown', text: say('network.no_country') }
      const gap = gapMinutes(zone.countryOffsets, zone.offsetMinutes)
      const hit = kindOf(gap, isUtcDesktop(facts, zone))
      if (hit === null) return { status: 'pass', text: say('tz_mismatch.pass') }
      // A phone abroad keeps its home address but takes the local clock.
      if (isMobileNetwork(facts, ip) && expectedCountries?.includes(country) === true)
        return { status: 'info', text: say('tz_mismatch.roaming') }
      const clock = offsetName(zone.offsetMinutes)
      const gapHours = Math.round((gap / 60) * 100) / 100
      return {
        status: 'flag',
        weight: weights[hit],
        quality: geoQuality(ip, facts.at),
        evidence: [
          { label: 'clock', value: clockOf(zone, clock), sensitivity: 0 },
          { label: 'country', value: say('evidence.country', { country }), sensitivity: 0 },
        ],
        text:
          hit === 'utc' ? say('tz_mismatch.utc') : say('tz_mismatch.hit', { clock, gap: gapHours, country }),
        remedy: say('remedy.confirm_travel'),
      }
    }),
})

function clockOf({ name }: ZoneFacts, clock: string): CheckText {
  return name === null ? say('evidence.clock_only', { clock }) : say('evidence.clock', { clock, zone: name })
}

function gapMinutes(ofCountry: readonly number[], ofClock: number): number {
  return Math.min(...ofCountry.map((offset) => Math.abs(offset - ofClock)))
}

/** Desktops set to UTC are configured so by hand or by a company; their clock says nothing about the place. */
function isUtcDesktop(facts: RiskFacts, zone: ZoneFacts): boolean {
  const isUtc = zone.offsetMinutes === 0 && /^(Etc\/)?(UTC|GMT|UCT|Zulu|Universal)$/.test(zone.name ?? '')
  return isUtc && facts.endpoint.userAgent?.isMobile !== true
}

function kindOf(gap: number, isUtc: boolean): 'far' | 'near' | 'slight' | 'utc' | null {
  if (isUtc) return 'utc'
  if (gap >= 300) return 'far'
  if (gap >= 120) return 'near'
  return gap > 0 ? 'slight' : null
}

/** `UTC+5:30` */
function offsetName(minutes: number): string {
  const size = Math.abs(minutes)
  const rest = size % 60 === 0 ? '' : `:${String(size % 60).padStart(2, '0')}`
  return `UTC${minutes < 0 ? '-' : '+'}${String(Math.floor(size / 60))}${rest}`
}
