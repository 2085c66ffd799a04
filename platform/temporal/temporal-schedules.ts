/** The part of the port that has work done at an interval: schedules of Temporal, which start the workflow `maintenance`. */
import {
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  type ScheduleDescription,
} from '@temporalio/client'
import { TypedSearchAttributes } from '@temporalio/common'
import { searchAttributes, taskQueues, workflowTypes } from '#workflows/messages.ts'
import type { MaintenanceInput } from '#workflows/maintenance/activity-types.ts'
import type { TemporalClient } from './temporal.ts'

/** Work at an interval. */
export type ScheduleSettings = Pick<MaintenanceInput, 'activity' | 'longestSeconds'> & {
  /** The name by which operators know it. */
  readonly name: string
  readonly everySeconds: number
}

/** The status of a run; `timed_out`: no worker was there for it, or it took too long. */
export type RunStatus = 'running' | 'completed' | 'failed' | 'cancelled' | 'terminated' | 'timed_out'

/** A schedule as the server knows it. */
export type ScheduleState = Pick<ScheduleSettings, 'name' | 'everySeconds'> & {
  readonly isPaused: boolean
  /** The reason why it is paused, as the operator wrote it. */
  readonly note: string
  /** The newest run; null: none yet. */
  readonly last: { readonly at: Date; readonly status: RunStatus } | null
  /** When the newest run that did its work began; null: none of those that the server remembers (ten). */
  readonly doneAt: Date | null
  readonly nextAt: Date | null
}

/** The result of making a schedule. */
export type ScheduleSet = { readonly name: string; readonly what: 'made' | 'changed' }

/** The schedules of an install. Names that are not among them are the caller's mistake. */
export type Schedules = {
  /** Makes those that are missing, and changes those that are not as wanted. Whether one is paused stays as it is. */
  bringUpToDate(): Promise<readonly ScheduleSet[]>
  makeMissing(): Promise<readonly ScheduleSet[]>
  /** Those that exist. */
  list(): Promise<readonly ScheduleState[]>
  /** False, here and below: it does not exist yet. */
  pause(name: string, note: string): Promise<boolean>
  resume(name: string, note: string): Promise<boolean>
  /** Starts a run now, unless one is under way; also where it is paused. */
  run(name: string): Promise<boolean>
}

/**
 * Id of a schedule, and of its runs, whose ids end with the moment at which each was due. It is of no tenant: what is done at
 * an interval is done for all of them.
 */
export const maintenanceId = (prefix: string, name: string): string => `${prefix}-maintenance-${name}`

/** No call waits longer; without a deadline the client would repeat it for half a minute. */
const deadlineMs = 10_000
const minuteMs = 60_000
/** A run has this many attempts (`effects.maintain`). */
const attempts = 3

/** `WorkflowExecutionStatus` of Temporal's API, by number. */
const statuses: Readonly<Record<number, RunStatus>> = {
  1: 'running',
  2: 'completed',
  3: 'failed',
  4: 'cancelled',
  5: 'terminated',
  7: 'timed_out',
}

/** A schedule as this release wants it. */
const wantedOf = (settings: ScheduleSettings, queuePrefix: string) => {
  const { name, activity, everySeconds, longestSeconds } = settings
  const everyMs = everySeconds * 1000
  const longestMs = longestSeconds * 1000
  // Schedules that are due on the same hour begin one after the other, and not all at once.
  const jitter = Math.min(everyMs / 10, 5 * minuteMs)
  const input: MaintenanceInput = { activity, longestSeconds, queuePrefix }
  const kind = new TypedSearchAttributes([{ key: searchAttributes.kind, value: 'maintenance' }])
  return {
    scheduleId: maintenanceId(queuePrefix, name),
    spec: { intervals: [{ every: everyMs }], jitter },
    policies: {
      // A run that takes longer than the interval is not overtaken.
      overlap: ScheduleOverlapPolicy.SKIP,
      // However long the server was away, the window holds the last time that was missed: that one is made up for, once. Where it
      // holds two, they overlap, and one is skipped. The server takes nothing below ten seconds.
      catchupWindow: Math.max(everyMs + jitter, 10_000),
      pauseOnFailure: false,
    },
    action: {
      type: 'startWorkflow' as const,
      workflowType: workflowTypes.maintenance,
      workflowId: maintenanceId(queuePrefix, name),
      taskQueue: taskQueues(queuePrefix).main,
      args: [input],
      // A run that finds no worker waits until the next one is due, and makes up for it when a worker is back. It ends by
      // itself where it can never continue, such as with a release that is no more: else it would keep all others from
      // starting.
      workflowExecutionTimeout: Math.max(attempts * longestMs + minuteMs, everyMs - jitter),
      typedSearchAttributes: kind,
    },
    typedSearchAttributes: kind,
  }
}
type Wanted = ReturnType<typeof wantedOf>

