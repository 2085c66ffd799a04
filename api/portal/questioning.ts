import { grade, type Grade, type Reply } from '#domain/questions/grading/grade.ts'
import { isStillTrue } from '#domain/questions/freshness.ts'
import { nextStep } from '#domain/questions/next-step.ts'
import {
  questionAt,
  type AskingPlan,
  type PlannedQuestion,
  type StoredAnswer,
} from '#domain/questions/plan.ts'
import type { QuestionSettings } from '#domain/policy/policy.ts'
import type { Purpose } from '#domain/verification/verification.ts'
import type { InputReport } from '#domain/risk/probe.ts'
import type { EventDraft } from '#domain/events/catalog.ts'
import { openReply, sealReply } from '#platform/crypto/case-inputs.ts'
import { addDisclosure } from '#services/questions/blocks.ts'
import { readParticipantFacts } from '#services/questions/question-facts.ts'
import { completePlan } from '#services/questions/plans.ts'
import {
  addAnswer,
  dropQuestion,
  moveOn,
  type AnswerRow,
  type LockedPlan,
} from '#services/questions/portal-answers.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { PortalCaller } from '../http/callers.ts'
import type { ApiDeps } from '../deps.ts'

/** A case whose questions are under way, inside one transaction that holds its plan. */
export type Questioning = {
  readonly deps: Pick<ApiDeps, 'keys' | 'textTools'>
  readonly tx: Tx
  readonly caller: PortalCaller
  readonly plan: AskingPlan
  readonly settings: QuestionSettings
  readonly personId: string
  readonly purpose: Purpose
  /** The answers that are there, and the position of the question that is shown: read with the plan held. */
  readonly rows: readonly AnswerRow[]
  readonly position: number
  /** Filled as things happen; recorded at the end of the transaction, which is when the audit chain is locked. */
  readonly events: EventDraft[]
}

/** The least time a question gets when the time for all of them is nearly over, seconds. */
const leastSeconds = 30

const object = (caller: PortalCaller) => ({ kind: 'verification' as const, id: caller.verificationId })

const stored = ({ deps, caller }: Questioning, row: AnswerRow): StoredAnswer => ({
  position: row.position,
  optionId: null,
  text:
    row.form === 'typed' && row.replySealed !== null
      ? openReply(deps.keys, caller.tenantId, caller.verificationId, row.position, row.replySealed).text
      : null,
  verdict: row.verdict,
  ms: row.ms,
  extensions: row.extensions,
  timedOut: row.timedOut,
})

/** Seconds for the next question: its own, within the time for all of them, which every extension lengthens. */
const secondsFor = (
  { settings }: Questioning,
  question: PlannedQuestion,
  answers: readonly StoredAnswer[],
): number => {
  const used = answers.reduce((sum, answer) => sum + answer.ms, 0) / 1000
  const extended = answers.reduce((sum, answer) => sum + answer.extensions, 0) * settings.secondsPerQuestion
  const left = Math.floor(settings.secondsInAll + extended - used)
  return Math.min(question.secondsAllowed, Math.max(leastSeconds, left))
}

/** Shows a question: its clock starts, and the list it discloses is logged in the same transaction. */
const show = async (
  asking: Questioning,
  from: number,
  question: PlannedQuestion,
  answers: readonly StoredAnswer[],
): Promise<boolean> => {
  const { tx, caller } = asking
  const next = { position: question.position, seconds: secondsFor(asking, question, answers) }
  if (asking.position !== from) return false
  const [hasMoved] = await Promise.all([
    moveOn(tx, caller.verificationId, from, next),
    addDisclosure(tx, {
      verificationId: caller.verificationId,
      family: question.family,
      factDigest: question.factDigest,
      list: question.list,
    }),
  ])
  // The plan is held and not complete, and this was its position: the rollback undoes a disclosure without its question.
  if (!hasMoved) throw new Error('the plan moved while it was held')
  asking.events.push({
    type: 'question.shown',
    object: object(caller),
    payload: { position: question.position, family: question.family },
  })
  return true
}

const complete = async (asking: Questioning, reason: string, tooFew: boolean): Promise<void> => {
  const { tx, caller } = asking
  await completePlan(tx, caller.verificationId, reason)
  asking.events.push({
    type: 'answers.completed',
    object: object(caller),
    payload: { route: 'questions', reason, tooFew },
  })
}

