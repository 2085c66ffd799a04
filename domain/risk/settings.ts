/** The part of a policy that checks and score read. Plain JSON; a policy version stores it whole. */
import type { Ask, CheckCategory, CheckMode } from './check.ts'

/**
 * Demands that a policy can evaluate without asking. `own_mailbox`, `new_place`: two kinds of proof · `findings`: whatever hits
 * of checks ask for, except refusal.
 */
export const demands = ['own_mailbox', 'new_place', 'findings'] as const

/** One of them. */
export type Demand = (typeof demands)[number]

/** True: recorded with the case, and asked of nobody; absent: asked. */
type OnlyRecorded = Readonly<Partial<Record<Demand, boolean>>>

/** By check code; what is absent keeps the check's own default. */
export type CheckSettings = {
  readonly checks: Readonly<Record<string, CheckSetting>>
  readonly onlyRecorded?: OnlyRecorded
}

export type CheckSetting = {
  readonly mode?: CheckMode
  /** Size in dB of the check's strongest weight; its other weights keep their ratio to it. The sign is the check's */
  readonly weight?: number
  /** dB by case name, replacing single weights; wins over `weight` */
  readonly weights?: Readonly<Record<string, number>>
  /** A hit asks for this */
  readonly asks?: Ask
}

export type Band = 'low' | 'guarded' | 'elevated' | 'high'
export type Caps = Readonly<Record<CheckCategory, { readonly lo: number; readonly hi: number }>>

export type ScorePolicy = {
  /** Highest R of each band; above `elevated` it is high */
  readonly bands: { readonly low: number; readonly guarded: number; readonly elevated: number }
  /** Limits of each category's sum, dB; absent: `defaultCaps` */
  readonly caps?: Caps
  /** Settings of single checks; absent: each asks for what it asks by default */
  readonly checks?: CheckSettings['checks']
  readonly onlyRecorded?: OnlyRecorded
}

export const defaultCheckSettings: CheckSettings = { checks: {} }

/** The curve from points to risk */
export const defaultCaps: Caps = {
  network: { lo: -18, hi: 6 },
  endpoint: { lo: -20, hi: 14 },
  persona: { lo: -18, hi: 8 },
  challenge: { lo: -24, hi: 14 },
  possession: { lo: -20, hi: 24 },
}

export const defaultScorePolicy: ScorePolicy = { bands: { low: 2, guarded: 4.9, elevated: 7.4 } }
