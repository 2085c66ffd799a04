/** Tests if the number means what it says: reliability diagram, Brier score, and the curve as measured. */
import type { Sides } from './case.ts'
import { rateOf, type Measured } from './intervals.ts'

/** A labelled case. */
export type Judged = {
  /** dB */
  readonly e: number
  /** 0.0–10.0 */
  readonly r: number
  readonly isFraud: boolean
}

/** One bin of the diagram. */
export type Bin = {
  /** R from, and below (the last one: up to and with) */
  readonly from: number
  readonly to: number
  readonly genuine: number
  readonly fraud: number
  /** Mean R as a share, 0..1; null in an empty bin */
  readonly predicted: number | null
  /** Share of impostors, as if both sides were equally many; null in an empty bin */
  readonly observed: Measured | null
}

/** `brier`: mean square of R/10 against what was, both sides weighing the same: 0 is perfect, 0.25 is a coin; null without both sides. */
export type Reliability = { readonly bins: readonly Bin[]; readonly brier: number | null }

/** From this many labelled cases on the curve is fitted; until then the fixed one stays. */
export const enoughForCurve = { labelled: 200, fraud: 20 } as const

const binCount = 10

export function countsOf(cases: readonly Judged[]): Sides {
  const fraud = cases.filter(({ isFraud }) => isFraud).length
  return { genuine: cases.length - fraud, fraud }
}

/**
 * Ten bins. R takes impostor and participant to be equally likely at 5.0, and real cases are mostly genuine, so what was
 * observed is weighed as if both sides were equally many.
 */
export function reliabilityOf(cases: readonly Judged[]): Reliability {
  const all = countsOf(cases)
  return {
    bins: Array.from({ length: binCount }, (_, index) => binOf(cases, index, all)),
    brier: all.genuine === 0 || all.fraud === 0 ? null : brierOf(cases, all),
  }
}

function binOf(cases: readonly Judged[], index: number, all: Sides): Bin {
  const inside = cases.filter(({ r }) => Math.min(binCount - 1, Math.floor(r)) === index)
  const { genuine, fraud } = countsOf(inside)
  const mean = inside.reduce((sum, { r }) => sum + r, 0) / inside.length / 10
  return {
    from: index,
    to: index + 1,
    genuine,
    fraud,
    predicted: inside.length === 0 ? null : mean,
    observed: balanced(genuine, fraud, all),
  }
}

function balanced(genuine: number, fraud: number, all: Sides): Measured | null {
  const { share, lo, hi } = rateOf(fraud, genuine + fraud)
  if (share === null || lo === null || hi === null || all.genuine === 0 || all.fraud === 0) return null
  const level = (p: number): number => shareOf({ genuine: 1 - p, fraud: p }, all)
  return { value: level(share), lo: level(lo), hi: level(hi) }
}

function brierOf(cases: readonly Judged[], all: Sides): number {
  const mean = (side: readonly Judged[], of: number, truth: number): number =>
    side.reduce((sum, { r }) => sum + (r / 10 - truth) ** 2, 0) / of
  const fraud = cases.filter(({ isFraud }) => isFraud)
  const genuine = cases.filter(({ isFraud }) => !isFraud)
  return (mean(fraud, all.fraud, 1) + mean(genuine, all.genuine, 0)) / 2
}

/** One step of the measured curve: R for evidence from `from` to `to` dB. */
export type Step = { readonly from: number; readonly to: number; readonly cases: number; readonly r: number }

/**
 * The curve from E to R as measured: isotonic regression (pool adjacent violators), R never rising with E, both sides
 * weighing the same. null below 200 labelled or 20 impostor cases.
 */
export function measuredCurve(cases: readonly Judged[]): readonly Step[] | null {
  const all = countsOf(cases)
  if (cases.length < enoughForCurve.labelled || all.fraud < enoughForCurve.fraud || all.genuine === 0)
    return null
  const pools: Pool[] = []
  for (const pool of byEvidence(cases)) {
    pools.push(pool)
    while (rises(pools, all)) pools.splice(-2, 2, merged(pools))
  }
  return pools.map((pool) => ({
    from: pool.from,
    to: pool.to,
    cases: pool.genuine + pool.fraud,
    r: Math.round(shareOf(pool, all) * 100) / 10,
  }))
}

type Pool = Sides & { readonly from: number; readonly to: number }

/** Share of impostors, as if both sides were equally many. */
function shareOf({ genuine, fraud }: Sides, all: Sides): number {
  return (fraud * all.genuine) / (fraud * all.genuine + genuine * all.fraud)
}

/** One pool for each amount of evidence, the least first: cases with equal evidence cannot be ordered. */
function byEvidence(cases: readonly Judged[]): readonly Pool[] {
  const pools = new Map<number, Pool>()
  for (const { e, isFraud } of cases) {
    const pool = pools.get(e) ?? { from: e, to: e, genuine: 0, fraud: 0 }
    pools.set(e, {
      ...pool,
      genuine: pool.genuine + (isFraud ? 0 : 1),
      fraud: pool.fraud + (isFraud ? 1 : 0),
    })
  }
  return [...pools.values()].sort((a, b) => a.from - b.from)
}

/** More evidence must not mean more risk. */
function rises(pools: readonly Pool[], all: Sides): boolean {
  const [before, last] = pools.slice(-2)
  return before !== undefined && last !== undefined && shareOf(last, all) >= shareOf(before, all)
}

function merged(pools: readonly Pool[]): Pool {
  const [before, last] = pools.slice(-2) as [Pool, Pool]
  return {
    from: before.from,
    to: last.to,
    genuine: before.genuine + last.genuine,
    fraud: before.fraud + last.fraud,
  }
}
