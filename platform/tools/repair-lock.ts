/**
 * Puts back what `npm update` or a deleted lock file drops: entries for the ClickHouse engine of other platforms.
 * Where a registry lacks those packages npm leaves them out of the lock, and `npm ci` then stops with
 * "Missing: @chdb/lib-… from lock file" on every platform. Without an integrity npm takes what the registry gives.
 *
 *   npm run lock:repair
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const lockFile = new URL('../../package-lock.json', import.meta.url)

/** The parts of a lock file's entry that are of interest here. */
export interface LockEntry {
  readonly version: string
  readonly resolved?: string
  readonly integrity?: string
  readonly license?: string
  readonly dev?: boolean
  readonly hasInstallScript?: boolean
  readonly cpu?: readonly string[]
  readonly os?: readonly string[]
  readonly libc?: readonly string[]
  readonly optional?: boolean
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** A parsed lock file. */
export interface Lock {
  packages: Record<string, LockEntry>
}

/** Platform packages of `chdb`: those of the `optionalDependencies` of its own manifest. */
const platforms = {
  'lib-darwin-arm64': { cpu: ['arm64'], os: ['darwin'] },
  'lib-darwin-x64': { cpu: ['x64'], os: ['darwin'] },
  'lib-linux-arm64-gnu': { cpu: ['arm64'], os: ['linux'], libc: ['glibc'] },
  'lib-linux-x64-gnu': { cpu: ['x64'], os: ['linux'], libc: ['glibc'] },
}

/** Adds the entries that are missing to `lock` and returns the names of their packages. */
export function repair(lock: Lock): readonly string[] {
  const wanted = lock.packages['node_modules/chdb']?.optionalDependencies ?? {}
  const added: string[] = []
  for (const [name, limits] of Object.entries(platforms)) {
    const key = `node_modules/@chdb/${name}`
    const version = wanted[`@chdb/${name}`]
    if (version === undefined || lock.packages[key] !== undefined) continue
    const { cpu, os, ...libc } = limits
    lock.packages[key] = { version, cpu, dev: true, ...libc, optional: true, os }
    added.push(`@chdb/${name}`)
  }
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'))
  lock.packages = Object.fromEntries(sorted)
  return added
}

/** Drops addresses from `lock` and returns how many: a lock file names versions and hashes, never a registry. */
export function dropAddresses(lock: Lock): number {
  let dropped = 0
  for (const [path, { resolved, ...entry }] of Object.entries(lock.packages)) {
    if (resolved === undefined) continue
    lock.packages[path] = entry
    dropped += 1
  }
  return dropped
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lock = JSON.parse(readFileSync(lockFile, 'utf8')) as Lock
  const added = repair(lock)
  const dropped = dropAddresses(lock)
  writeFileSync(lockFile, `${JSON.stringify(lock, undefined, 2)}\n`)
  console.log(added.length === 0 ? 'Nothing was missing.' : `Put back: ${added.join(', ')}`)
  if (dropped > 0) console.log(`Dropped ${dropped} addresses.`)
}
