import type { SurfaceValues } from '#domain/risk/probe.ts'
import { trustWorker } from '#platform/ui/trusted-types.ts'
import workerUrl from './worker-entry.ts?worker&url'

const limitMs = 3000

/** The same values from inside a worker, a static file of this origin behind the one Trusted Types policy. */
export const readWorkerSurface = (): Promise<SurfaceValues> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(trustWorker(workerUrl), { type: 'module' })
    const give = (act: () => void) => {
      clearTimeout(timer)
      worker.terminate()
      act()
    }
    const timer = setTimeout(() => give(() => reject(new Error('no answer'))), limitMs)
    worker.onmessage = (event: MessageEvent<SurfaceValues>) => give(() => resolve(event.data))
    worker.onerror = () => give(() => reject(new Error('not started')))
  })
