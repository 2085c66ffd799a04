import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import type { InlineConfig, PluginOption } from 'vite'
import solid from 'vite-plugin-solid'
import { compressFolder, gzipSize } from './compress.ts'
import { inlineEntry, withoutPreload } from './inline-entry.ts'

/** Most bytes of the portal's first response, gzipped. */
export const portalLimit = 14_000

/** Oldest browsers whose own colour functions are used instead of a second copy of every colour. */
const browsers = ['chrome111', 'firefox113', 'safari16.4']

const trustedTemplate = '#platform/ui/trusted-template.ts'

/** Compiled templates go through the one Trusted Types policy of platform/ui/trusted-template.ts. */
function compiledSolid(): PluginOption {
  return solid({ hot: false, solid: { moduleName: trustedTemplate } })
}

function common(root: string, app: 'console' | 'portal'): InlineConfig {
  return {
    configFile: false,
    root: join(root, app),
    base: '/',
    // Nothing is copied unseen: every file of an app is imported by it.
    publicDir: false,
    logLevel: 'warn',
    cacheDir: join(root, '.cache/vite'),
    // Libraries that ship JSX are compiled here too, and know no subpath imports of ours.
    resolve: { alias: { [trustedTemplate]: join(root, 'platform/ui/trusted-template.ts') } },
  }
}

/** Vite's settings of the console: hashed files, loaded page by page. */
export function consoleConfig(root: string): InlineConfig {
  return {
    ...common(root, 'console'),
    plugins: [compiledSolid()],
    build: {
      outDir: join(root, 'dist/console'),
      emptyOutDir: true,
      target: 'es2022',
      cssTarget: browsers,
      modulePreload: { polyfill: false },
      // A data: URL in a style sheet would need a wider policy than F9's.
      assetsInlineLimit: 0,
      sourcemap: false,
    },
  }
}

/** Vite's settings of the portal: one HTML response, everything else later and by name. */
export function portalConfig(root: string): InlineConfig {
  return {
    ...common(root, 'portal'),
    plugins: [withoutPreload(), compiledSolid(), inlineEntry()],
    build: {
      outDir: join(root, 'dist/portal'),
      emptyOutDir: true,
      target: 'es2022',
      cssTarget: browsers,
      modulePreload: false,
      cssCodeSplit: false,
      assetsInlineLimit: 0,
      sourcemap: false,
      rolldownOptions: {
        output: { entryFileNames: 'assets/entry.js', chunkFileNames: 'assets/[name]-[hash].js' },
      },
    },
  }
}

/** Builds `dist/console`. */
export async function buildConsole(root: string): Promise<string> {
  await build(consoleConfig(root))
  compressFolder(join(root, 'dist/console'))
  return 'console'
}

/**
 * Builds `dist/portal` and says how large its first response is.
 * @throws when the first response is larger than `portalLimit`
 */
export async function buildPortal(root: string): Promise<string> {
  await build(portalConfig(root))
  compressFolder(join(root, 'dist/portal'))
  const size = gzipSize(readFileSync(join(root, 'dist/portal/index.html')))
  if (size > portalLimit)
    throw new Error(`The portal's first response is ${size} bytes gzipped, ${portalLimit} at most`)
  return `portal (first response ${size} bytes gzipped)`
}
