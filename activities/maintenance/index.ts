import { setMaxListeners } from 'node:events'
import type { Inserter } from '#analytics/client.ts'
import { createRelay, relayCursor, type Relay } from '#analytics/relay.ts'
import {
  ensurePartitions,
  purgeExpired,
  refreshBuiltin,
  tenantIds,
} from '#services/housekeeping/housekeeping.ts'
import { forgetCaseCopies } from '#services/reports/duress.ts'
import { tidyImports } from '#services/imports/imports.ts'
import { openOutbox, whileAlone } from '#platform/database/outbox.ts'
import { inTenant } from '#platform/database/transaction.ts'
import type { CaseWorkflows } from '#platform/temporal/temporal-cases.ts'
import { recordLateReports } from '../messaging/late-reports.ts'
import type { NamedDirectory } from '../directory/configuration.ts'
import type { ActivityDeps } from '../ports.ts'
import { keepLists } from '../questions/keep-lists.ts'
import { countAhead } from '../questions/tenant-facts.ts'
import { keepThinCounts } from '../sources/count-thin.ts'
import { runImports } from '../sources/run-imports.ts'
import { runLoop } from './loop.ts'
import { createDataRecorder, type DataInUse } from './record-network-data.ts'
import { refreshWhenDue, type RefreshOptions } from './refresh-network-data.ts'
import { lockAccounts } from './lock-accounts.ts'
import { checkRights, noteOffers, syncDirectories } from './sync-directories.ts'
import { reconcile } from './reconcile.ts'
import { reconcileResets } from './reconcile-resets.ts'
import { forEachTenant, isNone, tellingLoops } from './telling.ts'
import { auditLoops, type AuditState } from './watch-audit.ts'
import { watchHarvests, type Raised } from './watch-harvests.ts'

/** What the loops need beside what activities need. */
export type LoopDeps = ActivityDeps & {
  readonly inserter: Inserter
  readonly workflows: CaseWorkflows
  /** Of the operator's file; none where accounts live in the demo's own directory alone */
  readonly directories?: readonly NamedDirectory[]
  /** Absent where the operator named no sources: nothing is fetched then */
  readonly networkData?: RefreshOptions
  /** Absent where nobody looks addresses up */
  readonly dataInUse?: DataInUse
  /** Where signed heads of audit chains are kept outside the database; absent: in the log alone */
  readonly auditHeadFile?: string
}

/** Alarms that this process raised since it started: over all networks, and about one. */
export type HarvestCounts = Record<Raised['scope'], number>

/** Loops of a worker process. */
export type Loops = {
  readonly relay: Relay
  readonly harvests: HarvestCounts
  readonly audit: AuditState
  stop(): Promise<void>
}

const second = 1000
const minute = 60 * second
/**
 * Somebody who terminates a workflow leaves an open case behind, which closes within a minute: so often it is looked for, and
 * so long its row must not have changed. A signal gets more time, since the workflow may be at work on it.
 */
const lookSeconds = 15
const patience = { workflow: 15, signal: 120 }
/** Every so many looks also at resets whose result is unknown: their directory is asked once a minute. */
const looksPerUnknown = 4
/** So long a delivery report is left to the verification's own workflow. */
const lateSeconds = 60
const monthsAhead = 3

/** Starts everything that a worker does beside activities. It goes on through an outage of Temporal. */
export const startLoops = (deps: LoopDeps): Loops => {
  const { log } = deps
  const ending = new AbortController()
  // Each loop rests on it.
  setMaxListeners(0, ending.signal)
  const { signal } = ending
  const relay = openRelay(deps)
  const harvests: HarvestCounts = { all: 0, network: 0 }
  const audit: AuditState = { broken: 0, checkedAt: 0 }
  const loops = [
    ...tellingLoops(deps),
    ...auditLoops(deps, audit),
    { name: 'account-locks', everyMs: second, work: () => isNone(lock(deps)) },
    {
      name: 'reconciler',
      everyMs: lookSeconds * second,
      work: () => isNone(forEachTenant(deps, (id) => reconcile(deps, id, patience))),
    },
    resetLoop(deps),
    {
      name: 'delivery-reports',
      everyMs: 5 * second,
      work: () => isNone(forEachTenant(deps, (id) => recordLateReports(deps, id, lateSeconds))),
    },
    ...questionLoops(deps),
    { name: 'purge', everyMs: minute, work: () => isNone(purge(deps)) },
    { name: 'hourly', everyMs: 60 * minute, work: () => isNone(hourly(deps)) },
    ...dataLoop(deps),
    ...recordLoop(deps),
    ...directoryLoop(deps, signal),
    harvestLoop(deps, harvests),
    { name: 'relay', everyMs: 5 * second, work: () => relayAlone(deps, relay, signal) },
  ].map((loop) => runLoop({ ...loop, log }, signal))
  return {
    relay,
    harvests,
    audit,
    stop: async () => {
      ending.abort()
      await Promise.all(loops)
    },
  }
}