/** Releases may differ in these parts. */
const settled = ({ spec, policies, action }: Wanted | ScheduleDescription): string =>
  JSON.stringify([
    spec.intervals?.map(({ every }) => every),
    spec.jitter,
    [policies?.overlap, policies?.catchupWindow, policies?.pauseOnFailure],
    [action.workflowType, action.taskQueue, action.args, action.workflowExecutionTimeout],
  ])

/** The schedule's answer; undefined where it does not exist. */
const existing = async <T>(asked: Promise<T>): Promise<T | undefined> => {
  try {
    return await asked
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return undefined
    throw error
  }
}

const stateOf = ({ name, everySeconds }: ScheduleSettings, found: ScheduleDescription): ScheduleState => {
  const runs = (found.raw.info?.recentActions ?? []).map(({ startWorkflowStatus }, index) => ({
    at: found.info.recentActions[index]?.takenAt ?? new Date(0),
    status: statuses[startWorkflowStatus ?? 0] ?? 'running',
  }))
  return {
    name,
    everySeconds,
    isPaused: found.state.paused,
    note: found.state.note ?? '',
    last: runs.at(-1) ?? null,
    doneAt: runs.findLast(({ status }) => status === 'completed')?.at ?? null,
    nextAt: found.info.nextActionTimes[0] ?? null,
  }
}

/** The schedules over a connection that is already open. */
export const schedulesOver = (
  { connection, client: { schedule } }: TemporalClient,
  queuePrefix: string,
  all: readonly ScheduleSettings[],
): Schedules => {
  const within = <T>(call: () => Promise<T>): Promise<T> =>
    connection.withDeadline(Date.now() + deadlineMs, call)
  const handleOf = (name: string) => schedule.getHandle(maintenanceId(queuePrefix, name))

  /** Where two workers make it at once, one gets the error that it exists. */
  const make = async (wanted: Wanted): Promise<'made' | undefined> => {
    try {
      const handle = await schedule.create(wanted)
      // A new schedule runs for the first time at once. Not by an option of its making: the server would start that run
      // beside all others, and never look how it went.
      await handle.trigger(ScheduleOverlapPolicy.SKIP)
      return 'made'
    } catch (error) {
      if (error instanceof ScheduleAlreadyRunning) return undefined
      throw error
    }
  }
  const set = async (settings: ScheduleSettings, isChanged: boolean): Promise<readonly ScheduleSet[]> => {
    const { name } = settings
    const wanted = wantedOf(settings, queuePrefix)
    const found = await existing(handleOf(name).describe())
    if (found === undefined) {
      const what = await make(wanted)
      return what === undefined ? [] : [{ name, what }]
    }
    // One that is as wanted is left alone: the server forgets what was missed before a change.
    if (!isChanged || settled(found) === settled(wanted)) return []
    await handleOf(name).update(({ state }) => ({ ...wanted, state }))
    return [{ name, what: 'changed' }]
  }
  const setAll = async (isChanged: boolean): Promise<readonly ScheduleSet[]> =>
    (await Promise.all(all.map((settings) => within(() => set(settings, isChanged))))).flat()
  const exists = async (call: () => Promise<void>): Promise<boolean> =>
    (await existing(within(call).then(() => true))) ?? false

  return {
    bringUpToDate: () => setAll(true),
    makeMissing: () => setAll(false),
    list: async () => {
      const looks = all.map(async (settings) => {
        const found = await existing(within(() => handleOf(settings.name).describe()))
        return found === undefined ? [] : [stateOf(settings, found)]
      })
      return (await Promise.all(looks)).flat()
    },
    pause: (name, note) => exists(() => handleOf(name).pause(note)),
    resume: (name, note) => exists(() => handleOf(name).unpause(note)),
    run: (name) => exists(() => handleOf(name).trigger(ScheduleOverlapPolicy.SKIP)),
  }
}
