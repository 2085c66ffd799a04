import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cspHash, inlined, inlineEntry, withoutPreload } from './inline-entry.ts'

const files: Readonly<Record<string, string>> = {
  'index.html':
    '<!doctype html><html><head><title>t</title><script type="module" src="./main.js"></script></head><body></body></html>',
  'main.css': 'body { color: red }',
  'main.js': `import './main.css'
import { count } from './count.js'
globalThis.report(count(), '</script>')
void import('./later.js').then(({ later }) => globalThis.report(later()))`,
  'count.js': 'let n = 0\nexport const count = () => ++n\nexport { count as default }',
  'later.js': "import { count } from './count.js'\nexport const later = () => count() * 100",
}

const root = mkdtempSync(join(tmpdir(), 'inline-'))
let page: string
beforeAll(async () => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text)
  await build({
    configFile: false,
    root,
    logLevel: 'silent',
    plugins: [withoutPreload(), inlineEntry()],
    build: {
      modulePreload: false,
      cssCodeSplit: false,
      rolldownOptions: { output: { entryFileNames: 'assets/entry.js', chunkFileNames: 'assets/[name].js' } },
    },
  })
  page = readFileSync(join(root, 'dist/index.html'), 'utf8')
})
afterAll(() => {
  rmSync(root, { recursive: true })
})

const block = (tag: string) => new RegExp(`<${tag}[^>]*>([^]*?)</${tag}>`).exec(page)?.[1] ?? ''

describe('the page in one response', () => {
  it('holds script and styles itself and fetches nothing at once', () => {
    expect(block('style')).toContain('red')
    expect(page).not.toMatch(/<script[^>]* src=|<link|modulepreload/)
    expect(readdirSync(join(root, 'dist/assets'))).toEqual(['later.js'])
  })

  it('F9: names the hashes of its own inlined blocks', () => {
    expect(JSON.parse(readFileSync(join(root, 'dist/csp.json'), 'utf8'))).toEqual({
      script: [cspHash(block('script'))],
      style: [cspHash(block('style'))],
    })
    expect(cspHash('')).toBe('sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=')
  })

  it('runs its modules once, and a chunk loaded later shares their state', () => {
    const reports: unknown[] = []
    const context: Record<string, unknown> = { report: (...values: unknown[]) => reports.push(...values) }
    context['globalThis'] = context
    // The dynamic import is cut off: a chunk of the same realm is run by hand instead.
    runInNewContext(
      block('script').replace(/import\([^)]*\)/, 'Promise.resolve({ later: () => 0 })'),
      context,
    )
    expect(reports).toEqual([1, '</script>'])
    const later = readFileSync(join(root, 'dist/assets/later.js'), 'utf8')
    const [, exported] = /export ?\{ ?(\S+) as later ?\}/.exec(later) ?? []
    runInNewContext(`${later.replace(/export ?\{[^}]*\};?/, '')}; report(${exported}())`, context)
    expect(reports.at(-1)).toBe(200)
  })

  it('loads later chunks by an absolute path, whatever the address of the page', () => {
    expect(block('script')).toMatch(/import\(["'`]\/assets\/later\.js["'`]\)/)
  })

  it('never lets a script end early', () => {
    expect(inlined('<script type="module" src="a.js"></script>', "const a = '</script>'", '')).toBe(
      '<style></style><script type="module">const a = \'<\\/script>\'</script>',
    )
  })
})
