/** The parts of one stored verification that calibration looks at. Pure data; nothing here decides a case. */
import type { Outcome } from '../../verification/outcome.ts'
import type { CheckStatus, EvidenceClass } from '../check.ts'
import type { Band } from '../settings.ts'

/** One stored result, without its words. */
export type CalibrationResult = {
  readonly code: string
  readonly mode: 'live' | 'shadow'
  readonly status: CheckStatus
  /** dB by the policy of the case, before damping */
  readonly weight: number
  /** 0..1 */
  readonly quality: number
  readonly evidenceClass: EvidenceClass | null
}

/**
 * The source of a member of staff's label: `review`: from the case, its score and decision hidden · `outside`: from somebody outside
 * Countersign, who had not seen them either · `panel`: from the case with its score.
 */
export const labelBases = ['review', 'outside', 'panel'] as const
export type LabelBasis = (typeof labelBases)[number]

/** The label that a member of staff gave a case afterwards. */
export type StaffLabel = 'genuine' | 'suspicious' | 'false_refusal' | 'unsure'

/** Groups in which a check may be uneven. null: not known of this case. */
export type CaseCohorts = {
  readonly place: 'office' | 'remote' | null
  /** Where the person works, ISO 3166-1 alpha-2 */
  readonly country: string | null
  readonly device: 'mobile' | 'desktop' | null
  readonly access: 'assisted' | 'unassisted' | null
  readonly tenure: 'new_hire' | 'established' | null
}

/** One verification that was scored. Times are epoch milliseconds. */
export type CalibrationCase = {
  readonly id: string
  readonly startedAt: number
  readonly closedAt: number | null
  readonly outcome: Outcome | null
  /** Version of the policy whose weights its results carry */
  readonly policyVersion: number
  /** dB */
  readonly e: number
  /** 0.0–10.0 */
  readonly r: number
  readonly band: Band
  readonly results: readonly CalibrationResult[]
  /** The newest one that does not come from the panel; null: none was given */
  readonly staffLabel: StaffLabel | null
  /** A label comes from the panel: it may repeat what the score says, and counts for nothing here */
  readonly isLabelledSeeing: boolean
  /** Played by the organisation's own testers, and marked so (glossary: exercise) */
  readonly isExercise: boolean
  /** "This was not me" within 30 days: of this case, of another one of the same person, or not at all */
  readonly dispute: 'this' | 'other' | null
  readonly cohorts: CaseCohorts
}

/** A count for each side. */
export type Sides = { readonly genuine: number; readonly fraud: number }

export const dayMs = 86_400_000
