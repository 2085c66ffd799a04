/** The log of events of a realm, which Keycloak keeps where the realm says so: sign-ins, and none made by an administrator. */
import { z } from 'zod'
import { DirectoryError } from '../directory-error.ts'
import { patience, readAs } from '../rest/api.ts'
import { signInsWithin } from '../sign-in-span.ts'
import type { DirectorySignIn, RightFinding, SignInSpan } from '../port.ts'
import type { KeycloakApi } from './session.ts'

const pageSize = 500
const kind = 'LOGIN'

const events = z.array(
  z.object({
    id: z.string(),
    time: z.number(),
    userId: z.string().nullish(),
    ipAddress: z.string().nullish(),
    details: z.record(z.string(), z.string()).nullish(),
  }),
)
type Event = z.output<typeof events>[number]

/**
 * Reads a span of the log, the oldest first. Each page begins at the moment at which the last one ended, and not at a number
 * of events, since old ones go meanwhile.
 */
export async function* signIns(
  api: KeycloakApi,
  { from, until, signal }: SignInSpan,
  size: number = pageSize,
): AsyncGenerator<readonly DirectorySignIn[]> {
  let seen: readonly Event[] = []
  for (let at = from.getTime(); ;) {
    const page = await pageOf(api, { from: at, to: until.getTime() - 1, size }, signal)
    const known = new Set(seen.map(({ id }) => id))
    yield signInsWithin({ from, until }, page.filter(({ id }) => !known.has(id)).map(entryOf))
    const last = page.at(-1)
    if (last === undefined || page.length < size) return
    // So many at one moment are no log.
    if (last.time === at) throw new DirectoryError('answer')
    at = last.time
    seen = page.filter(({ time }) => time === at)
  }
}

/** An administrator who acts as a person signs in from a network of their own. */
const entryOf = ({ userId, time, ipAddress, details }: Event) => ({
  directoryId: details?.['impersonator'] === undefined ? userId : null,
  at: time,
  address: ipAddress,
})

const pageOf = async (
  api: KeycloakApi,
  { from, to, size }: { readonly from: number; readonly to: number; readonly size: number },
  signal: AbortSignal | undefined,
): Promise<readonly Event[]> => {
  if (signal?.aborted === true) throw new DirectoryError('unreachable')
  const question = new URLSearchParams({
    type: kind,
    dateFrom: String(from),
    dateTo: String(to),
    direction: 'asc',
    max: String(size),
  })
  const answer = await api.read(`/events?${question}`, { signal, patienceMs: patience.sync })
  if (answer === null) throw new DirectoryError('answer')
  return readAs(events, answer.json)
}

const configuration = z.object({ eventsEnabled: z.boolean(), enabledEventTypes: z.array(z.string()) })

/** Says why we could not read the log: our role, or the realm's own setting. */
export const logFindings = async (
  api: KeycloakApi,
  own: readonly string[],
): Promise<readonly RightFinding[]> => {
  if (!own.includes(logRole)) return [{ kind: 'missing', right: 'role', detail: logRole }]
  const answer = await api.read('/events/config')
  const { eventsEnabled, enabledEventTypes } = readAs(configuration, answer?.json)
  if (eventsEnabled && enabledEventTypes.includes(kind)) return []
  return [{ kind: 'missing', right: 'sign_in_log', detail: eventsEnabled ? kind : 'eventsEnabled' }]
}

/** Lets us read the log, and its settings. */
export const logRole = 'view-events'
