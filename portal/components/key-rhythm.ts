import { fewestMeasuredKeys, probeLimits, type KeyRhythm } from '#domain/risk/probe.ts'

/** Spread of times in whole ms; null for fewer than two. */
const spread = (times: readonly number[]): number | null => {
  if (times.length < 2) return null
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length
  const variance = times.reduce((sum, time) => sum + (time - mean) ** 2, 0) / times.length
  return Math.min(probeLimits.inputMs, Math.round(Math.sqrt(variance)))
}

/** Geometric mean in whole ms, which a single pause hardly moves; undefined where it would say the time of hardly more than one key. */
const mean = (times: readonly number[], fewest: number): number | undefined => {
  if (times.length < fewest) return undefined
  const logs = times.reduce((sum, time) => sum + Math.log(Math.max(1, time)), 0)
  return Math.min(probeLimits.inputMs, Math.round(Math.exp(logs / times.length)))
}

/**
 * Measures how fast and even keys come. Which key it was is known only between its press and its release, to tell how long it was
 * down; what leaves is one mean and one spread for each.
 */
export const watchRhythm = () => {
  const down = new Map<string, number>()
  const intervals: number[] = []
  const dwells: number[] = []
  let keys = 0
  let last: number | null = null

  const press = ({ code, key, repeat, timeStamp }: KeyboardEvent): void => {
    // A held key repeats as evenly as a machine for every person; keys that only move or send come when they come.
    if (repeat || key.length !== 1) return
    keys += 1
    if (last !== null && intervals.length < probeLimits.inputCount) intervals.push(timeStamp - last)
    last = timeStamp
    down.set(code, timeStamp)
  }
  const release = ({ code, timeStamp }: KeyboardEvent): void => {
    const pressedAt = down.get(code)
    down.delete(code)
    if (pressedAt !== undefined && dwells.length < probeLimits.inputCount) dwells.push(timeStamp - pressedAt)
  }
  const summary = (): KeyRhythm | null => {
    const intervalSdMs = spread(intervals)
    if (intervalSdMs === null) return null
    const [intervalMs, dwellMs] = [mean(intervals, fewestMeasuredKeys - 1), mean(dwells, fewestMeasuredKeys)]
    return { keys, intervalMs, intervalSdMs, dwellMs, dwellSdMs: spread(dwells) }
  }
  return { press, release, summary }
}