const resetLoop = (deps: LoopDeps) => {
  let looks = 0
  const work = () => {
    const withUnknown = looks % looksPerUnknown === 0
    looks += 1
    return isNone(forEachTenant(deps, (id) => reconcileResets(deps, id, patience.workflow, withUnknown)))
  }
  return { name: 'reset reconciler', everyMs: lookSeconds * second, work }
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

const lock = (deps: LoopDeps): Promise<number> => forEachTenant(deps, (id) => lockAccounts(deps, id))

/** Lists, facts and who is a thin file: what questions are made of. */
const questionLoops = (deps: LoopDeps) => [
  {
    name: 'question-lists',
    everyMs: 60 * minute,
    work: () => isNone(forEachTenant(deps, (id) => keepLists(deps, id, new Date()))),
  },
  { name: 'imports', everyMs: second, work: () => alone(deps, 'imports', (id) => runImports(deps, id)) },
  {
    name: 'thin-files',
    everyMs: 5 * second,
    work: () => isDone(alone(deps, 'thinFiles', (id) => keepThinCounts(deps, id))),
  },
  {
    name: 'question-facts',
    everyMs: 5 * second,
    work: () => isNone(forEachTenant(deps, (id) => countAhead(deps, id))),
  },
]

const dataLoop = ({ networkData }: LoopDeps) =>
  networkData === undefined
    ? []
    : [
        {
          name: 'network-data',
          everyMs: 5 * minute,
          work: async () => {
            await refreshWhenDue(networkData, Date.now())
            return false
          },
        },
      ]

const recordLoop = (deps: LoopDeps) => {
  if (deps.dataInUse === undefined) return []
  const record = createDataRecorder(deps, deps.dataInUse)
  const work = () => isNone(record(() => tenantIds(deps.db)))
  return [{ name: 'network-data-record', everyMs: 5 * second, work }]
}

/** People of directories; the first look at our own rights is once at the start. */
const directoryLoop = (deps: LoopDeps, signal: AbortSignal) => {
  const { directories = [] } = deps
  if (directories.length === 0) return []
  void noteOffers({ ...deps, directories }).catch((error: unknown) => {
    deps.log.warn('what directories offer could not be noted', { error })
  })
  void checkRights({ ...deps, directories })
  const work = async () => {
    const { db } = deps
    await whileAlone(
      db,
      'directories',
      () => syncDirectories({ ...deps, directories }, signal),
      () => undefined,
    )
    return false
  }
  return [{ name: 'directories', everyMs: minute, work }]
}

/** An anomaly is to be told within a minute (security.md D12). */
const harvestLoop = (deps: LoopDeps, counts: HarvestCounts) => {
  const watch = async (tenantId: string): Promise<number> => {
    const raised = await watchHarvests(deps, tenantId)
    for (const { scope } of raised) counts[scope] += 1
    return raised.length
  }
  return { name: 'harvests', everyMs: minute / 2, work: () => isDone(alone(deps, 'harvests', watch)) }
}

/** Done for now, whatever there was to do. */
const isDone = async (work: Promise<unknown>): Promise<boolean> => {
  await work
  return false
}

const purge = (deps: LoopDeps): Promise<number> =>
  forEachTenant(
    deps,
    async (tenantId) =>
      (await inTenant(deps.db, tenantId, purgeExpired)) + (await inTenant(deps.db, tenantId, tidyImports)),
  )

const hourly = async (deps: LoopDeps): Promise<number> => {
  await ensurePartitions(deps.db, monthsAhead)
  return forEachTenant(deps, async (tenantId) => {
    await inTenant(deps.db, tenantId, refreshBuiltin)
    await inTenant(deps.db, tenantId, forgetCaseCopies)
    return 0
  })
}

/** Work for every tenant by one process at a time; what goes wrong with one tenant keeps no other waiting (R17). */
const alone = async (
  deps: LoopDeps,
  lock: 'imports' | 'thinFiles' | 'harvests',
  work: (tenantId: string) => Promise<number>,
): Promise<boolean> => {
  let done = 0
  const failures: unknown[] = []
  const each = (tenantId: string): Promise<number> =>
    work(tenantId).catch((error: unknown) => {
      failures.push(error)
      return 0
    })
  await whileAlone(
    deps.db,
    lock,
    async () => {
      done = await forEachTenant(deps, each)
    },
    () => undefined,
  )
  if (failures.length > 0) throw failures[0]
  return done > 0
}

/** One process carries the outbox at a time; another one that waits takes over when it dies. */
const relayAlone = async (deps: LoopDeps, relay: Relay, signal: AbortSignal): Promise<boolean> => {
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
  return false
}
