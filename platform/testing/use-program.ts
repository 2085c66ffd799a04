import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { afterAll, beforeAll } from 'vitest'
import { asConstants } from '../tools/build/constants.ts'

/**
 * A program that a test file runs many times, bundled once: to compile it anew costs each start three times its processor
 * time. Gives what finds the bundle.
 */
export const useProgram = (script: URL): (() => string) => {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  // Inside the repository, where packages and `#` paths are found.
  const cache = join(root, '.cache/programs/')
  const input = fileURLToPath(script)
  let outDir = ''
  beforeAll(async () => {
    mkdirSync(cache, { recursive: true })
    outDir = mkdtempSync(cache)
    await build({
      configFile: false,
      logLevel: 'warn',
      plugins: [asConstants(root)],
      ssr: { target: 'node' },
      build: {
        ssr: true,
        target: 'node20',
        outDir,
        emptyOutDir: false,
        minify: false,
        rolldownOptions: { input },
      },
    })
  })
  afterAll(() => {
    rmSync(outDir, { recursive: true, force: true })
  })
  return () => join(outDir, basename(input).replace(/\.ts$/, '.js'))
}
