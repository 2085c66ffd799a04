/** A small seeded generator (mulberry32), so that synthetic cases are the same on every machine. */
export function seeded(seed: number) {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    /** True with the given probability */
    chance: (p: number): boolean => next() < p,
    /** Whole number from `low` to `high`, both included */
    int: (low: number, high: number): number => low + Math.floor(next() * (high - low + 1)),
    one: <T>(items: readonly [T, ...T[]]): T => items[Math.floor(next() * items.length)] ?? items[0],
  }
}

export type Random = ReturnType<typeof seeded>
