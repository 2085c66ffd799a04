/** The middle of a story: silent checks, gate, questions or a second code, score. */
import { questionsAllowed } from '#domain/risk/gate.ts'
import { countAnswered } from '#domain/questions/next-step.ts'
import type { QuestionPlan } from '#domain/questions/plan.ts'
import { digestOf } from '#services/risk/scorings.ts'
import { answerAll, type Knowledge } from './answering.ts'
import { userAgentOf } from './devices.ts'
import { putChallenge, putDelivery, putPlan, wayOf } from './link.ts'
import type { Returned, Visitor } from './silent-facts.ts'
import { date, move, participant, policyOf, put, system, tell, wait, type Telling } from './telling.ts'
import { secondContactOf, weigh, type Questioned, type Weighed } from './weighing.ts'

/** Raw facts are kept for so long. */
const probeDays = 30

/** What the gate looks at: nothing was asked yet. */
const beforeQuestions: Questioned = {
  plan: { version: 1, route: 'none', reason: 'switched_off' },
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

/** How well the visitor knows the answers: the participant, or somebody with a profile page. */
const knowledgeOf = ({ case: past }: Telling): Knowledge =>
  past.scenario === 'impostor' ? { right: 0.34, unsure: 0.08 } : { right: 0.96, unsure: 0.03 }

/** How a story goes on after its questions. */
export type Asked = { readonly weighed: Weighed; readonly ordinal: number } | 'left' | 'stuck'

/** Everything between the accepted code and the score. */
export const ask = (
  telling: Telling,
  visitor: Visitor,
  plan: QuestionPlan,
  tries: number,
  leavesAfter?: number,
): Asked => {
  const opened = visitor.openedAt
  wait(telling, 2, 6)
  putProbes(telling, visitor)
  tell(telling, participant(telling), 'checks.received', { arrived: true })
  const before = { tries, linkAt: opened, second: null }
  const first = weigh(telling, visitor, beforeQuestions, before)
  const gate = questionsAllowed(first.results, first.score) ? 'open' : 'closed'
  if (plan.route === 'second_contact' && gate === 'open')
    return bySecondContact(telling, visitor, plan, before)
  const questioned = question(telling, plan, gate, leavesAfter)
  if (!questioned.isComplete) return 'left'
  telling.columns['answers_completed_at'] = date(telling)
  const weighed = weigh(telling, visitor, questioned, before)
  putScoring(telling, visitor, weighed, 1)
  if (weighed.decision.next !== 'second_contact') return { weighed, ordinal: 1 }
  return byOneMore(telling, visitor, questioned, before)
}

const question = (
  telling: Telling,
  plan: QuestionPlan,
  gate: 'open' | 'closed',
  leavesAfter?: number,
): Questioned => {
  if (plan.route === 'questions' && gate === 'open') {
    const answered = answerAll(telling, plan, knowledgeOf(telling), leavesAfter)
    const position = answered.answers.at(-1)?.position ?? 1
    const reason = answered.isComplete ? 'enough' : null
    putPlan(telling, plan, { route: plan.route, gate, position, reason })
    return { plan, gate, ...answered }
  }
  const reason = gate === 'closed' ? 'gate_closed' : 'no_questions'
  tell(telling, participant(telling), 'answers.completed', { route: plan.route, reason, tooFew: false })
  putPlan(telling, plan, { route: plan.route, gate, position: 0, reason })
  return nothingAsked(plan, gate)
}

/** Thin file: a code to another contact takes the place of questions. */
const bySecondContact = (telling: Telling, visitor: Visitor, plan: QuestionPlan, before: Returned): Asked => {
  const second = sendSecondCode(telling)
  putPlan(telling, plan, {
    route: 'second_contact',
    gate: 'open',
    position: 0,
    reason: second === null ? null : 'second_code',
  })
  if (second === null) return 'stuck'
  telling.columns['answers_completed_at'] = date(telling)
  wait(telling, 1, 2)
  const weighed = weigh(telling, visitor, nothingAsked(plan, 'open'), { ...before, second })
  putScoring(telling, visitor, weighed, 1)
  return { weighed, ordinal: 1 }
}

/** One more kind of evidence was asked for after the questions. */
const byOneMore = (telling: Telling, visitor: Visitor, questioned: Questioned, before: Returned): Asked => {
  const plan = telling.rows.get('plans')?.at(-1) as Record<string, unknown>
  plan['route'] = 'second_contact'
  tell(telling, system('policy'), 'second_contact.asked', {})
  const second = sendSecondCode(telling)
  plan['completed_at'] = second === null ? null : date(telling)
  plan['completed_reason'] = second === null ? null : 'second_code'
  if (second === null) return 'stuck'
  wait(telling, 1, 2)
  const weighed = weigh(telling, visitor, questioned, { ...before, second })
  putScoring(telling, visitor, weighed, 2)
  return { weighed, ordinal: 2 }
}

/** A code to another contact; null when it never came back. */
const sendSecondCode = (telling: Telling): Returned['second'] => {
  const { case: past } = telling
  const contact = secondContactOf(telling)
  if (contact === undefined) return null
  wait(telling, 1, 3)
  const at = date(telling)
  putDelivery(telling, 'second_code', contact, contact.kind === 'phone' ? 'delivered' : 'accepted')
  tell(telling, system('workflow'), 'second_code.sent', {
    delivery: 'accepted',
    ordinal: 1,
    ...wayOf(contact),
    contactLabel: contact.label,
  })
  wait(telling, 18, 80)
  const accepted = past.scenario !== 'impostor' || past.random.chance(0.15)
  tell(telling, participant(telling), 'second_code.tried', { accepted, tries: 1 })
  putChallenge(telling, {
    kind: 'second',
    ordinal: 1,
    contactId: contact.id,
    at,
    tries: 1,
    accepted: accepted ? date(telling) : null,
  })
  return accepted ? { contact, at: telling.now } : null
}

const putProbes = (telling: Telling, visitor: Visitor): void => {
  const { world, case: past, now } = telling
  const session = telling.rows.get('portal_sessions')?.at(-1) as Record<string, unknown> | undefined
  if (session !== undefined) session['device_key'] = visitor.device.key.publicKey
  if (now < world.at.getTime() - probeDays * 24 * 3_600_000) return
  const reports = {
    request: visitor.request,
    collector: visitor.beacon,
  }
  for (const [kind, report] of Object.entries(reports)) {
    const id = world.idOf('probe', past.id, kind)
    put(telling, 'probe_facts', {
      id,
      verification_id: past.id,
      portal_session_id: world.idOf('session', past.id),
      kind,
      step: 'checks',
      report_sealed: world.seal('probe_facts', 'report_sealed', id, report),
      nonce_ok: kind === 'collector' ? true : null,
      received_at: date(telling),
    })
  }
}

const putScoring = (telling: Telling, visitor: Visitor, weighed: Weighed, ordinal: number): void => {
  const { world, case: past, columns } = telling
  const { results, score: risk, decision, scored } = weighed
  const { version: policyVersion } = policyOf(telling)
  put(telling, 'scorings', {
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
    created_at: date(telling),
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

/** The event of the score that stands. */
export const tellScored = (telling: Telling, { score: risk, decision, scored }: Weighed): void => {
  const count = (verdict: string): number => scored.filter((answer) => answer.verdict === verdict).length
  const reasons = risk.reasons.map((reason) => reason.code)
  Object.assign(telling.columns, { scored_at: date(telling), score_reasons: [...new Set(reasons)].sort() })
  tell(telling, system('policy'), 'verification.scored', {
    ...move(telling, 'complete'),
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
