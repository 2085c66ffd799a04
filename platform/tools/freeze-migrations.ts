/**
 * `npm run db:freeze`: writes down the text of each migration that is new. What was written down is never changed: a
 * database that has taken the step would not be what the sources say.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { checksumOf } from '#platform/database/migration-checksums.ts'
import { migrations } from '#platform/database/schema/index.ts'

const file = fileURLToPath(new URL('../database/schema/checksums.json', import.meta.url))

/** Name of a step → SHA-256 of its SQL. */
export type Checksums = Readonly<Record<string, string>>

/** The names of steps, by how they differ from what was written down. */
export interface Differences {
  readonly changed: readonly string[]
  readonly gone: readonly string[]
  readonly added: readonly string[]
}

/** What the sources say now. */
export function currentChecksums(): Checksums {
  return Object.fromEntries(migrations.map((migration) => [migration.name, checksumOf(migration)]))
}

/** What was written down. */
export function frozenChecksums(): Checksums {
  return JSON.parse(readFileSync(file, 'utf8')) as Checksums
}

/** Compares the two. */
export function differencesOf(frozen: Checksums, current: Checksums): Differences {
  const names = Object.keys(current)
  return {
    changed: names.filter((name) => name in frozen && frozen[name] !== current[name]),
    gone: Object.keys(frozen).filter((name) => !(name in current)),
    added: names.filter((name) => !(name in frozen)),
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [frozen, current] = [frozenChecksums(), currentChecksums()]
  const { changed, gone, added } = differencesOf(frozen, current)
  const broken = [...changed, ...gone]
  if (broken.length > 0) {
    console.error(`Frozen migrations were edited: ${broken.join(', ')}. Take that back and add a new one.`)
    process.exitCode = 1
  } else {
    writeFileSync(file, `${JSON.stringify(current, undefined, 2)}\n`)
    console.log(added.length === 0 ? 'Nothing is new.' : `Frozen from now on: ${added.join(', ')}.`)
  }
}
