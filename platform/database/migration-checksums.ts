import type { Knex } from 'knex'
import { repeatedChecksum, stepChecksums } from './schema/checksums.ts'

/** The table that says which text each step had when it was applied. A step and its row are written together. */
const table = 'schema_checksums'

/** The name under which that table keeps the checksum of functions and privileges; no step has it. */
export const repeated = '(functions and privileges)'

/** The database was written by another version, as a sentence for the operator; nothing was changed in it. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}

/** A step as the database remembers it; `checksum` is null where none is on record. */
type AppliedMigration = { readonly name: string; readonly checksum: string | null }

/** Reads which steps were applied so far, by name. Makes the table of checksums where it is missing. */
export async function readApplied(trx: Knex): Promise<readonly AppliedMigration[]> {
  await trx.raw(`create table if not exists ${table} (name text primary key, checksum text not null)`)
  const known = await trx.raw<{ rows: { has: boolean }[] }>(
    "select to_regclass('schema_migrations') is not null as has",
  )
  if (known.rows[0]?.has !== true) return []
  const { rows } = await trx.raw<{ rows: AppliedMigration[] }>(
    `select name, checksum from schema_migrations left join ${table} using (name) order by name`,
  )
  return rows
}

/**
 * Compares what was applied with what this version knows.
 * @throws MigrationError naming the first step that is another one
 */
export function assertSameSteps(applied: readonly AppliedMigration[]): void {
  for (const { name, checksum } of applied) {
    const expected = stepChecksums[name]
    if (expected === checksum) continue
    const what = expected === undefined ? 'is unknown here' : 'differs'
    throw new MigrationError(
      `The database was written by another version of Countersign (migration ${name} ${what}).`,
    )
  }
}

/** Notes the text of a step, or of what every run writes; call it in the transaction that writes it. */
export async function keepChecksum(trx: Knex, name: string): Promise<void> {
  await trx.raw(
    `insert into ${table} (name, checksum) values (?, ?) on conflict (name) do update set checksum = excluded.checksum`,
    [name, stepChecksums[name] ?? repeatedChecksum],
  )
}
