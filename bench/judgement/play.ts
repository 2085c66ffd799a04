/** One verification through the product's own rules: gate, questions, grading, checks, score, policy. */
import { challengeFacts, weigh, type Asked } from '#activities/verification/weigh.ts'
import { grade, type Reply } from '#domain/questions/grading/grade.ts'
import { nextStep } from '#domain/questions/next-step.ts'
import {
  questionAt,
  type AskingPlan,
  type PlannedQuestion,
  type StoredAnswer,
} from '#domain/questions/plan.ts'
import type { ParticipantFacts } from '#domain/questions/participant-facts.ts'
import type { PolicyDecision } from '#domain/policy/decide.ts'
import { evaluateChecks } from '#domain/risk/evaluate.ts'
import type { RiskFacts } from '#domain/risk/facts.ts'
import { questionsAllowed } from '#domain/risk/gate.ts'
import { score } from '#domain/risk/score.ts'
import { contact, now } from '#domain/risk/testing/facts.ts'
import type { Random } from '#domain/risk/testing/random.ts'
import type { CaseRef } from '#workflows/verification/activity-types.ts'
import type { ApproverCandidate } from '#domain/policy/approver.ts'
import type { Actor } from './actors.ts'
import { askApprover, candidatesOf, nextApprover } from './approvers.ts'
import { policy, type World } from './world.ts'

/** The course of a try. */
export type Played = {
  /** The product's answer to the link and the answers alone. */
  readonly first: PolicyDecision
  /** After everything that this person could bring. */
  readonly last: PolicyDecision
  /** R as it is shown, and as it decides, of the link and the answers alone. */
  readonly r: number
  readonly rDecide: number
  /** Approved with the answers, and not without any question. */
  readonly isOwedToAnswers: boolean
}

const rightReply = (question: PlannedQuestion): Reply => {
  const { key } = question
  if (key.kind === 'choice') return { kind: 'option', optionId: key.correctOptionId }
  if (key.kind === 'name') return { kind: 'text', text: key.truths[0] ?? '' }
  if (key.kind === 'month') return { kind: 'text', text: `${String(key.month)}/${String(key.year)}` }
  if (key.kind === 'year') return { kind: 'text', text: String(key.year) }
  return { kind: 'text', text: key.truth }
}

/** Any option but the right one, or a text that is wrong. */
const wrongReply = (question: PlannedQuestion, random: Random): Reply => {
  const { ask, key } = question
  if (ask.form !== 'choice' || key.kind !== 'choice')
    return { kind: 'text', text: `X${String(random.int(100, 999))}` }
  const ids = ask.options.map(({ id }) => id).filter((id) => id !== key.correctOptionId)
  return { kind: 'option', optionId: ids[random.int(0, ids.length - 1)] ?? '' }
}

/** One of the options, or a text that is wrong half of the time that a stranger dares one. */
const guess = (question: PlannedQuestion, random: Random): Reply => {
  if (question.ask.form !== 'choice')
    return random.chance(0.5) ? { kind: 'dont_know' } : wrongReply(question, random)
  const ids = question.ask.options.map(({ id }) => id)
  return { kind: 'option', optionId: ids[random.int(0, ids.length - 1)] ?? '' }
}

const replyTo = (question: PlannedQuestion, actor: Actor, random: Random): Reply => {
  const course = actor.courseOf(question)
  if (course === 'right') return rightReply(question)
  if (course === 'left_out') return { kind: 'dont_know' }
  return course === 'wrong' ? wrongReply(question, random) : guess(question, random)
}

/** They answer until the questions are over. */
const answerAll = (plan: AskingPlan, actor: Actor, random: Random, world: World): readonly StoredAnswer[] => {
  const answers: StoredAnswer[] = []
  for (;;) {
    const step = nextStep(plan, answers)
    if (step.kind === 'complete') return answers
    const question = questionAt(plan, step.position)
    if (question === undefined) return answers
    const reply = replyTo(question, actor, random)
    const { verdict } = grade(question, reply, {}, world.tools)
    answers.push({
      position: step.position,
      optionId: reply.kind === 'option' ? reply.optionId : null,
      text: reply.kind === 'text' ? reply.text : null,
      verdict,
      ms: actor.answerMs(),
      extensions: 0,
      timedOut: false,
    })
  }
}

