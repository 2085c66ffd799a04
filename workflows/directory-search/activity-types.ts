/*
 * The inputs and answers of a search in the directories. Part of the wire format: fields are added, never renamed. The
 * words may be a name, so they are here only as sealed to the worker (M3).
 */

/** Input of the workflow `directorySearch`. */
export type DirectorySearchInput = {
  readonly tenantId: string
  readonly searchId: string
  /** The search text, sealed to the worker for this search alone; base64. */
  readonly sealedWords: string
  /** Prefix of the task queues, from the worker's configuration. */
  readonly queuePrefix: string
}

/** `search`: the search, named by the ids of its workflow. */
export type SearchDirectoriesInput = {
  readonly search: Pick<DirectorySearchInput, 'tenantId' | 'searchId' | 'sealedWords'>
}

/** The answer of a tenant's directories, read and stored. */
export type DirectorySearchAnswer = {
  /** Our rows of those found, the best first; 20 at most (D9). */
  readonly personIds: readonly string[]
  /** More people match than the answer lists. */
  readonly more: boolean
  /** Names of directories that did not answer in time. */
  readonly silent: readonly string[]
}

/** The activity that the workflow asks for. */
export type DirectorySearchActivities = {
  searchDirectories(input: SearchDirectoriesInput): Promise<DirectorySearchAnswer>
}
