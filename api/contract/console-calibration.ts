import { z } from 'zod'
import { cohortDimensions } from '#domain/risk/calibration/cohorts.ts'
import { labelSources, unlabelledReasons } from '#domain/risk/calibration/labels.ts'
import { Category, Id, Instant, StaffText } from './common.ts'
import { PolicyChange, Weakened } from './console-policy.ts'
import { NumberInAddressOr } from './number-in-address.ts'
import { CheckMode, Policy } from './policy-document.ts'

export const CalibrationQuery = z.strictObject({
  /** Days looked back. */
  days: NumberInAddressOr(z.int().min(14).max(366), 90),
})
export type CalibrationQuery = z.infer<typeof CalibrationQuery>

/** A share of counted cases with Wilson's 95 % interval; nulls where nothing was counted. */
const Rate = z.strictObject({
  hits: z.int(),
  of: z.int(),
  share: z.number().nullable(),
  lo: z.number().nullable(),
  hi: z.number().nullable(),
})
/** A value with its 95 % interval. */
const Measured = z.strictObject({ value: z.number(), lo: z.number(), hi: z.number() })
const Sides = z.strictObject({ genuine: z.int(), fraud: z.int() })
const BySource = z.record(z.enum(labelSources), z.int())

const Weight = z.strictObject({
  name: z.string(),
  /** dB, as all weights. */
  current: z.number(),
  default: z.number(),
  hits: Sides,
  measured: Measured.nullable(),
  /** From labels alone that do not depend on how cases were decided. */
  independent: Measured.nullable(),
  state: z.enum(['proposed', 'agrees', 'too_little_data', 'sources_disagree', 'in_shadow']),
  proposed: z.number().nullable(),
  /** It fires more often on the other side than it was made for. */
  isOtherWay: z.boolean(),
})

const CheckCalibration = z.strictObject({
  code: z.string(),
  category: Category,
  mode: CheckMode,
  looked: Sides,
  /** On genuine people, those of the last 30 days included. */
  alarms: Rate,
  advice: z.enum(['fine', 'halve', 'demote', 'too_young', 'too_little_data']).nullable(),
  isCalibrated: z.boolean(),
  weights: z.array(Weight),
  /** Hits that several weights made together: left out. */
  combined: z.int(),
})

const CohortReport = z.strictObject({
  dimension: z.enum(cohortDimensions),
  value: z.string(),
  alarms: Rate,
  passes: Rate,
  ratio: Measured.nullable(),
  verdict: z.enum(['even', 'uneven', 'uncertain', 'too_few']),
  /** The reason why the organisation accepts it, where an admin put that on record. */
  decision: z
    .strictObject({
      dimension: z.enum(cohortDimensions),
      value: z.string(),
      reason: z.string(),
      byName: z.string(),
      at: Instant,
    })
    .nullable(),
})

/**
 * Calibration compares labelled cases with checks, the score and groups of people (docs/risk.md). It proposes; it
 * applies nothing.
 */
export const Calibration = z
  .strictObject({
    window: z.strictObject({
      days: z.int(),
      /** Start of the oldest and newest case that was looked at. */
      from: Instant.nullable(),
      to: Instant.nullable(),
      /** So many cases at most, the newest. */
      most: z.int(),
      isCapped: z.boolean(),
    }),
    cases: z.int(),
    labels: z.strictObject({
      genuine: BySource,
      fraud: BySource,
      unlabelled: z.record(z.enum(unlabelledReasons), z.int()),
    }),
    refused: z.strictObject({ cases: z.int(), labelled: z.int() }),
    /** A random 2 % of passes. */
    audit: z.strictObject({
      passes: z.int(),
      sampled: z.int(),
      suspicious: Rate,
      /** Cases of the sample that nobody has looked at, newest first. */
      waiting: z.array(Id),
    }),
    checks: z.array(CheckCalibration),
    reliability: z.strictObject({
      bins: z.array(
        z.strictObject({
          from: z.number(),
          to: z.number(),
          genuine: z.int(),
          fraud: z.int(),
          predicted: z.number().nullable(),
          observed: Measured.nullable(),
        }),
      ),
      brier: z.number().nullable(),
    }),
    /** R for evidence in dB, as measured; null with too little data. The fixed curve stays in force. */
    curve: z
      .array(z.strictObject({ from: z.number(), to: z.number(), cases: z.int(), r: z.number() }))
      .nullable(),
    cohorts: z.array(CohortReport),
    /** The check settings in force with the proposals put in: a draft made from this version. */
    draft: z.strictObject({
      version: z.int(),
      checks: Policy.shape.score.shape.checks,
      changes: z.array(PolicyChange),
      weakened: z.array(Weakened),
    }),
  })
  .meta({ id: 'Calibration' })
export type Calibration = z.infer<typeof Calibration>

/** The reason why a group may be suspected more often. */
export const DecideCohortInput = z.strictObject({
  dimension: z.enum(cohortDimensions),
  value: z
    .string()
    .min(1)
    .max(20)
    .regex(/^[A-Za-z_]+$/),
  reason: StaffText(500),
})
