import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import type { Plugin, Rolldown } from 'vite'
import { link } from './link-chunks.ts'

type Chunk = Rolldown.OutputChunk
type OutputFile = Rolldown.OutputAsset | Chunk

/** The form in which a Content-Security-Policy names an inline block. */
export function cspHash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

/** The entry and all it imports at once, each after what it needs itself. */
function loadedAtOnce(entry: Chunk, chunks: ReadonlyMap<string, Chunk>): readonly Chunk[] {
  const order = new Set<Chunk>()
  const visit = (chunk: Chunk): void => {
    for (const name of chunk.imports) {
      const needed = chunks.get(name)
      if (needed !== undefined && !order.has(needed)) visit(needed)
    }
    order.add(chunk)
  }
  visit(entry)
  return [...order]
}

function sourceOf(asset: OutputFile): string {
  if (asset.type === 'chunk') return asset.code
  return typeof asset.source === 'string' ? asset.source : Buffer.from(asset.source).toString('utf8')
}

/** Puts script and style into the page in place of the tags that would fetch them. */
export function inlined(html: string, script: string, style: string): string {
  const body = script.trim().replaceAll('</script', '<\\/script')
  return html
    .replace(/\s*<link [^>]*rel="(stylesheet|modulepreload)"[^>]*>/g, '')
    .replace(/<script type="module"[^>]*src="[^"]*"[^>]*><\/script>/, () => {
      return `<style>${style.trim()}</style><script type="module">${body}</script>`
    })
}

/** The addresses of chunks loaded later, as seen from the page instead of from the entry's folder. */
function absoluteImports(code: string, folder: string): string {
  return code.replace(/\bimport\((["'`])\.\//g, `import($1/${folder}/`)
}

/**
 * Makes the page one response: the HTML holds all script that runs at once and all styles, and `csp.json` names their hashes
 * for the API's header (F9). Chunks that are loaded later stay files.
 */
export function inlineEntry(): Plugin {
  return {
    name: 'countersign:inline-entry',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const files: OutputFile[] = Object.values(bundle)
        const chunks = new Map(
          files.filter((file) => file.type === 'chunk').map((chunk) => [chunk.fileName, chunk]),
        )
        const entry = [...chunks.values()].find(
          ({ isEntry, fileName }) => isEntry && fileName.endsWith('/entry.js'),
        )
        const page = files.find(({ fileName }) => fileName.endsWith('.html'))
        if (entry === undefined || page?.type !== 'asset')
          throw new Error('The page and its entry were not built')
        const first = loadedAtOnce(entry, chunks)
        const inPage = new Set(first.map(({ fileName }) => fileName))
        for (const chunk of chunks.values()) chunk.code = link(chunk, this.parse(chunk.code).body, inPage)
        const folder = posix.dirname(entry.fileName)
        const script = first.map(({ code }) => absoluteImports(code, folder)).join('\n')
        const styles = files.filter(({ fileName }) => fileName.endsWith('.css'))
        const html = inlined(sourceOf(page), script, styles.map(sourceOf).join('').trim())
        page.source = html
        const block = (tag: string) => new RegExp(`<${tag}[^>]*>([^]*?)</${tag}>`).exec(html)?.[1] ?? ''
        const hashes = { script: [cspHash(block('script'))], style: [cspHash(block('style'))] }
        for (const { fileName } of [...first, ...styles]) delete bundle[fileName]
        this.emitFile({ type: 'asset', fileName: 'csp.json', source: `${JSON.stringify(hashes)}\n` })
      },
    },
  }
}

/**
 * Replaces Vite's helper that fetches the style sheets of a chunk before the chunk: the page holds all styles, and the helper
 * would be a twentieth of it.
 */
export function withoutPreload(): Plugin {
  return {
    name: 'countersign:without-preload',
    enforce: 'pre',
    load: {
      filter: { id: /^\0vite\/preload-helper\.js$/ },
      handler: () => 'export const __vitePreload = (load) => load()',
    },
  }
}
