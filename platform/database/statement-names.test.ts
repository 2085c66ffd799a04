import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folders = ['services', 'platform', 'activities', 'api', 'analytics']
const sources = folders
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  )
  .filter((path) => path.endsWith('.ts') && !path.includes('.test.') && !path.includes('/testing/'))

/** As a first argument of `named`, or as a last one after the parameters. */
const patterns = [
  /\.named(?:<[^(]*>)?\(\s*'([a-z_]+)'/g,
  /\.(?:one|run|query)(?:<[^(]*>)?\(\s*(?:`[^`]*`|'[^']*'|\w+),\s*\[[^\]]*\],\s*'([a-z_]+)'/g,
]
const names = (text: string): string[] =>
  patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name]) => name ?? ''))

it('no two prepared statements share a name: the second one would be refused on every connection', () => {
  const found = sources.flatMap((path) => names(readFileSync(join(root, path), 'utf8')))
  expect(found.length).toBeGreaterThan(40)
  expect(found.filter((name, index) => found.indexOf(name) !== index)).toEqual([])
})
