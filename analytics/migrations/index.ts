import { columnTypes } from '../fields.ts'
import { eventsTable, laterColumns, progressTable, verificationsTable } from './schema.ts'

/** One statement: its name as recorded in the store, and its SQL. Each may run twice, since DDL has no transactions. */
export type Migration = { readonly name: string; readonly sql: string }

/** All of them, oldest first; forward only. A new one is added at the end. */
export const migrations: readonly Migration[] = [
  { name: 'events', sql: eventsTable },
  // Its name says which columns there are, so another field is another step.
  { name: `events: ${columnTypes.join(', ')}`, sql: laterColumns },
  { name: 'verifications', sql: verificationsTable },
  { name: 'relay_progress', sql: progressTable },
]