/** True if the sources still say what the question was made of; a person who is no longer active is asked nothing. */
const isTrueNow = async (
  { deps, tx, personId, purpose }: Questioning,
  question: PlannedQuestion,
): Promise<boolean> => {
  const facts = await readParticipantFacts(tx, personId)
  return (
    facts !== undefined && isStillTrue(question, { facts, purpose, now: Date.now(), tools: deps.textTools })
  )
}

/**
 * Moves from a position to the next one that the domain names, past questions whose fact has changed meanwhile. True: nothing
 * more is asked.
 */
const advance = async (
  asking: Questioning,
  from: number,
  answers: readonly StoredAnswer[],
): Promise<boolean> => {
  const step = nextStep(asking.plan, answers)
  if (step.kind === 'complete') {
    await complete(asking, step.reason, step.tooFew)
    return true
  }
  const question = questionAt(asking.plan, step.position)
  if (question === undefined) return false
  if (await isTrueNow(asking, question)) {
    await show(asking, from, question, answers)
    return false
  }
  await dropQuestion(asking.tx, asking.caller.verificationId, question.position)
  const dropped = [...(asking.plan.dropped ?? []), question.position]
  return advance({ ...asking, plan: { ...asking.plan, dropped } }, from, answers)
}

/** Shows the first question; nothing when one is shown already. */
export const begin = (asking: Questioning): Promise<boolean> =>
  advance(
    asking,
    0,
    asking.rows.map((row) => stored(asking, row)),
  )

type Given = { readonly reply: Reply; readonly summary: InputReport | null; readonly timedOut: boolean }

const keep = async (
  asking: Questioning,
  question: PlannedQuestion,
  plan: LockedPlan,
  given: Given,
  { verdict }: Grade,
): Promise<void> => {
  const { deps, tx, caller } = asking
  const { reply } = given
  const content = {
    optionId: reply.kind === 'option' ? reply.optionId : null,
    text: reply.kind === 'text' ? reply.text : null,
  }
  const isEmpty = content.optionId === null && content.text === null
  asking.events.push({
    type: 'answer.stored',
    object: object(caller),
    payload: {
      position: question.position,
      family: question.family,
      verdict,
      secondsTenths: Math.round(plan.ms / 100),
      extensions: plan.extensions,
      timedOut: given.timedOut,
    },
  })
  await addAnswer(tx, {
    verificationId: caller.verificationId,
    position: question.position,
    family: question.family,
    form: question.ask.form,
    exposure: question.exposure,
    pointsRow: question.points,
    replySealed: isEmpty
      ? null
      : sealReply(deps.keys, caller.tenantId, caller.verificationId, question.position, content),
    verdict,
    timedOut: given.timedOut,
    ms: plan.ms,
    extensions: plan.extensions,
    inputSummary: given.summary ?? {},
  })
}

/**
 * Stores the answer to the shown question and shows the next. A reply after the deadline counts as skipped, whatever it says:
 * the server's clock is the true one.
 * @returns true when nothing more is asked
 */
export const take = async (
  asking: Questioning,
  plan: LockedPlan,
  given: { readonly reply: Reply; readonly summary: InputReport | null },
): Promise<boolean> => {
  const question = questionAt(asking.plan, plan.position)
  if (question === undefined) return false
  const { rows } = asking
  if (rows.some((row) => row.position === plan.position)) return false
  const answers = rows.map((row) => stored(asking, row))
  const timedOut = plan.isTimeOver || given.reply.kind === 'timeout'
  const reply: Reply = timedOut ? { kind: 'timeout' } : given.reply
  const earlierTexts = answers.flatMap((answer) => (answer.text === null ? [] : [answer.text]))
  const result = grade(question, reply, { earlierTexts }, asking.deps.textTools)
  const answer: StoredAnswer = {
    position: question.position,
    optionId: reply.kind === 'option' ? reply.optionId : null,
    text: reply.kind === 'text' ? reply.text : null,
    verdict: result.verdict,
    ms: plan.ms,
    extensions: plan.extensions,
    timedOut,
  }
  const [, isComplete] = await Promise.all([
    keep(asking, question, plan, { reply, summary: given.summary, timedOut }, result),
    advance(asking, plan.position, [...answers, answer]),
  ])
  return isComplete
}
