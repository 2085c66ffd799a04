import { DefaultLogger, Runtime } from '@temporalio/worker'

let isInstalled = false

/** Sets up Temporal's runtime once in this process, before any connection; only faults are printed. */
export const quietRuntime = (): void => {
  if (isInstalled) return
  isInstalled = true
  Runtime.install({ logger: new DefaultLogger('ERROR') })
}
