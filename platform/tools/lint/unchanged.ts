/**
 * Finds out if anything that the compiler would read has changed since it last had no complaint. To build a program
 * only to learn that nothing has changed costs thirteen seconds of processor time; to hash the same texts costs one.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'

/** The file that npm wrote when it last installed: its hash covers everything below node_modules. */
const installed = (root: string): string => join(root, 'node_modules/.package-lock.json')

/**
 * The state of a project without complaints: files its program has read outside of node_modules, and the hash of them
 * all.
 */
type Clean = { readonly read: readonly string[]; readonly hash: string }

const hashOf = (root: string, names: readonly string[]): string => {
  const hash = createHash('sha256').update(`${ts.version} ${process.version}`)
  for (const name of [installed(root), ...names]) {
    const content = existsSync(name) ? readFileSync(name) : null
    // Name and length before each text: no two lists of files give one string of bytes.
    hash.update(JSON.stringify([name, content?.length ?? null])).update(content ?? '')
  }
  return hash.digest('hex')
}

const keptIn = (file: string): Clean | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Clean
  } catch {
    return undefined
  }
}

/**
 * Remembers in `file` that a project had no complaint. `roots` are the files that the configuration names, now: a new one
 * is a change, as is one that went. Without what npm writes (another package manager) nothing counts as unchanged.
 */
export const cleanState = (file: string, configFile: string, roots: readonly string[]) => {
  const root = dirname(configFile)
  const inputs = (read: readonly string[]) =>
    [...new Set([configFile, join(root, 'package.json'), ...roots, ...read])].sort()
  return {
    isUnchanged: (): boolean => {
      const kept = existsSync(installed(root)) ? keptIn(file) : undefined
      return kept !== undefined && kept.hash === hashOf(root, inputs(kept.read))
    },
    keep: (texts: readonly { readonly fileName: string; readonly text: string }[]): void => {
      const own = texts.filter(({ fileName }) => !fileName.includes('/node_modules/'))
      const read = own.map(({ fileName }) => fileName)
      const clean: Clean = { read, hash: hashOf(root, inputs(read)) }
      // Compared after they were hashed: a file that was saved while the compiler worked was not checked.
      if (own.some(({ fileName, text }) => ts.sys.readFile(fileName) !== text)) return
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, JSON.stringify(clean))
    },
  }
}
