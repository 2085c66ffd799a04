import { createHash } from 'node:crypto'
import type { Knex } from 'knex'
import type { Migration } from './schema/index.ts'

/** The table that says which text each step had when it was applied. A step and its row are written together. */
const table = 'schema_checksums'

/** The database was written by another version, as a sentence for the operator; nothing was changed in it. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}

/** A step as the database remembers it; `checksum` is null where it was applied before checksums were kept. */
export type AppliedMigration = { readonly name: string; readonly checksum: string | null }

/** SHA-256 of a step's SQL, in hex. White space counts: a frozen step is not touched at all. */
export function checksumOf({ sql }: Pick<Migration, 'sql'>): string {
  return createHash('sha256').update(sql).digest('hex')
}

/**
 * Compares what was applied with what this version knows.
 * @throws MigrationError naming the first step that is another one
 */
export function assertSameSteps(applied: readonly AppliedMigration[], known: readonly Migration[]): void {
  const checksums = new Map(known.map((migration) => [migration.name, checksumOf(migration)]))
  for (const { name, checksum } of applied) {
    const expected = checksums.get(name)
    if (expected === checksum) continue
    const what = expected === undefined ? 'is unknown here' : 'differs'
    throw new MigrationError(
      `The database was written by another version of Countersign (migration ${name} ${what}).`,
    )
  }
}

/** What was applied so far, oldest first. Makes the table of checksums where it is missing. */
export async function readApplied(database: Knex): Promise<readonly AppliedMigration[]> {
  await database.raw(`create table if not exists ${table} (name text primary key, checksum text not null)`)
  const known = await database.raw<{ rows: { has: boolean }[] }>(
    "select to_regclass('schema_migrations') is not null as has",
  )
  if (known.rows[0]?.has !== true) return []
  const { rows } = await database.raw<{ rows: AppliedMigration[] }>(
    `select name, checksum from schema_migrations left join ${table} using (name) order by name`,
  )
  return rows
}

/** Notes the text of a step; call it in the step's own transaction. */
export async function keepChecksum(trx: Knex, migration: Migration): Promise<void> {
  await trx.raw(`insert into ${table} (name, checksum) values (?, ?)`, [
    migration.name,
    checksumOf(migration),
  ])
}
