/** Builds `dist/` when the sources are not those it was built from. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { startChild } from './supervise.ts'

/** What a build depends on. */
const SOURCES = [
  ...['domain', 'workflows', 'activities', 'api', 'analytics', 'console', 'portal'],
  ...['platform/server', 'platform/ui', 'platform/tools', 'package-lock.json', 'tsconfig.json'],
]

/**
 * Runs the build unless it is up to date.
 * @param notify told when a build is needed, as that takes some seconds
 * @throws with the last lines of the build when it fails
 */
export async function ensureBuilt(root: string, notify: (sentence: string) => void): Promise<void> {
  const note = join(root, 'dist', '.sources')
  const hash = hashSources(root)
  if (existsSync(note) && readFileSync(note, 'utf8') === hash) return
  notify('Building console, portal and servers …')
  await runScript(root, 'platform/tools/build.ts', [])
  writeFileSync(note, hash)
}

/** A hash over names and contents of everything that is built; tests are left out. */
export function hashSources(root: string): string {
  const hash = createHash('sha256')
  for (const file of SOURCES.flatMap((source) => filesBelow(root, source)).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0')
  }
  return hash.digest('hex')
}

/**
 * Runs one of the project's own scripts to its end.
 * @throws with its last lines when it fails
 */
export async function runScript(
  root: string,
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const child = startChild({
    name: script,
    command: process.execPath,
    args: ['--import', loader, join(root, script), ...args],
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
  })
  const { code } = await child.exited
  if (code !== 0) throw new Error(`${script} failed. It said:\n${child.tail()}`)
}

function filesBelow(root: string, source: string): string[] {
  const path = join(root, source)
  if (!existsSync(path)) return []
  if (!source.endsWith('.json')) {
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.(it\.)?test\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
  }
  return [source]
}
