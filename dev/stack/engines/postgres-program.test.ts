import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { hydrateLinks } from './postgres-program.ts'

it('puts back the links that an install without scripts leaves out', () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-links-'))
  mkdirSync(join(folder, 'native', 'lib'), { recursive: true })
  writeFileSync(join(folder, 'native', 'lib', 'libpq.so.5.18'), 'library')
  const links = ['libpq.so', 'libpq.so.5'].map((name) => ({
    source: 'native/lib/libpq.so.5.18',
    target: `native/lib/${name}`,
  }))
  writeFileSync(join(folder, 'native', 'pg-symlinks.json'), JSON.stringify(links))
  hydrateLinks(folder)
  hydrateLinks(folder)
  for (const { target } of links) expect(readFileSync(join(folder, target), 'utf8')).toBe('library')
  rmSync(folder, { recursive: true, force: true })
})
