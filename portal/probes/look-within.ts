import type { ProbeReport } from '#domain/risk/probe.ts'
import { collect } from './collect.ts'

const limitMs = 10_000

/**
 * The result of a look at this browser: `inTime` after ten seconds at most, `whole` whenever it ends. Null: nothing.
 */
export type Look = {
  readonly inTime: Promise<ProbeReport | null>
  readonly whole: Promise<ProbeReport | null>
}

/** A collector that fails or hangs is reported as nothing, never as a dead end. It is in the page's own file: no network keeps it away. */
export const lookWithin = (nonce: string, run: typeof collect = collect): Look => {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), limitMs))
  const whole = run(nonce).catch(() => null)
  return { inTime: Promise.race([whole, late]), whole }
}
