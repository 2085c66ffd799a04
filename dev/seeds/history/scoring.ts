/** The middle of a story: silent checks, gate, questions or a second code, score. */
import { questionsAllowed } from '#domain/risk/gate.ts'
import { countAnswered } from '#domain/questions/next-step.ts'
import type { QuestionPlan } from '#domain/questions/plan.ts'
import { digestOf } from '#services/risk/scorings.ts'
import { answerAll, type Knowledge } from './answering.ts'
import { userAgentOf } from './devices.ts'
import { putChallenge, putDelivery, putPlan, addressOf } from './link.ts'
import type { Returned, Visitor } from './silent-facts.ts'
import { date, move, participant, policyOf, put, system, tell, wait, type Story } from './story.ts'
import { secondContactOf, weigh, type Questioned, type Weighed } from './weighing.ts'

/** Raw facts are kept for so many days. */
const probeDays = 30

/** The questions as the gate sees them: nothing was asked yet. */
const beforeQuestions: Questioned = {
  plan: { route: 'none', reason: 'switched_off' },
  gate: 'open',
  answers: [],
  inputs: new Map(),
  isComplete: false,
}

const nothingAsked = (plan: QuestionPlan, gate: 'open' | 'closed'): Questioned => ({
  plan,
  gate,
  answers: [],
  inputs: new Map(),
  isComplete: true,
})

/** The knowledge of the visitor: the participant's, or that of an impostor with a profile page. */
const knowledgeOf = ({ case: past }: Story): Knowledge =>
  past.scenario === 'impostor' ? { right: 0.34, unsure: 0.08 } : { right: 0.96, unsure: 0.03 }

/** The next part of a story, after its questions. */
export type Asked = { readonly weighed: Weighed; readonly ordinal: number } | 'left' | 'stuck'

/** Everything between the accepted code and the score. */
export const ask = (
  story: Story,
  visitor: Visitor,
  plan: QuestionPlan,
  tries: number,
  leavesAfter?: number,
): Asked => {
  const opened = visitor.openedAt
  wait(story, 2, 6)
  putProbes(story, visitor)
  tell(story, participant(story), 'checks.received', { arrived: true })
  const before = { tries, linkAt: opened, second: null }
  const first = weigh(story, visitor, beforeQuestions, before)
  const gate = questionsAllowed(first.results, first.score) ? 'open' : 'closed'
  if (plan.route === 'second_contact' && gate === 'open') return bySecondContact(story, visitor, plan, before)
  const questioned = question(story, plan, gate, leavesAfter)
  if (!questioned.isComplete) return 'left'
  story.columns['answers_completed_at'] = date(story)
  const weighed = weigh(story, visitor, questioned, before)
  putScoring(story, visitor, weighed, 1)
  if (weighed.decision.next !== 'second_contact') return { weighed, ordinal: 1 }
  return byOneMore(story, visitor, questioned, before)
}

const question = (
  story: Story,
  plan: QuestionPlan,
  gate: 'open' | 'closed',
  leavesAfter?: number,
): Questioned => {
  if (plan.route === 'questions' && gate === 'open') {
    const answered = answerAll(story, plan, knowledgeOf(story), leavesAfter)
    const position = answered.answers.at(-1)?.position ?? 1
    const reason = answered.isComplete ? 'enough' : null
    putPlan(story, plan, { route: plan.route, gate, position, reason })
    return { plan, gate, ...answered }
  }
  const reason = gate === 'closed' ? 'gate_closed' : 'no_questions'
  tell(story, participant(story), 'answers.completed', { route: plan.route, reason, tooFew: false })
  putPlan(story, plan, { route: plan.route, gate, position: 0, reason })
  return nothingAsked(plan, gate)
}

/** Thin file: a code to another contact takes the place of questions. */
const bySecondContact = (story: Story, visitor: Visitor, plan: QuestionPlan, before: Returned): Asked => {
  const second = sendSecondCode(story)
  putPlan(story, plan, {
    route: 'second_contact',
    gate: 'open',
    position: 0,
    reason: second === null ? null : 'second_code',
  })
  if (second === null) return 'stuck'
  story.columns['answers_completed_at'] = date(story)
  wait(story, 1, 2)
  const weighed = weigh(story, visitor, nothingAsked(plan, 'open'), { ...before, second })
  putScoring(story, visitor, weighed, 1)
  return { weighed, ordinal: 1 }
}

