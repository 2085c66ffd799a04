/* The inputs and answers of a run of maintenance. Part of the wire format: fields are added, never renamed. */

/** The number of things that a run did, in whatever its activity counts: directories, lists, people, rows. */
export type MaintenanceAnswer = { readonly done: number }

/** The activities that the workflow asks for. Each goes over all tenants, and done twice it does no more than once. */
export type MaintenanceActivities = {
  syncDirectories(): Promise<MaintenanceAnswer>
  keepQuestionLists(): Promise<MaintenanceAnswer>
  countThinFiles(): Promise<MaintenanceAnswer>
  deleteOldData(): Promise<MaintenanceAnswer>
  makePartitions(): Promise<MaintenanceAnswer>
  lookAtContacts(): Promise<MaintenanceAnswer>
  refreshBuiltinFacts(): Promise<MaintenanceAnswer>
}

/** Input of the workflow `maintenance`. */
export type MaintenanceInput = {
  readonly activity: keyof MaintenanceActivities
  /** One attempt may take this long. */
  readonly longestSeconds: number
  /** Prefix of the task queues, from the worker's configuration. */
  readonly queuePrefix: string
}