const caseOf = (person: ParticipantFacts, verificationId: string): CaseRef => ({
  tenantId: 'tenant',
  verificationId,
  personId: person.participantId,
  purpose: 'password_reset',
  tier: 'standard',
  policyVersion: policy.version,
  referrer: { kind: 'agent', id: 'agent' },
  ticket: null,
  createdAt: new Date(now).toISOString(),
  expiresAt: new Date(now + 24 * 3_600_000).toISOString(),
  run: { id: 'run', startedAt: new Date(now).toISOString() },
})

const isGateOpen = (facts: RiskFacts): boolean => {
  const challenge = { ...facts.challenge, isAsked: false, isComplete: false, answers: [] }
  const results = evaluateChecks({ ...facts, challenge }, policy.score)
  return questionsAllowed(results, score(results, policy.score))
}

/** A code to a second contact comes back as well. */
const withSecondCode = (facts: RiskFacts): RiskFacts => ({
  ...facts,
  possession: {
    ...facts.possession,
    returned: [
      ...facts.possession.returned,
      {
        kind: 'code',
        at: now,
        contact: contact({ id: 'contact-2', channel: 'email', lineType: null, masked: 'k•••@example.org' }),
      },
    ],
  },
})

type Judged = ReturnType<typeof weigh>

/** Approvers are asked one after the other, as long as the policy says so and there is one. */
const vouching = (
  begun: RiskFacts,
  judge: (facts: RiskFacts, hasApprover: boolean) => Judged,
  actor: Actor,
  candidates: readonly ApproverCandidate[],
  random: Random,
): { readonly facts: RiskFacts; readonly last: Judged } => {
  const who = actor.isGenuine ? 'genuine' : 'deceived'
  let facts = begun
  for (;;) {
    const { approvers } = facts.possession
    const next = nextApprover(candidates, approvers)
    const last = judge(facts, next !== null)
    if (last.decision.next !== 'approver' || next === null) return { facts, last }
    const asked = [...approvers, askApprover(next, who, random)]
    facts = { ...facts, possession: { ...facts.possession, approvers: asked } }
  }
}

/** Plays one verification: first the link and the answers, then whatever else this person can bring. */
export const play = (
  world: World,
  actor: Actor,
  person: ParticipantFacts,
  id: string,
  random: Random,
): Played => {
  const plan = world.planFor(person, id, actor.hasSecondContact)
  const gate = isGateOpen(actor.facts) ? 'open' : 'closed'
  const answers = plan.route === 'questions' && gate === 'open' ? answerAll(plan, actor, random, world) : []
  const asked: Asked = {
    plan,
    gate,
    isComplete: true,
    answers,
    inputs: new Map(answers.map(({ position }) => [position, actor.input])),
    withQuestions30d: 1,
  }
  const silent: Asked = { ...asked, plan: { route: 'none', reason: 'switched_off' }, answers: [] }
  const ref = caseOf(person, id)
  const judge = (facts: RiskFacts, given: Asked, hasSecondContact: boolean, hasApprover = false) =>
    weigh({ ...facts, challenge: challengeFacts(given, policy, ref) }, given, policy, ref, {
      isReported: false,
      isNeverViaHelpDesk: false,
      isContactChanged: actor.isContactChanged,
      isElevatedThreat: false,
      hasSecondContact,
      hasApprover,
      hasPasskey: false,
      hasProviderSignIn: false,
      hasPush: false,
      hasRecoverySheet: false,
    })
  const candidates = candidatesOf(random)
  const first = judge(
    actor.facts,
    asked,
    actor.hasSecondContact,
    nextApprover(candidates, actor.facts.possession.approvers) !== null,
  )
  const asksSecond = first.decision.next === 'second_contact' && actor.givesSecondCode
  const second = asksSecond ? withSecondCode(actor.facts) : actor.facts
  const { facts, last } = vouching(
    second,
    (given, hasApprover) => judge(given, asked, false, hasApprover),
    actor,
    candidates,
    random,
  )
  const isApproved = last.decision.answer === 'approve'
  return {
    ...{ first: first.decision, last: last.decision },
    ...{ r: first.score.r, rDecide: first.score.rDecide },
    isOwedToAnswers: isApproved && judge(facts, silent, false).decision.answer !== 'approve',
  }
}
