/** A loop, since it looks after Temporal's schedules: makes those that are missing, and knows for the metrics how they went. */
import type { Logger } from '#platform/process/log.ts'
import type { Schedules, ScheduleState } from '#platform/temporal/temporal-schedules.ts'

/** The schedules as this process last saw them. */
export type ScheduleStates = { known: readonly ScheduleState[] }

/**
 * The first look also brings schedules to what this release wants. Later looks only make what is missing, or an older release
 * that still runs beside this one would set its own intervals again and again.
 */
export const createScheduleKeeper = (schedules: Schedules, states: ScheduleStates, log: Logger) => {
  let isFirst = true
  return async (): Promise<void> => {
    const made = await (isFirst ? schedules.bringUpToDate() : schedules.makeMissing())
    isFirst = false
    for (const { name, what } of made) log.info('a schedule was set', { part: name, state: what })
    states.known = await schedules.list()
  }
}
