/**
 * The likeness of two devices (END_SIMILAR), part by part, never one hash of all. Parts are compared as they were
 * stored, keyed digests, so that nobody can read a device out of the database.
 */
import type { ProbeReport } from './probe.ts'

/** Stable for ever: stored digests are named by it. Weights say how much telling apart a part does. */
const weights = {
  platform: 1,
  cores: 1,
  screen: 2,
  graphics: 3,
  fonts: 1,
  timeZone: 1,
  languages: 2,
  touchPoints: 1,
} as const

export type DevicePart = keyof typeof weights
/** Each part, as text or as its digest; null where the browser does not tell it. */
export type DeviceParts = Readonly<Record<DevicePart, string | null>>

export const devicePartNames = Object.keys(weights) as readonly DevicePart[]

/** The stable parts of a beacon. What changes with the window or the browser's version is none. */
export function devicePartsOf({ page, screen, graphics, fonts, touchPoints }: ProbeReport): DeviceParts {
  return {
    platform: page.platform,
    cores: page.cores === null ? null : String(page.cores),
    // A turned phone is the same phone.
    screen: [...[screen.width, screen.height].sort((a, b) => a - b), screen.colorDepth].join('x'),
    graphics: graphics === null ? null : `${graphics.vendor ?? ''} ${graphics.renderer ?? ''}`,
    fonts: fonts === null ? null : fonts.join(),
    timeZone: page.timeZone,
    languages: page.languages.join(),
    touchPoints: String(touchPoints),
  }
}

/** A device key is remembered with these; the network by its number and its country. */
export const traitNames = ['screen', 'graphics', 'browser', 'asn', 'country'] as const
export type TraitName = (typeof traitNames)[number]
/** Each trait, as its digest; null where it is not told. */
export type DeviceTraits = Readonly<Record<TraitName, string | null>>
/** All that a key was seen with; a trait that nobody remembered yet is missing. */
export type SeenTraits = Readonly<Partial<Record<TraitName, readonly (string | null)[]>>>

/** A trait that a known key was never seen with before. */
export type Drift = 'screen' | 'graphics' | 'browser' | 'network'

/**
 * Finds the traits that this key was never seen with. A folder that was copied to another machine brings the key along, and not
 * the machine. Another network in a country that the key was seen in is the same neighbourhood.
 */
export function driftOf(seen: SeenTraits, now: DeviceTraits): readonly Drift[] {
  const isOther = (name: TraitName): boolean => seen[name]?.includes(now[name]) === false
  const isPlaced = now.asn !== null || now.country !== null
  return [
    ...(['screen', 'graphics', 'browser'] as const).filter(isOther),
    ...(isPlaced && isOther('asn') && isOther('country') ? (['network'] as const) : []),
  ]
}

/** Weighted share of equal parts, 0..1, and which they are. A part that one side does not tell is not equal. */
export function likenessOf(
  one: DeviceParts,
  other: DeviceParts,
): { share: number; matched: readonly DevicePart[] } {
  const matched = devicePartNames.filter((part) => one[part] !== null && one[part] === other[part])
  return { share: sum(matched) / sum(devicePartNames), matched }
}

function sum(parts: readonly DevicePart[]): number {
  return parts.reduce((total, part) => total + weights[part], 0)
}
