/** Checks if new data can be what they claim to be, before anything is put in use. */
import { readBlock } from '../address.ts'
import { ageLimits, type DataKind } from '../data-age.ts'
import type { DataFile } from '../manifest.ts'
import type { NetworkData } from '../open.ts'
import type { Span } from './range-collector.ts'

/** Files of owners, countries and classes keep their size within a fifth. */
const registryChange = 0.2
/** Lists breathe: a Tor list may lose a third in a week. */
const listShrink = 0.5
const listGrowth = 10
/** No list of addresses names a hundredth of the net in one line. */
const widest = { 4: 8, 6: 16 }

/**
 * Refuses what is older than the file in use, from the future, or so old that it would count for less at once.
 * @throws with one sentence
 */
export function assertRecent(next: DataFile, current: DataFile | undefined, kind: DataKind, now: Date): void {
  const today = now.toISOString().slice(0, 10)
  const days = Math.floor((Date.parse(today) - Date.parse(next.asOf)) / 86_400_000)
  // A day's grace: it may be tomorrow where the file was made.
  if (days < -1) throw new Error(`${next.name} is dated ${next.asOf}, which is still to come`)
  if (current !== undefined && next.asOf < current.asOf)
    throw new Error(`${next.name} is of ${next.asOf}, older than the one in use (${current.asOf})`)
  const { stale } = ageLimits[kind]
  if (days > stale)
    throw new Error(
      `${next.name} is of ${next.asOf}, older than ${String(stale)} days: it would count for less at once`,
    )
}

/** Refuses a file that lost or won too many rows. @throws with one sentence */
export function assertSize(next: DataFile, current: DataFile | undefined, kind: DataKind): void {
  if (next.rows === 0) throw new Error(`${next.name} is empty`)
  // Another vendor cuts the net into other ranges.
  if (current?.name !== next.name || kind === 'versions') return
  const share = next.rows / current.rows
  const [least, most] =
    kind === 'reputation' ? [1 - listShrink, listGrowth] : [1 - registryChange, 1 + registryChange]
  if (share >= least && share <= most) return
  throw new Error(
    `${next.name} has ${String(next.rows)} rows where ${String(current.rows)} are in use: ` +
      `between ${String(Math.round(least * 100))} and ${String(Math.round(most * 100))} percent are plausible`,
  )
}

/** Refuses a list with a line that names a whole part of the net. @throws with one sentence */
export function assertNarrow(name: string, entries: readonly string[]): void {
  for (const entry of entries) {
    const block = readBlock(entry)
    if (block !== null && block.bits < widest[block.family])
      throw new Error(`${name} names ${entry}, which is wider than any list should`)
  }
}

/** The same for a range. @throws with one sentence */
export function assertNarrowSpan(span: Span): void {
  const isWide =
    span.family === 4
      ? span.end - span.start >= 2 ** (32 - widest[4])
      : span.end - span.start >= 1n << BigInt(128 - widest[6])
  if (isWide) throw new Error('it marks a range that is wider than any list should')
}

/** Addresses whose owner, country and class are known by hand. */
const probes: readonly (readonly [address: string, asn: number, country: string])[] = [
  ['185.220.101.1', 60729, 'DE'],
  ['2a0b:f4c0::1', 205100, 'DE'],
  ['185.65.134.1', 39351, 'NL'],
  ['88.99.0.1', 24940, 'DE'],
  ['2a01:4f8::1', 24940, 'DE'],
  ['3.120.0.1', 16509, 'DE'],
  ['165.225.0.1', 22616, 'US'],
  ['98.97.0.1', 14593, 'US'],
  ['73.0.0.1', 7922, 'US'],
  ['86.128.0.1', 2856, 'GB'],
  ['87.128.0.1', 3320, 'DE'],
  ['101.160.0.1', 1221, 'AU'],
  ['153.128.0.1', 4713, 'JP'],
  ['2003:c0::1', 3320, 'DE'],
  ['2409:4000::1', 55836, 'IN'],
]
/** Homes: on no list of servers, relays or attackers. */
const homes = [
  '73.0.0.1',
  '86.128.0.1',
  '87.128.0.1',
  '101.160.0.1',
  '153.128.0.1',
  '2003:c0::1',
  '2409:4000::1',
]

/** Networks move: a few of the known addresses may have other owners than the data in use say. */
const leastKept = 0.8

/** Refuses data that no longer know what those in use know. @throws with one sentence */
export function assertProbes(next: NetworkData, current: NetworkData): void {
  for (const field of ['asn', 'country'] as const) {
    const known = probes.filter((probe) => isRight(current, probe, field))
    const kept = known.filter((probe) => isRight(next, probe, field))
    if (kept.length >= known.length * leastKept) continue
    throw new Error(
      `the new data know the ${field === 'asn' ? 'owner' : 'country'} of ${String(kept.length)} of ` +
        `${String(known.length)} well-known addresses only`,
    )
  }
  const accused = homes.filter((address) => (next.lookup(address)?.feeds ?? []).length > 0)
  const before = homes.filter((address) => (current.lookup(address)?.feeds ?? []).length > 0)
  if (accused.length > before.length + 1)
    throw new Error(
      `the new lists name ${String(accused.length)} of ${String(homes.length)} well-known home networks`,
    )
}

function isRight(
  data: NetworkData,
  [address, asn, country]: (typeof probes)[number],
  field: 'asn' | 'country',
): boolean {
  const found = data.lookup(address)
  return found !== null && found[field] === (field === 'asn' ? asn : country)
}
