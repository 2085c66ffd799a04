/**
 * Reads the log of sign-ins of a directory, span by span, and adds up from which networks each person signs in. An address lives
 * here only until its network is found.
 */
import { keepSpan, noteLogProblem, readLogState, type NetworkCount } from '#services/risk/sign-in-networks.ts'
import type { NetworkClass } from '#domain/risk/facts.ts'
import { pinned, type FactTools } from '#platform/facts/fact-deps.ts'
import type { Db } from '#platform/database/connect.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { DirectoryError } from './directory-error.ts'
import type { DirectorySignIn, GuardedDirectory } from './port.ts'

type LoggedDirectory = Pick<GuardedDirectory, 'offers' | 'signIns'>

/** The dependencies of a reading. */
export type LogDeps = { readonly db: Db; readonly factTools: FactTools }

const hourMs = 3_600_000
/**
 * One span is one transaction, so that little is read twice after a fault. A run reads a week at most: another directory does
 * not wait for a month of this one. A span without an end is no log.
 */
const limits = { spanMs: 6 * hourMs, leastMs: hourMs / 2, spans: 28, pages: 2_000 } as const

/** An address of documents, which is answered wherever there are data at all. */
const anyAddress = '192.0.2.1'

class NoNetworkData extends Error {
  override readonly name = 'NoNetworkData'
  readonly problem = 'no_network_data'
  constructor() {
    super('no network data are installed')
  }
}

/** Anybody can rent an address there, or the network hides where a person is: it says nothing of who comes from it. */
const anybodys: ReadonlySet<NetworkClass | null> = new Set(['tor', 'vpn', 'relay', 'hosting', 'cdn'])

/** One reading of one log. */
type Reading = {
  readonly tenantId: string
  readonly name: string
  readonly directory: LoggedDirectory
  readonly signal: AbortSignal | undefined
}

/**
 * Reads what is new in the log. Gives how many sign-ins were read; null: the log is not read, or nothing is due.
 * @throws DirectoryError after noting it; what was read until then stays
 */
export const readSignIns = async (
  deps: LogDeps,
  tenantId: string,
  name: string,
  directory: LoggedDirectory,
  signal?: AbortSignal,
): Promise<number | null> => {
  if (!directory.offers.has('sign_in_log')) return null
  try {
    return await readSpans(deps, { tenantId, name, directory, signal })
  } catch (error) {
    // A worker that ends is no problem of the log.
    if (signal?.aborted !== true)
      await inTenant(deps.db, tenantId, (tx) => noteLogProblem(tx, name, problemOf(error)))
    throw error
  }
}

const problemOf = (error: unknown): string =>
  error instanceof DirectoryError || error instanceof NoNetworkData ? error.problem : 'unknown'

const readSpans = async (deps: LogDeps, reading: Reading): Promise<number | null> => {
  // Without network data every sign-in would be read and none would count.
  if (deps.factTools.lookUp(anyAddress) === null) throw new NoNetworkData()
  let read: number | null = null
  for (let spans = 0; spans < limits.spans; spans += 1) {
    reading.signal?.throwIfAborted()
    const count = await readSpan(deps, reading)
    if (count === null) break
    read = (read ?? 0) + count
  }
  return read
}

/** Reads the next span and keeps it; null: nothing is due, or another reading kept it. */
const readSpan = async (
  { db, factTools }: LogDeps,
  { tenantId, name, directory, signal }: Reading,
): Promise<number | null> => {
  const state = await inTenant(db, tenantId, (tx) => readLogState(tx, name))
  if (state === undefined || state.newest.getTime() - state.from.getTime() < limits.leastMs) return null
  const { kept, from, newest } = state
  const until = new Date(Math.min(from.getTime() + limits.spanMs, newest.getTime()))
  const count = await countSpan(directory, pinned(factTools), { from, until }, signal)
  const isKept = await inTenant(db, tenantId, (tx) => keepSpan(tx, name, { kept, until }, count.networks))
  return isKept ? count.read : null
}

type Span = { readonly from: Date; readonly until: Date }
type SpanCount = { readonly read: number; readonly networks: readonly NetworkCount[] }

const countSpan = async (
  directory: LoggedDirectory,
  factTools: FactTools,
  { from, until }: Span,
  signal: AbortSignal | undefined,
): Promise<SpanCount> => {
  const pages = directory.signIns({ from, until, ...(signal === undefined ? {} : { signal }) })
  const networks = new Map<string, NetworkCount>()
  let [read, left] = [0, limits.pages]
  for await (const page of pages === 'not_offered' ? [] : pages) {
    signal?.throwIfAborted()
    left -= 1
    if (left < 0) throw new DirectoryError('answer')
    read += page.length
    for (const signIn of page) addTo(networks, factTools, signIn)
  }
  return { read, networks: [...networks.values()] }
}

const addTo = (
  networks: Map<string, NetworkCount>,
  factTools: FactTools,
  { directoryId, at, address }: DirectorySignIn,
): void => {
  const ip = factTools.lookUp(address)
  if (ip === null || ip.status !== 'public' || ip.asn === null || anybodys.has(ip.class)) return
  const { asn, country } = ip
  const day = at.slice(0, 10)
  const key = JSON.stringify([directoryId, asn, country])
  const known = networks.get(key) ?? { directoryId, asn, country, firstOn: day, lastOn: day, times: 0 }
  networks.set(key, {
    ...known,
    firstOn: day < known.firstOn ? day : known.firstOn,
    lastOn: day > known.lastOn ? day : known.lastOn,
    times: known.times + 1,
  })
}
