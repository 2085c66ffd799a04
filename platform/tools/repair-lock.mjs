/**
 * Puts back what `npm update` or a deleted lock file drops: entries for the ClickHouse engine of other platforms.
 * Where a registry lacks those packages npm leaves them out of the lock, and `npm ci` then stops with
 * "Missing: @chdb/lib-… from lock file" on every platform. Without an integrity npm takes what the registry gives.
 *
 *   npm run lock:repair
 */
import { readFileSync, writeFileSync } from 'node:fs'

const lockFile = new URL('../../package-lock.json', import.meta.url)

/** Platform packages of `chdb`, from the `optionalDependencies` of its own manifest. */
const platforms = {
  'lib-darwin-arm64': { cpu: ['arm64'], os: ['darwin'] },
  'lib-darwin-x64': { cpu: ['x64'], os: ['darwin'] },
  'lib-linux-arm64-gnu': { cpu: ['arm64'], os: ['linux'], libc: ['glibc'] },
  'lib-linux-x64-gnu': { cpu: ['x64'], os: ['linux'], libc: ['glibc'] },
}

/**
 * @param {{ packages: Record<string, any> }} lock the parsed lock file; changed in place
 * @returns {string[]} the packages whose entries were missing
 */
export function repair(lock) {
  const wanted = lock.packages['node_modules/chdb']?.optionalDependencies ?? {}
  const added = []
  for (const [name, limits] of Object.entries(platforms)) {
    const key = `node_modules/@chdb/${name}`
    const version = wanted[`@chdb/${name}`]
    if (version === undefined || lock.packages[key] !== undefined) continue
    lock.packages[key] = { version, cpu: limits.cpu, dev: true, ...(limits.libc && { libc: limits.libc }), optional: true, os: limits.os }
    added.push(`@chdb/${name}`)
  }
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1))
  lock.packages = Object.fromEntries(sorted)
  return added
}

/** Drops addresses: a lock file names versions and hashes, never a registry. */
export function dropAddresses(lock) {
  let dropped = 0
  for (const entry of Object.values(lock.packages)) {
    if (typeof entry.resolved !== 'string' || !/^https?:/.test(entry.resolved)) continue
    delete entry.resolved
    dropped += 1
  }
  return dropped
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const lock = JSON.parse(readFileSync(lockFile, 'utf8'))
  const added = repair(lock)
  const dropped = dropAddresses(lock)
  writeFileSync(lockFile, `${JSON.stringify(lock, undefined, 2)}\n`)
  console.log(added.length === 0 ? 'Nothing was missing.' : `Put back: ${added.join(', ')}`)
  if (dropped > 0) console.log(`Dropped ${dropped} addresses.`)
}