/** One more kind of evidence was asked for after the questions. */
const byOneMore = (story: Story, visitor: Visitor, questioned: Questioned, before: Returned): Asked => {
  const plan = story.rows.get('plans')?.at(-1) as Record<string, unknown>
  plan['route'] = 'second_contact'
  tell(story, system('policy'), 'second_contact.asked', {})
  const second = sendSecondCode(story)
  plan['completed_at'] = second === null ? null : date(story)
  plan['completed_reason'] = second === null ? null : 'second_code'
  if (second === null) return 'stuck'
  wait(story, 1, 2)
  const weighed = weigh(story, visitor, questioned, { ...before, second })
  putScoring(story, visitor, weighed, 2)
  return { weighed, ordinal: 2 }
}

/** A code to another contact; null when it never came back. */
const sendSecondCode = (story: Story): Returned['second'] => {
  const { case: past } = story
  const contact = secondContactOf(story)
  if (contact === undefined) return null
  wait(story, 1, 3)
  const at = date(story)
  putDelivery(story, 'second_code', contact, contact.kind === 'phone' ? 'delivered' : 'accepted')
  tell(story, system('workflow'), 'second_code.sent', {
    delivery: 'accepted',
    ordinal: 1,
    ...addressOf(contact),
    contactLabel: contact.label,
  })
  wait(story, 18, 80)
  const accepted = past.scenario !== 'impostor' || past.random.chance(0.15)
  tell(story, participant(story), 'second_code.tried', { accepted, tries: 1 })
  putChallenge(story, {
    kind: 'second',
    ordinal: 1,
    contactId: contact.id,
    at,
    tries: 1,
    accepted: accepted ? date(story) : null,
  })
  return accepted ? { contact, at: story.now } : null
}

const putProbes = (story: Story, visitor: Visitor): void => {
  const { world, case: past, now } = story
  const session = story.rows.get('portal_sessions')?.at(-1) as Record<string, unknown> | undefined
  if (session !== undefined) session['device_key'] = visitor.device.key.publicKey
  if (now < world.at.getTime() - probeDays * 24 * 3_600_000) return
  const reports = {
    request: visitor.request,
    collector: visitor.beacon,
  }
  for (const [kind, report] of Object.entries(reports)) {
    const id = world.idOf('probe', past.id, kind)
    put(story, 'probe_facts', {
      id,
      verification_id: past.id,
      portal_session_id: world.idOf('session', past.id),
      kind,
      step: 'checks',
      report_sealed: world.seal('probe_facts', 'report_sealed', id, report),
      nonce_ok: kind === 'collector' ? true : null,
      received_at: date(story),
    })
  }
}

const putScoring = (story: Story, visitor: Visitor, weighed: Weighed, ordinal: number): void => {
  const { world, case: past, columns } = story
  const { results, score: risk, decision, scored } = weighed
  const { version: policyVersion } = policyOf(story)
  put(story, 'scorings', {
    verification_id: past.id,
    ordinal,
    policy_version: policyVersion,
    results: results.map((result) => ({ ...result, evidence: [] })),
    evidence_sealed: world.seal(
      'scorings',
      'evidence_sealed',
      `${past.id}/${String(ordinal)}`,
      results.map((result) => result.evidence),
    ),
    score: risk,
    decision,
    is_mobile: userAgentOf(visitor.device).isMobile,
    versions: { score: 1 },
    evidence_digest: digestOf({ ...weighed, verificationId: past.id, policyVersion, ordinal }),
    created_at: date(story),
  })
  Object.assign(columns, {
    risk_tenths: Math.round(risk.r * 10),
    decide_tenths: Math.round(risk.rDecide * 10),
    band: risk.band,
    answered: countAnswered(scored),
    correct: scored.filter((answer) => answer.verdict === 'correct').length,
    recommendation: decision.answer,
    recommendation_reasons: decision.reasons,
    instruction: decision.next,
  })
}

/** Records the event of the score in force. */
export const tellScored = (story: Story, { score: risk, decision, scored }: Weighed): void => {
  const count = (verdict: string): number => scored.filter((answer) => answer.verdict === verdict).length
  const reasons = risk.reasons.map((reason) => reason.code)
  Object.assign(story.columns, { scored_at: date(story), score_reasons: [...new Set(reasons)].sort() })
  tell(story, system('policy'), 'verification.scored', {
    ...move(story, 'complete'),
    riskTenths: Math.round(risk.r * 10),
    decideTenths: Math.round(risk.rDecide * 10),
    band: risk.band,
    recommendation: decision.answer,
    policyReasons: decision.reasons,
    reasons,
    correct: count('correct'),
    partial: count('partial'),
    incorrect: count('incorrect'),
    invalid: count('invalid'),
    skipped: count('skipped'),
  })
}
