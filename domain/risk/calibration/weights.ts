/** Weights as counted rates say, and how far one release may follow them. */
import type { Sides } from './case.ts'
import { z95, type Measured } from './intervals.ts'

/** The default rates count as so many cases on each side. */
export const smoothing = 20
/** dB; beyond it a single silent check would decide by itself. */
export const clip = 15
/** dB in one release. */
export const mostMoved = 3

/** Below these counts nothing is proposed. */
export const enough = { genuine: 100, fraud: 20, hits: 5 } as const
/** For the second look, without labels that depend on decisions. */
export const enoughIndependent = { genuine: 20, fraud: 20, hits: 1 } as const

/** Share of the side on which a check fires more often, where nothing was counted yet. Judgement, like every default weight. */
const usualShare = 0.3

/**
 * The rates at which a check of this default weight is taken to fire on each side before anything was counted: their
 * ratio is the weight.
 */
export function defaultRates(defaultWeight: number): Sides {
  const ratio = 10 ** (Math.abs(defaultWeight) / 10)
  return defaultWeight > 0
    ? { genuine: usualShare, fraud: usualShare / ratio }
    : { genuine: usualShare / ratio, fraud: usualShare }
}

/** `P(h|x) = (hits + k·p0) / (n + k)` */
function smoothed(hits: number, looked: number, p0: number): number {
  return (hits + smoothing * p0) / (looked + smoothing)
}

/**
 * `10·log10(P(h|genuine) / P(h|impostor))` in dB with its interval (delta method on the logarithm of both smoothed rates).
 * Without any case it is the default weight.
 */
export function measuredWeight(hits: Sides, looked: Sides, defaultWeight: number): Measured {
  const p0 = defaultRates(defaultWeight)
  const genuine = smoothed(hits.genuine, looked.genuine, p0.genuine)
  const fraud = smoothed(hits.fraud, looked.fraud, p0.fraud)
  const spread = (p: number, n: number): number => (1 - p) / (p * (n + smoothing))
  const half =
    ((10 * z95) / Math.LN10) * Math.sqrt(spread(genuine, looked.genuine) + spread(fraud, looked.fraud))
  const value = 10 * Math.log10(genuine / fraud)
  return { value, lo: value - half, hi: value + half }
}

/** True if there is enough to say anything. */
export function isEnough(
  hits: Sides,
  looked: Sides,
  bar: { genuine: number; fraud: number; hits: number } = enough,
) {
  return looked.genuine >= bar.genuine && looked.fraud >= bar.fraud && hits.genuine + hits.fraud >= bar.hits
}

/**
 * The next weight: the measured one, within ±15 dB, never on the other side of nought than the check's own sign, at most
 * 3 dB from the one in force, to one decimal.
 */
export function nextWeight(current: number, measured: number, defaultWeight: number): number {
  const within = defaultWeight > 0 ? clamp(measured, 0, clip) : clamp(measured, -clip, 0)
  return Math.round(clamp(within, current - mostMoved, current + mostMoved) * 10) / 10
}

function clamp(value: number, lo: number, hi: number): number {
  return Math.min(hi, Math.max(lo, value))
}
