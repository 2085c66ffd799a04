import type { ProbeReport } from '#domain/risk/probe.ts'

/** The collector; a chunk of its own, since the first pages do without it. */
export type Collector = { readonly collect: (nonce: string) => Promise<ProbeReport> }

const limitMs = 10_000

/** Ten seconds at most; a collector that cannot be loaded, fails or hangs is reported as nothing, never as a dead end. */
export const collectWithin = async (
  nonce: string,
  load: () => Promise<Collector> = () => import('./collect.ts'),
): Promise<ProbeReport | null> => {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), limitMs))
  const collected = load().then((collector) => collector.collect(nonce))
  return Promise.race([collected.catch(() => null), late])
}
