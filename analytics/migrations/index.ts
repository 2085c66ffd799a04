import { eventsTable, labelColumn, progressTable, verificationsTable } from './0001-events.ts'

/** One statement: its name as recorded in the store, and its SQL. Each may run twice, since DDL has no transactions. */
export type Migration = { readonly name: string; readonly sql: string }

/** All of them, oldest first; forward only. A new one is added at the end. */
export const migrations: readonly Migration[] = [
  { name: '0001-events', sql: eventsTable },
  { name: '0001-verifications', sql: verificationsTable },
  { name: '0001-relay-progress', sql: progressTable },
  { name: '0002-labels', sql: labelColumn },
]
