/**
 * Temporal's schedules start this work (`domain/schedules.ts` says how often). Each activity goes over all tenants, and
 * says every few seconds that it lives. Any of them may be killed anywhere, repeated, or run twice at once: whatever it does is
 * one transaction that finds for itself whether there is anything left to do.
 */
import type { MaintenanceActivities } from '#workflows/maintenance/activity-types.ts'
import { deleteOldData, ensurePartitions, refreshBuiltin } from '#services/housekeeping/housekeeping.ts'
import { keepAnswerTimes } from '#services/risk/answer-times.ts'
import { forgetCaseCopies } from '#services/reports/duress.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { whileAlone } from '#platform/database/outbox.ts'
import { withHeartbeats } from '../context.ts'
import type { NamedDirectory } from '../directory/configuration.ts'
import type { ActivityDeps } from '../ports.ts'
import { keepLists } from '../questions/keep-lists.ts'
import { keepThinCounts } from '../sources/count-thin.ts'
import { forEachTenant, forEachTenantAlone } from './each-tenant.ts'
import { readSignInLogs, syncDirectories } from './sync-directories.ts'
import { lookAtContacts } from './watch-contacts.ts'

/** Beside the dependencies of all activities, scheduled work needs these. */
export type ScheduledDeps = ActivityDeps & {
  /** The directories of the operator's file; none where accounts live in the demo's own directory alone. */
  readonly directories?: readonly NamedDirectory[]
}

/** A count older than this is made again; the schedule looks once an hour, and a repeated run finds the new one. */
const oldMinutes = 30
const monthsAhead = 3

type Work = (signal: AbortSignal) => Promise<number>

/** Does something for every tenant. */
const each =
  (deps: ScheduledDeps, work: (tenantId: string) => Promise<number>): Work =>
  (signal) =>
    forEachTenant(deps, work, signal)

type DirectoriesDeps = Parameters<typeof readSignInLogs>[0]

/**
 * Does something for every directory. A worker that lost Temporal may still be reading; two readings at once would each miss
 * what the other takes away.
 */
const eachDirectory =
  (
    deps: ScheduledDeps,
    lock: Parameters<typeof whileAlone>[1],
    work: (deps: DirectoriesDeps, signal: AbortSignal) => Promise<number>,
  ): Work =>
  async (signal) => {
    let read = 0
    const all = { ...deps, directories: deps.directories ?? [] }
    const keep = async (): Promise<void> => {
      read = await work(all, signal)
    }
    await whileAlone(deps.db, lock, keep, () => undefined)
    return read
  }

const deleteOld = async ({ db }: ScheduledDeps, tenantId: string): Promise<number> =>
  (await inTenant(db, tenantId, deleteOldData)) + (await inTenant(db, tenantId, forgetCaseCopies))

const keepQuestions = async (deps: ScheduledDeps, tenantId: string): Promise<number> =>
  (await keepLists(deps, tenantId, new Date())) + (await inTenant(deps.db, tenantId, keepAnswerTimes))

/** The activities, by the names that the schedules call. */
export const createScheduledWork = (deps: ScheduledDeps): MaintenanceActivities => {
  const { db } = deps
  const activity = (work: Work) => async () => ({ done: await withHeartbeats(work) })
  return {
    syncDirectories: activity(eachDirectory(deps, 'directories', syncDirectories)),
    readSignInLogs: activity(eachDirectory(deps, 'signInLogs', readSignInLogs)),
    keepQuestionLists: activity(each(deps, (id) => keepQuestions(deps, id))),
    countThinFiles: activity((signal) =>
      forEachTenantAlone(deps, 'thinFiles', (id) => keepThinCounts(deps, id, oldMinutes), signal),
    ),
    deleteOldData: activity(each(deps, (id) => deleteOld(deps, id))),
    makePartitions: activity(async () => {
      await ensurePartitions(db, monthsAhead)
      return monthsAhead
    }),
    lookAtContacts: activity(each(deps, (id) => lookAtContacts(deps, id))),
    refreshBuiltinFacts: activity(each(deps, (id) => inTenant(db, id, refreshBuiltin))),
  }
}
