import { pointsOf } from './points.ts'
import {
  type AskingPlan,
  type CompleteReason,
  type NextStep,
  type PlannedQuestion,
  type PointsRow,
  type QuestionFamily,
  type StoredAnswer,
  type Verdict,
} from './plan.ts'

/** The third skip ends the questions. */
const skipsThatEnd = 3

/** One question as the score sees it. */
export type ScoredAnswer = {
  readonly position: number
  readonly family: QuestionFamily
  readonly points: PointsRow
  readonly verdict: Verdict
  /** Points, dB. */
  readonly db: number
  readonly ms: number
  readonly extensions: number
  readonly timedOut: boolean
  /** An outdated value was chosen (CHA_CANARY). */
  readonly canary: boolean
}

type Walk = {
  readonly queue: PlannedQuestion[]
  readonly scored: ScoredAnswer[]
  skips: number
  isSpareUsed: boolean
}

const answeredVerdicts: readonly Verdict[] = ['correct', 'partial', 'incorrect']

/** Answered means correct, partial or incorrect; invalid and skipped are only asked. */
export const countAnswered = (answers: readonly { readonly verdict: Verdict }[]): number =>
  answers.filter((answer) => answeredVerdicts.includes(answer.verdict)).length

type Given = Pick<StoredAnswer, 'verdict' | 'ms' | 'extensions' | 'timedOut' | 'optionId'>

/** A question that was never shown counts as this, after the skip that ended the set. */
const notShown: Given = { verdict: 'skipped', ms: 0, extensions: 0, timedOut: false, optionId: null }

const isCanary = ({ key }: PlannedQuestion, { optionId }: Given): boolean =>
  key.kind === 'choice' && key.canaryOptionId !== null && optionId === key.canaryOptionId

const scoredOf = (question: PlannedQuestion, answer: Given): ScoredAnswer => ({
  position: question.position,
  family: question.family,
  points: question.points,
  verdict: answer.verdict,
  db: pointsOf(question.points, answer.verdict),
  ms: answer.ms,
  extensions: answer.extensions,
  timedOut: answer.timedOut,
  canary: isCanary(question, answer),
})

const endOf = (plan: AskingPlan, walk: Walk): CompleteReason | null => {
  const { rule } = plan
  const sum = walk.scored.reduce((total, answer) => total + answer.db, 0)
  if (walk.skips >= skipsThatEnd) return 'too_many_skips'
  if (countAnswered(walk.scored) >= rule.minAnswered) {
    if (sum >= rule.enoughAt) return 'enough'
    if (sum <= rule.hopelessAt) return 'hopeless'
  }
  if (walk.scored.length >= rule.maxAsked) return 'max_asked'
  return null
}

/** Brings the spare in the place of the question that just left; false when there is none, or none any more. */
const bringSpare = (plan: AskingPlan, walk: Walk): boolean => {
  if (plan.spare === null || walk.isSpareUsed) return false
  walk.isSpareUsed = true
  walk.queue.unshift(plan.spare)
  return true
}

/** Takes one answer: the first skip brings the spare in its place and counts for nothing. */
const take = (plan: AskingPlan, walk: Walk, question: PlannedQuestion, answer: StoredAnswer): void => {
  walk.queue.shift()
  if (answer.verdict === 'skipped') walk.skips += 1
  if (answer.verdict === 'skipped' && walk.skips === 1 && bringSpare(plan, walk)) return
  walk.scored.push(scoredOf(question, answer))
}

/** Leaves out a question whose fact is no longer true; the spare takes its place. */
const drop = (plan: AskingPlan, walk: Walk): void => {
  walk.queue.shift()
  bringSpare(plan, walk)
}

/** Where the stored answers lead: the question that is due, or the reason of the end. */
const walkThrough = (
  plan: AskingPlan,
  answers: readonly StoredAnswer[],
): { walk: Walk; due: PlannedQuestion } | { walk: Walk; end: CompleteReason } => {
  const walk: Walk = { queue: [...plan.questions], scored: [], skips: 0, isSpareUsed: false }
  const byPosition = new Map(answers.map((answer) => [answer.position, answer]))
  for (;;) {
    const end = endOf(plan, walk)
    if (end !== null) return { walk, end }
    const question = walk.queue[0]
    if (question === undefined) return { walk, end: 'no_more' }
    const answer = byPosition.get(question.position)
    if (answer !== undefined) take(plan, walk, question, answer)
    else if (plan.dropped?.includes(question.position)) drop(plan, walk)
    else return { walk, due: question }
  }
}

/**
 * The next step after the stored answers: the next question, or the end. Pure: the same plan and answers always give
 * the same step, so a reload resumes where it was. Stops at enough or hopeless, never before the minimum answered,
 * never after the maximum asked; an answer to a question that is not due is ignored.
 */
export const nextStep = (plan: AskingPlan, answers: readonly StoredAnswer[]): NextStep => {
  const at = walkThrough(plan, answers)
  const { scored } = at.walk
  if ('end' in at)
    return { kind: 'complete', reason: at.end, tooFew: countAnswered(scored) < plan.rule.minAnswered }
  const { position } = at.due
  return { kind: 'question', position, number: scored.length + 1, askedOf: plan.rule.maxAsked }
}

/**
 * The answers that count, in the order asked: a skip replaced by the spare is out of the set; after the skip that ended
 * the questions the rest count as skipped.
 */
export const scoredAnswers = (
  plan: AskingPlan,
  answers: readonly StoredAnswer[],
): readonly ScoredAnswer[] => {
  const at = walkThrough(plan, answers)
  const { walk } = at
  if (!('end' in at) || at.end !== 'too_many_skips') return walk.scored
  const room = plan.rule.maxAsked - walk.scored.length
  return [...walk.scored, ...walk.queue.slice(0, room).map((question) => scoredOf(question, notShown))]
}

/**
 * The same answers with every question put and not answered weighed as incorrect: what decides before an approval, so
 * that leaving an answer out never pays (B4).
 */
export const withUnansweredAsIncorrect = (scored: readonly ScoredAnswer[]): readonly ScoredAnswer[] =>
  scored.map((answer) =>
    answer.verdict === 'skipped'
      ? { ...answer, verdict: 'incorrect' as const, db: pointsOf(answer.points, 'incorrect') }
      : answer,
  )

/** True if an answer to this position may be stored now: it is the one question that is due. */
export const isDue = (plan: AskingPlan, answers: readonly StoredAnswer[], position: number): boolean => {
  const step = nextStep(plan, answers)
  return step.kind === 'question' && step.position === position
}
