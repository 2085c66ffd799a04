/**
 * Builds what runs in production into dist/.
 *
 *   npm run build                    everything
 *   npm run build -- portal          only what is named: console, portal, servers, workflows
 */
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Loaded one by one, so that building a page does not load Temporal. */
const targets: Readonly<Record<string, () => Promise<string>>> = {
  console: async () => (await import('./build/apps.ts')).buildConsole(root),
  portal: async () => (await import('./build/apps.ts')).buildPortal(root),
  servers: async () => (await import('./build/server.ts')).buildServers(root),
  workflows: async () => (await import('./build/server.ts')).buildWorkflows(root),
}

// Development builds of Solid would be picked otherwise, and the bundles would not be the same everywhere.
process.env['NODE_ENV'] = 'production'

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !Object.hasOwn(targets, name))
if (unknown.length > 0) {
  console.error(
    `There is no part called ${unknown.join(', ')}; there are ${Object.keys(targets).join(', ')}.`,
  )
  process.exit(2)
}
// The two parts that share this folder must not leave behind what an older build had.
if (asked.length === 0)
  rmSync(new URL('../../dist/server', import.meta.url), { recursive: true, force: true })
for (const [name, run] of Object.entries(targets)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  const started = performance.now()
  console.log(`built ${await run()} in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}
