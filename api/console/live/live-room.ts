/** Whom a stream belongs to. */
export type Holder = { readonly tenantId: string; readonly sessionId: string }

/** Streams of one process at most, and of one session: a browser keeps six connections to one host. */
type LiveLimits = { readonly streams: number; readonly perSession: number }

const countBy = <T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const one of all) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1)
  return counts
}

/** The oldest stream of the key that holds most; null where that is not more than `fewest`. */
const ofFullest = <T>(streams: readonly T[], keyOf: (one: T) => string, fewest: number): T | null => {
  const counts = countBy(streams, keyOf)
  const held = (key: string): number => counts.get(key) ?? 0
  const most = [...counts.keys()].reduce((best, key) => (held(key) > held(best) ? key : best), '')
  return held(most) <= fewest ? null : (streams.find((one) => keyOf(one) === most) ?? null)
}

const tenantOf = ({ tenantId }: Holder): string => tenantId
const sessionOf = ({ sessionId }: Holder): string => sessionId

/**
 * Which stream goes so that a newcomer may stay: the oldest of the same session where that has its share, and one of the
 * tenant that holds most where the process is full. Another tenant, and another session of the same tenant, can thus always
 * open one.
 * @param streams oldest first
 * @returns null where there is room, `full` where only as small a share as the newcomer's could go
 */
export const roomFor = <T extends Holder>(
  streams: readonly T[],
  newcomer: Holder,
  limits: LiveLimits,
): T | 'full' | null => {
  const own = streams.filter(({ sessionId }) => sessionId === newcomer.sessionId)
  if (own.length >= limits.perSession) return own[0] ?? null
  if (streams.length < limits.streams) return null
  // A holder who gives a stream keeps at least as many as the newcomer has then, or the two would take it from each
  // other.
  const ofTenant = streams.filter(({ tenantId }) => tenantId === newcomer.tenantId)
  const other = ofFullest(streams, tenantOf, ofTenant.length + 1)?.tenantId ?? newcomer.tenantId
  if (other === newcomer.tenantId) return ofFullest(ofTenant, sessionOf, own.length + 1) ?? 'full'
  const theirs = streams.filter(({ tenantId }) => tenantId === other)
  return ofFullest(theirs, sessionOf, 0) ?? 'full'
}
