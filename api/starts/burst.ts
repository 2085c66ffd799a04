import { limitedAs } from '../http/middleware/rate-limit.ts'

/** Networks remembered at most; then all begin anew, which the database's own limit does not. */
const mostRemembered = 10_000

/**
 * Tells if one network asks too often of this process, without a look into the database: its further requests are
 * dropped, with the same answer, so that nobody fills the queue for everybody else (H1, H6).
 */
export const createBurst = (max: number, windowMs: number, now: () => number = Date.now) => {
  const asked = new Map<string, { count: number; until: number }>()
  return (address: string | null): boolean => {
    const key = limitedAs(address)
    const at = now()
    const known = asked.get(key)
    if (known === undefined || known.until <= at) {
      if (asked.size >= mostRemembered) asked.clear()
      asked.set(key, { count: 1, until: at + windowMs })
      return false
    }
    known.count += 1
    return known.count > max
  }
}
