/**
 * The loops of a worker process: work that must continue while Temporal is away, work that belongs to this process or
 * machine, and work that a person at a page waits for. Temporal starts everything else that is done at an interval
 * (`scheduled-work.ts`).
 */
import { setMaxListeners } from 'node:events'
import type { Inserter } from '#analytics/client.ts'
import { createRelay, relayCursor, type Relay } from '#analytics/relay.ts'
import { deleteRanOut, tenantIds } from '#services/housekeeping/housekeeping.ts'
import { tidyImports } from '#services/imports/imports.ts'
import { openOutbox, whileAlone } from '#platform/database/outbox.ts'
import { inTenant } from '#platform/database/transaction.ts'
import type { CaseWorkflows } from '#platform/temporal/temporal-cases.ts'
import type { Schedules } from '#platform/temporal/temporal-schedules.ts'
import { recordLateReports } from '../messaging/late-reports.ts'
import type { ActivityDeps } from '../ports.ts'
import { countAhead } from '../questions/tenant-facts.ts'
import { keepThinCounts } from '../sources/count-thin.ts'
import { runImports } from '../sources/run-imports.ts'
import { forEachTenant, forEachTenantAlone } from './each-tenant.ts'
import { createScheduleKeeper, type ScheduleStates } from './keep-schedules.ts'
import { lockAccounts } from './lock-accounts.ts'
import { runLoop, type Loop } from './loop.ts'
import { messageLoops } from './message-loops.ts'
import { pushLoops } from './push-loops.ts'
import { reconcile } from './reconcile.ts'
import { reconcileResets } from './reconcile-resets.ts'
import { createDataRecorder, type DataInUse } from './record-network-data.ts'
import { refreshWhenDue, type RefreshOptions } from './refresh-network-data.ts'
import { auditLoops, type AuditState } from './watch-audit.ts'
import { watchHarvests, type Raised } from './watch-harvests.ts'

/** Beside the dependencies of activities, the loops need these. */
export type LoopDeps = ActivityDeps & {
  readonly inserter: Inserter
  readonly workflows: CaseWorkflows
  /** Absent where nothing is started at an interval, as in tests of the loops alone */
  readonly schedules?: Schedules
  /** Absent where the operator named no sources: nothing is fetched then */
  readonly networkData?: RefreshOptions
  /** Absent where nobody looks addresses up */
  readonly dataInUse?: DataInUse
  /** Where signed heads of audit chains are kept outside the database; absent: in the log alone */
  readonly auditHeadFile?: string
}

/** Alarms that this process raised since it started: over all networks, and about one network. */
export type HarvestCounts = Record<Raised['scope'], number>

/** Loops of a worker process. */
export type Loops = {
  readonly relay: Relay
  readonly harvests: HarvestCounts
  readonly audit: AuditState
  readonly schedules: ScheduleStates
  stop(): Promise<void>
}

const second = 1000
const minute = 60 * second
/**
 * An operator who terminates a workflow leaves an open case behind, which closes within a minute: the loop looks for it this
 * often, and its row must not have changed for this long. A signal gets more time, since the workflow may be at work on it.
 */
const lookSeconds = 15
const patience = { workflow: 15, signal: 120 }
/** Every so many looks the loop also covers resets whose result is unknown: their directory is asked once a minute. */
const looksPerUnknown = 4
/** So long a delivery report is left to the verification's own workflow. */
const lateSeconds = 60

/** Starts everything that a worker does beside activities. It continues through an outage of Temporal. */
export const startLoops = (deps: LoopDeps): Loops => {
  const ending = new AbortController()
  // Every loop listens to this signal.
  setMaxListeners(0, ending.signal)
  const { signal } = ending
  const relay = openRelay(deps)
  const harvests: HarvestCounts = { all: 0, network: 0 }
  const audit: AuditState = { broken: 0, checkedAt: 0 }
  const schedules: ScheduleStates = { known: [] }
  const loops: readonly Loop[] = [
    ...messageLoops(deps),
    ...auditLoops(deps, audit),
    ...caseLoops(deps),
    ...pushLoops(deps),
    ...sourceLoops(deps),
    ...networkDataLoops(deps),
    harvestLoop(deps, harvests),
    // Rows whose time ran out are gone within a minute, also while Temporal is away: a password among them (M3), and
    // files of facts.
    { name: 'ran-out', everyMs: minute, work: () => forEachTenant(deps, (id) => endWhatRanOut(deps, id)) },
    { name: 'relay', everyMs: 5 * second, work: () => relayAlone(deps, relay, signal) },
    ...scheduleLoops(deps, schedules),
  ]
  const running = loops.map((loop) => runLoop(loop, deps.log, signal))
  return {
    relay,
    harvests,
    audit,
    schedules,
    stop: async () => {
      ending.abort()
      await Promise.all(running)
    },
  }
}

