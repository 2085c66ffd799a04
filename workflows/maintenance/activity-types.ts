/* The inputs and answers of a run of maintenance. Part of the wire format: fields are added, never renamed. */

import type { ScheduledActivity } from '#domain/schedules.ts'

/** The number of things that a run did, in whatever its activity counts: directories, lists, people, rows. */
export type MaintenanceAnswer = { readonly done: number }

/** The activities that the workflow asks for: one for each schedule. */
export type MaintenanceActivities = {
  readonly [Activity in ScheduledActivity]: () => Promise<MaintenanceAnswer>
}

/** Input of the workflow `maintenance`. */
export type MaintenanceInput = {
  readonly activity: keyof MaintenanceActivities
  /** One attempt may take this long. */
  readonly longestSeconds: number
  /** Prefix of the task queues, from the worker's configuration. */
  readonly queuePrefix: string
}
