import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker'
import { build } from 'vite'
import { failureConverterPath } from '../../temporal/codec.ts'
import { inAscii, toAscii } from './ascii.ts'
import { asConstants } from './constants.ts'

/** Processes that start from `dist/server/<name>.js`. */
const entries = {
  api: 'api/main.ts',
  worker: 'activities/main.ts',
  analytics: 'analytics/main.ts',
  cli: 'cli/main.ts',
} as const

/**
 * Builds the server processes for plain Node. Packages stay outside: they are installed beside the bundle.
 * @throws when an entry file is missing
 */
export async function buildServers(root: string, outDir = join(root, 'dist/server')): Promise<string> {
  const input = Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, join(root, path)]))
  await build({
    configFile: false,
    root,
    publicDir: false,
    logLevel: 'warn',
    plugins: [asConstants(root), inAscii()],
    ssr: { target: 'node' },
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      emptyOutDir: false,
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input,
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: 'shared/[name]-[hash].js',
          comments: { jsdoc: false, annotation: false, legal: true },
        },
      },
    },
  })
  return `servers (${Object.keys(entries).join(', ')})`
}

/** Builds `dist/server/workflows.js`, which the worker loads instead of bundling when it starts. */
export async function buildWorkflows(root: string): Promise<string> {
  const workflowsPath = join(root, 'workflows/index.ts')
  if (!existsSync(workflowsPath)) throw new Error('workflows/index.ts is missing')
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    failureConverterPath,
    logger: new DefaultLogger('WARN'),
  })
  mkdirSync(join(root, 'dist/server'), { recursive: true })
  const slim = withoutSources(toAscii(code))
  writeFileSync(join(root, 'dist/server/workflows.js'), slim)
  return `workflows (${Math.round(slim.length / 1024)} KiB)`
}

const mapComment = '//# sourceMappingURL=data:application/json;charset=utf-8;base64,'

/** Lines of a stack are named by the map without the sources, which are half of the bundle and stay in memory with it. */
function withoutSources(code: string): string {
  const at = code.lastIndexOf(mapComment)
  if (at < 0) throw new Error('the workflow bundle carries no map of its sources')
  const text = Buffer.from(code.slice(at + mapComment.length), 'base64').toString()
  const { sourcesContent: _, ...map } = JSON.parse(text) as Record<string, unknown>
  return code.slice(0, at) + mapComment + Buffer.from(JSON.stringify(map)).toString('base64')
}
