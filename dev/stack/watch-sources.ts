/** `npm run dev`: builds again and restarts the two processes when a source changes. */
import { watch } from 'node:fs'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { RunningApp } from './apps.ts'
import { ensureBuilt } from './fresh-build.ts'

/** Editors write a file in several steps; wait until it is quiet. Milliseconds. */
const QUIET_MS = 300
const WATCHED = ['domain', 'workflows', 'activities', 'api', 'analytics', 'console', 'portal', 'platform']

/** Watches until the returned function is called. A build that fails is reported and tried again after the next change. */
export function watchSources(
  root: string,
  notify: (sentence: string) => void,
  apps: readonly RunningApp[],
): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  const rebuild = async (): Promise<void> => {
    let isBuilt = false
    try {
      await ensureBuilt(root, (sentence) => {
        isBuilt = true
        notify(sentence)
      })
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error))
      return
    }
    if (!isBuilt) return
    await Promise.all(apps.map((app) => app.restart()))
    notify('Restarted with the new build.')
  }
  const watchers = WATCHED.filter((folder) => existsSync(join(root, folder))).map((folder) =>
    watch(join(root, folder), { recursive: true }, () => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        running = running.then(rebuild)
      }, QUIET_MS)
    }),
  )
  return async () => {
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
    await running
  }
}
