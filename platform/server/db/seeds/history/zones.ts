import { zoneOffset } from '../../../network-data/zone-facts.ts'

const known = new Map<string, number>()

/** Minutes east of UTC in a zone on a day; looked up once for each day, since looking up is slow. */
export const offsetAt = (zone: string, at: number): number => {
  const key = `${zone} ${String(Math.floor(at / 86_400_000))}`
  const found = known.get(key) ?? zoneOffset(zone, at) ?? 0
  known.set(key, found)
  return found
}
