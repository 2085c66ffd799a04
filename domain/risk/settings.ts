/** The part of a policy that checks and score read. Plain JSON; a policy version stores it whole. */
import type { CheckCategory, CheckMode } from './check.ts'

/** By check code; what is absent keeps the check's own default. */
export type CheckSettings = {
  checks: Readonly<Record<string, CheckSetting>>
}

export type CheckSetting = {
  mode?: CheckMode
  /** dB by case name, replacing single default weights */
  weights?: Readonly<Record<string, number>>
}

export type Band = 'low' | 'guarded' | 'elevated' | 'high'

export type ScorePolicy = {
  /** Lowest R of each band; below `guarded` is low */
  bands: { guarded: number; elevated: number; high: number }
  /** Limits of each category's sum, dB (risk.md 8.2) */
  caps: Readonly<Record<CheckCategory, { lo: number; hi: number }>>
}

export const defaultCheckSettings: CheckSettings = { checks: {} }

export const defaultScorePolicy: ScorePolicy = {
  bands: { guarded: 2.1, elevated: 5.0, high: 7.5 },
  caps: {
    network: { lo: -18, hi: 6 },
    endpoint: { lo: -20, hi: 14 },
    persona: { lo: -18, hi: 8 },
    challenge: { lo: -24, hi: 14 },
    possession: { lo: -20, hi: 24 },
  },
}
