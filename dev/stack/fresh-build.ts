/** Builds what is missing or older than its sources: `dist/`, and the offline network data. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { startChild } from './supervise.ts'

/** `dist/` is made from these. */
const APP_SOURCES = [
  ...['domain', 'workflows', 'activities', 'api', 'analytics', 'console', 'portal'],
  ...['services', 'cli', 'platform', 'package-lock.json', 'tsconfig.json'],
]
/** The network data are made from these; the packages that hold the raw data are pinned by the lock file. */
const DATA_SOURCES = ['platform/network-data', 'data-sources', 'package-lock.json']

/**
 * Builds consoles and servers unless they are up to date.
 * @param notify told when a build is needed, as that takes some seconds
 * @throws with the last lines of the build when it fails
 */
export async function ensureBuilt(root: string, notify: (sentence: string) => void): Promise<void> {
  await whenStale(join(root, 'dist', '.sources'), hashSources(root, APP_SOURCES), async () => {
    notify('Building console, portal and servers …')
    await runScript(root, 'platform/tools/build.ts', [])
  })
}

/** Compiles the offline network data into `folder` unless they are up to date. @throws as `ensureBuilt` does */
export async function ensureNetworkData(
  root: string,
  folder: string,
  notify: (sentence: string) => void,
): Promise<void> {
  await whenStale(join(folder, '.sources'), hashSources(root, DATA_SOURCES), async () => {
    notify('Compiling the offline network data …')
    await runScript(root, 'platform/network-data/build.ts', [folder])
  })
}

async function whenStale(note: string, hash: string, build: () => Promise<void>): Promise<void> {
  if (existsSync(note) && readFileSync(note, 'utf8') === hash) return
  await build()
  mkdirSync(dirname(note), { recursive: true })
  writeFileSync(note, hash)
}

/** A hash over names and contents of the named files and folders; tests are left out. */
export function hashSources(root: string, sources: readonly string[] = APP_SOURCES): string {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((source) => filesBelow(root, source)).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0')
  }
  return hash.digest('hex')
}

function filesBelow(root: string, source: string): string[] {
  const path = join(root, source)
  if (!existsSync(path)) return []
  if (source.endsWith('.json')) return [source]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(it\.)?test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
}

/** A script ended with another code than 0. */
export class ScriptError extends Error {
  override readonly name = 'ScriptError'
  readonly code: number | null
  readonly tail: string

  constructor(script: string, code: number | null, tail: string) {
    super(`${script} failed. It said:\n${tail}`)
    this.code = code
    this.tail = tail
  }
}

/**
 * Runs one of the project's own scripts to its end and returns the last lines it printed.
 * @throws ScriptError with its last lines when it fails
 */
export async function runScript(
  root: string,
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<string> {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const child = startChild({
    name: script,
    command: process.execPath,
    args: ['--import', loader, join(root, script), ...args],
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
  })
  const { code } = await child.exited
  if (code !== 0) throw new ScriptError(script, code, child.tail())
  return child.tail()
}
