import type { Loop } from './loop.ts'
import { watchPushes, type WatchDeps } from './watch-pushes.ts'

/** One loop for each service: one that is slow keeps the pushes of no other organisation waiting. */
export const pushLoops = (deps: WatchDeps): readonly Loop[] =>
  [...deps.pushes.keys()].map((tenantId) => ({
    name: 'pushes',
    everyMs: 1_000,
    work: () => watchPushes(deps, tenantId),
  }))
