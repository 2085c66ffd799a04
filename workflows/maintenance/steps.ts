/* What a run of maintenance asks of its activity, and what comes of it. Part of the wire format: fields are added, never renamed. */

/** How much a run did, in whatever its activity counts: directories, lists, people, rows. */
export type MaintenanceAnswer = { readonly done: number }

/** What the workflow asks for. Each goes over all tenants, and done twice it does no more than once. */
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
  /** How long one attempt may take. */
  readonly longestSeconds: number
  /** Prefix of the task queues, from the worker's configuration. */
  readonly queuePrefix: string
}
