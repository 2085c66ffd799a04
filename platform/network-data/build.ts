/** `npm run data:build [folder]`: compiles the offline network data from the installed packages. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compile, installedInputs } from './compile.ts'

const root = join(import.meta.dirname, '..', '..')
const dir = process.argv[2] ?? join(root, 'data')

const { files, manifest } = compile(installedInputs(join(root, 'data-sources', 'asn-classes.json')))
mkdirSync(join(dir, 'feeds'), { recursive: true })
// Where a refresh puts its editions; in containers a volume of its own.
mkdirSync(join(dir, 'refreshed'), { recursive: true })
// Whole files only, the manifest last: a build that is interrupted leaves a folder that says so when it is opened.
for (const [name, bytes] of Object.entries(files)) writeWhole(name, bytes)
writeWhole('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`)
for (const { name, asOf, rows } of Object.values(manifest.files))
  process.stdout.write(`${name}: ${String(rows)} rows, data of ${asOf}\n`)

function writeWhole(name: string, content: string | Uint8Array): void {
  const path = join(dir, name)
  writeFileSync(`${path}.new`, content)
  renameSync(`${path}.new`, path)
}
