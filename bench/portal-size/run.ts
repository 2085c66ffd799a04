/**
 * `portal-size` (docs/performance.md, row 16): bytes of the portal's first response and of its script, gzipped, against a
 * fixed cap and against the same first step in React.
 */
import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { build, type InlineConfig } from 'vite'
import { cacheFolder, openDataFolder } from '#dev/stack/data-folder.ts'
import { portalConfig, portalLimit } from '#platform/tools/build/apps.ts'
import { atMost, circumstances, rounded, type Report } from '../lib/report.ts'
import { projectRoot } from '../lib/stack.ts'
import { reactPackages, twinPage, twinScript } from './react-twin.ts'

/**
 * Re-based from 0.15, which a prototype without the No page, resuming and troubles had, and from 0.18, before the page kept its link
 * over a reload and took the code itself: the rest is words.
 */
const scriptLimit = 0.2

/** As a web server compresses once and for all. */
const gzipped = (text: string): number => gzipSync(text, { level: 9 }).length

type Size = { readonly script: number; readonly scriptGzipped: number }

const sizeOf = (script: string): Size => ({
  script: Buffer.byteLength(script),
  scriptGzipped: gzipped(script),
})

/** Builds the portal as `npm run build` does, into a folder that goes away. */
const buildOurs = async (): Promise<Size & { readonly response: number }> => {
  const outDir = mkdtempSync(join(tmpdir(), 'countersign-bench-'))
  try {
    const config: InlineConfig = portalConfig(projectRoot)
    await build({ ...config, build: { ...config.build, outDir } })
    const html = readFileSync(join(outDir, 'index.html'), 'utf8')
    const scripts = [...html.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, script]) => script ?? '')
    return { ...sizeOf(scripts.join('')), response: gzipped(html) }
  } finally {
    rmSync(outDir, { recursive: true, force: true })
  }
}

/** Installs React into the cache folder and builds the twin there. @throws when the packages cannot be had */
const buildTwin = async (): Promise<Size> => {
  const folder = join(cacheFolder(openDataFolder(process.env['COUNTERSIGN_DATA'])), 'react-twin')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'index.html'), twinPage)
  writeFileSync(join(folder, 'twin.jsx'), twinScript)
  cpSync(join(projectRoot, '.npmrc'), join(folder, '.npmrc'))
  const args = [
    'install',
    '--prefix',
    folder,
    '--no-audit',
    '--no-fund',
    '--no-package-lock',
    ...reactPackages,
  ]
  await promisify(execFile)('npm', args, { cwd: folder })
  await build({
    configFile: false,
    root: folder,
    logLevel: 'warn',
    resolve: {
      alias: {
        '#/': projectRoot,
        '#api/': join(projectRoot, 'api/'),
        '#domain/': join(projectRoot, 'domain/'),
      },
    },
    build: {
      target: 'es2022',
      modulePreload: { polyfill: false },
      emptyOutDir: true,
      outDir: join(folder, 'dist'),
    },
  })
  const assets = join(folder, 'dist/assets')
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'))
  return sizeOf(scripts.map((name) => readFileSync(join(assets, name), 'utf8')).join(''))
}

/** Runs the bench. */
export const run = async (): Promise<Report> => {
  process.env['NODE_ENV'] = 'production'
  const ours = await buildOurs()
  const twin = await buildTwin().catch((error: unknown) => {
    console.error('The React twin could not be built, so there is no ratio.', error)
    return null
  })
  const cap = atMost('first response, bytes gzipped', ours.response, portalLimit)
  return {
    name: 'portal-size',
    goals: twin
      ? [
          cap,
          atMost('script gzipped, of the React twin', ours.scriptGzipped / twin.scriptGzipped, scriptLimit),
        ]
      : [cap],
    rounds: 1,
    ...circumstances(),
    ours,
    twin: twin ?? 'not built',
    responseOfTwinScript: twin ? rounded(ours.response / twin.scriptGzipped) : null,
    packages: reactPackages,
  }
}