const openRelay = ({ db, inserter, log }: LoopDeps): Relay => {
  const outbox = openOutbox(db, relayCursor)
  return createRelay({
    take: (limit) => outbox.take(limit),
    advance: (from, to) => outbox.advance(from, to),
    inserter,
    log,
  })
}

/**
 * These loops repair cases and act on reports: they must work while Temporal is away, or are about what Temporal lost.
 */
const caseLoops = (deps: LoopDeps): readonly Loop[] => {
  let looks = 0
  const lookAtResets = (): Promise<number> => {
    const withUnknown = looks % looksPerUnknown === 0
    looks += 1
    return forEachTenant(deps, (id) => reconcileResets(deps, id, patience.workflow, withUnknown))
  }
  return [
    {
      name: 'account-locks',
      everyMs: second,
      work: () => forEachTenant(deps, (id) => lockAccounts(deps, id)),
    },
    {
      name: 'reconciler',
      everyMs: lookSeconds * second,
      work: () => forEachTenant(deps, (id) => reconcile(deps, id, patience)),
    },
    { name: 'reset reconciler', everyMs: lookSeconds * second, work: lookAtResets },
    {
      name: 'delivery-reports',
      everyMs: 5 * second,
      work: () => forEachTenant(deps, (id) => recordLateReports(deps, id, lateSeconds)),
    },
  ]
}

/** An admin looks at the page meanwhile, or the next participant would wait: none of these may rest for a minute. */
const sourceLoops = (deps: LoopDeps): readonly Loop[] => [
  {
    name: 'imports',
    everyMs: second,
    work: () => forEachTenantAlone(deps, 'imports', (id) => runImports(deps, id)),
    drains: true,
  },
  {
    name: 'thin-files',
    everyMs: 5 * second,
    work: () => forEachTenantAlone(deps, 'thinFiles', (id) => keepThinCounts(deps, id)),
  },
  {
    name: 'question-facts',
    everyMs: 5 * second,
    work: () => forEachTenant(deps, (id) => countAhead(deps, id)),
  },
]

/** These loops belong to this machine's folder and to the data that this process has open. */
const networkDataLoops = (deps: LoopDeps): readonly Loop[] => {
  const { networkData, dataInUse } = deps
  const loops: Loop[] = []
  if (networkData !== undefined)
    loops.push({
      name: 'network-data',
      everyMs: 5 * minute,
      work: () => refreshWhenDue(networkData, Date.now()),
    })
  if (dataInUse !== undefined) {
    const record = createDataRecorder(deps, dataInUse)
    loops.push({
      name: 'network-data-record',
      everyMs: 5 * second,
      work: () => record(() => tenantIds(deps.db)),
    })
  }
  return loops
}

/** The alarm has to be raised within a minute, even if an attacker controls Temporal (D12). */
const harvestLoop = (deps: LoopDeps, counts: HarvestCounts): Loop => {
  const watch = async (tenantId: string): Promise<number> => {
    const raised = await watchHarvests(deps, tenantId)
    for (const { scope } of raised) counts[scope] += 1
    return raised.length
  }
  return { name: 'harvests', everyMs: minute / 2, work: () => forEachTenantAlone(deps, 'harvests', watch) }
}

const endWhatRanOut = async ({ db }: LoopDeps, tenantId: string): Promise<number> =>
  (await inTenant(db, tenantId, deleteRanOut)) + (await inTenant(db, tenantId, tidyImports))

/** One process carries the outbox at a time; another one that waits takes over when it dies. */
const relayAlone = async (deps: LoopDeps, relay: Relay, signal: AbortSignal): Promise<void> => {
  const lost = new AbortController()
  const until = AbortSignal.any([signal, lost.signal])
  await whileAlone(
    deps.db,
    'relay',
    () => relay.run(until),
    () => {
      lost.abort()
    },
  )
}

/** The loop that looks after Temporal's schedules cannot be a schedule itself. */
const scheduleLoops = ({ schedules, log }: LoopDeps, states: ScheduleStates): readonly Loop[] =>
  schedules === undefined
    ? []
    : [{ name: 'schedules', everyMs: minute, work: createScheduleKeeper(schedules, states, log) }]
