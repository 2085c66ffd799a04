import { createHash } from 'node:crypto'

/** Numbers that look random and are always the same for the same name. */
export type Random = {
  /** At least 0, below 1. */
  next(): number
  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number
  /** True in this share of cases, 0 to 1. */
  chance(share: number): boolean
  /** One of the items. @throws when there is none */
  pick<T>(items: readonly T[]): T
  /** One of the keys, as often as its weight says. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K
}

/**
 * A generator for one name: sfc32 (Chris Doty-Humphrey's PractRand), seeded by SHA-256. Each person and case has one of
 * its own, so that adding to one changes no other.
 */
export const randomOf = (...name: readonly string[]): Random => {
  const seed = createHash('sha256').update(name.join('\u0000')).digest()
  let [a, b, c, d] = [0, 4, 8, 12].map((at) => seed.readUInt32LE(at)) as [number, number, number, number]
  const next = (): number => {
    const sum = (a + b + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return (sum >>> 0) / 2 ** 32
  }
  // The first numbers still resemble the seed.
  for (let turn = 0; turn < 12; turn += 1) next()
  return { next, ...drawing(next) }
}

const drawing = (next: () => number): Omit<Random, 'next'> => {
  const int = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1))
  return {
    int,
    chance: (share) => next() < share,
    pick: <T>(items: readonly T[]): T => {
      if (items.length === 0) throw new Error('there is nothing to pick from')
      return items[int(0, items.length - 1)] as T
    },
    weighted: <K extends string>(weights: Readonly<Record<K, number>>): K => {
      const entries = Object.entries(weights) as [K, number][]
      const all = entries.reduce((sum, [, weight]) => sum + weight, 0)
      let left = next() * all
      const found = entries.find(([, weight]) => (left -= weight) < 0) ?? entries.at(-1)
      if (found === undefined) throw new Error('there is nothing to pick from')
      return found[0]
    },
  }
}
