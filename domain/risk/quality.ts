/** The trust in data, 0..1: by age and kind (8.6). */
import type { IpFacts, NetworkHistory, SourceRef } from './facts.ts'

export const hourMs = 3_600_000
export const dayMs = 24 * hourMs

/** Days between the date of a source and `at`; a source without a readable date counts as a year old and more. */
export function ageInDays(source: SourceRef | null, at: number): number {
  const asOf = source === null ? NaN : Date.parse(source.asOf)
  return Number.isNaN(asOf) ? Infinity : Math.max(0, (at - asOf) / dayMs)
}

/** Owners and countries move slowly: full weight up to 12 months, then half. */
export function registryQuality(source: SourceRef | null, at: number): number {
  return ageInDays(source, at) <= 365 ? 1 : 0.5
}

/** Reputation goes stale fast: half every 180 days after the first 30. */
export function reputationQuality(source: SourceRef, at: number): number {
  const age = ageInDays(source, at)
  if (age <= 30) return 1
  return Number.isFinite(age) ? 0.5 ** ((age - 30) / 180) : 0
}

/** One IPv4 source or two that agree: 1. IPv6, or two that differ: 0.5. Older than 12 months: half of that. */
export function geoQuality(ip: IpFacts, at: number): number {
  const differs = ip.country2 !== null && ip.country2 !== ip.country
  return (ip.family === 6 || differs ? 0.5 : 1) * registryQuality(ip.sources.country, at)
}

/** Ten known events make a habit; fewer count in proportion. */
export function historyQuality(history: NetworkHistory): number {
  return Math.min(1, history.events / 10)
}
