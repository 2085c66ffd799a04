import { z } from 'zod'
import { channels, purposes, resultPurposes } from '#domain/verification/verification.ts'

/** Longest period of one question, days; a year against the year before reads two of them. */
const mostDays = 400

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    // An offset ("+02:00") is not a place, and the store knows places only.
    return /^[A-Za-z]/.test(name)
  } catch {
    return false
  }
}

const Time = z.iso.datetime({ offset: true, abort: true }).transform((text) => new Date(text))
/** Empty means all. */
const choice = <const T extends readonly string[]>(values: T) =>
  z.union([z.enum(values), z.literal('')]).default('')

/** Most verifications that one question may leave out: they travel in its address. */
export const mostWithout = 250

/** As the store compares them: short, since they travel in the address. */
const Ids = z
  .array(z.uuid())
  .max(mostWithout)
  .default([])
  .transform((ids) => ids.map((id) => id.replaceAll('-', '')).join('_'))

const fields = {
  tenant: z.uuid(),
  from: Time,
  to: Time,
  timeZone: z.string().max(60).refine(isTimeZone, 'must be the name of a time zone'),
  purpose: choice(purposes),
  channel: choice(channels),
  /** Verifications that the reader may not see (D7), so that their tiles count what their lists do. */
  without: Ids,
}

const isForward = ({ from, to }: { from: Date; to: Date }) => from < to
const isShort = ({ from, to }: { from: Date; to: Date }) =>
  to.getTime() - from.getTime() <= mostDays * 86_400_000

/** Which verifications a question is about: those of a tenant that started in [from, to), and slices of them. */
export const Cohort = z
  .strictObject(fields)
  .refine(isForward, { path: ['to'], error: 'must be after from' })
  .refine(isShort, { path: ['to'], error: `must be at most ${mostDays} days after from` })

/** The cohort as given. */
export type CohortInput = z.input<typeof Cohort>

/** Purposes that are done with the decision itself. */
const resultOnly = resultPurposes.map((purpose) => `'${purpose}'`).join(', ')

/**
 * One row for each verification of the cohort, with what its events say by now: FINAL puts rows of one verification
 * together where the store has not done so yet. Whole columns are read before their parts: a part that is read alone
 * (`closing.outcome`) would be put together without its rule, and be the first one there is. `has_result`: it came to one
 * (passed, failed, not enough questions); `seconds`: from start to end. No name here is also a figure's, or the store would
 * take one for the other.
 */
export const cohort = `(
  select
    started_at as start,
    about.purpose as purpose,
    about.channel as channel,
    about.referrer_kind as referrer_kind,
    about.referrer_id as referrer_id,
    sent_at as sent,
    delivered_at as delivered,
    seen_at as seen,
    opened_at as opened,
    answered_at as answered,
    scoring.at > toDateTime64(0, 3) as is_scored,
    scoring.risk_tenths as risk_tenths,
    scoring.band as band,
    scoring.correct as correct,
    scoring.judged as judged,
    scoring.reasons as reasons,
    closing.outcome as outcome,
    feedback.rating as rating,
    outcome = 'failed' and labelling.label = 'false_refusal' as is_overturned,
    outcome != '' as is_closed,
    outcome in ('passed', 'failed', 'not_enough_questions') as has_result,
    outcome = 'passed' as is_passed,
    if(purpose in (${resultOnly}), is_passed, acting.action = 'completed') as is_done,
    dateDiff('millisecond', start, closing.at) / 1000 as seconds
  from (
    select started_at, about, sent_at, delivered_at, seen_at, opened_at, answered_at, scoring, closing, acting, feedback, labelling
    from verifications final
    where tenant_id = {tenant:UUID}
      and started_at >= {from:DateTime64(3, 'UTC')} and started_at < {to:DateTime64(3, 'UTC')}
      and ({without:String} = '' or not has(splitByChar('_', {without:String}), replaceAll(toString(verification_id), '-', '')))
  )
  where ({purpose:String} = '' or purpose = {purpose:String}) and ({channel:String} = '' or channel = {channel:String})
)`

/** Figures of a group of verifications. Shares are of those that can count: null where there are none. */
export const figures = `
  count() as started,
  countIf(is_closed) as closed,
  countIf(is_passed) as passed,
  countIf(has_result) / countIf(is_closed) as completionRate,
  countIf(is_passed) / countIf(has_result) as passRate,
  quantileExactInclusiveIf(0.5)(seconds, has_result) as medianSeconds,
  quantileExactInclusiveIf(0.95)(seconds, has_result) as p95Seconds,
  sum(correct) / sum(judged) as challengeSuccess,
  countIf(band = 'high') as highRisk,
  countIf(is_overturned) as overturned`

const Count = z.int().min(0)
const Share = z.number().min(0).max(1).nullable()
const Seconds = z.number().nullable()

/** The row that `figures` gives. */
export const Figures = z.strictObject({
  started: Count,
  closed: Count,
  passed: Count,
  completionRate: Share,
  passRate: Share,
  medianSeconds: Seconds,
  p95Seconds: Seconds,
  challengeSuccess: Share,
  highRisk: Count,
  overturned: Count,
})
export type Figures = z.infer<typeof Figures>

/** The figures of a group without members. */
export const noFigures: Figures = {
  started: 0,
  closed: 0,
  passed: 0,
  completionRate: null,
  passRate: null,
  medianSeconds: null,
  p95Seconds: null,
  challengeSuccess: null,
  highRisk: 0,
  overturned: 0,
}
