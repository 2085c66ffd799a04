/**
 * The property of security.md 3.0 (part of B4) through the API: generated policies, participants and answers, typed into the
 * portal over HTTP, weighed by the real worker, read and decided on by staff over HTTP. The pure engine is held to it over
 * many more cases in `domain/policy/answers.property.test.ts`.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { until } from '#activities/testing/until.ts'
import { testPlan } from '#api/testing/plan.ts'
import { callConsole } from '#api/testing/test-api.ts'
import { report, summary } from '#api/testing/visit.ts'
import type { Policy } from '#domain/policy/policy.ts'
import { policyPairs } from '#domain/policy/testing/changes.ts'
import { allQuestions, type AskingPlan, type PlannedQuestion } from '#domain/questions/plan.ts'
import { readPlan, storePlan } from '#platform/server/db/plans-write.ts'
import { inTenant } from '#platform/server/db/transaction.ts'
import { createFlow, type Flow } from './testing/flow.ts'
import { useWhole } from './testing/whole.ts'

const whole = useWhole()

const replies = ['right', 'wrong', 'skip'] as const
type Reply = (typeof replies)[number]

/** What is odd about a participant: nothing, or what refuses or holds whatever they answer. */
const oddities = ['none', 'none', 'none', 'disabled', 'contact_changed'] as const

type Pair = {
  readonly policy: Policy
  readonly oddity: (typeof oddities)[number]
  /** By position. */
  readonly all: readonly Reply[]
  /** Answered in the smaller set too; the others are left out there. */
  readonly kept: readonly number[]
  /** Besides: repeats an answer, answers ahead of time, loads the step again. */
  readonly noise: readonly ('repeat' | 'ahead' | 'reload')[]
}

const pairs: fc.Arbitrary<Pair> = fc.record({
  policy: policyPairs.map(({ after }) => ({
    ...after,
    questions: { ...after.questions, enabled: true },
    limits: { ...after.limits },
  })),
  oddity: fc.constantFrom(...oddities),
  all: fc.array(fc.constantFrom('right' as const, ...replies), { minLength: 4, maxLength: 4 }),
  kept: fc.subarray([1, 2, 3, 4]),
  noise: fc.array(fc.constantFrom('repeat' as const, 'ahead' as const, 'reload' as const), {
    minLength: 4,
    maxLength: 4,
  }),
})

const wordsFor = (question: PlannedQuestion, reply: Reply): unknown => {
  if (reply === 'skip') return { kind: 'dont_know' }
  if (question.key.kind === 'choice' && question.ask.form === 'choice') {
    const { correctOptionId } = question.key
    const other = question.ask.options.find(({ id }) => id !== correctOptionId)?.id
    return { kind: 'option', optionId: reply === 'right' ? correctOptionId : other }
  }
  return { kind: 'text', text: reply === 'right' ? 'K7Q2' : 'X1X1' }
}

type Step = { readonly kind: string; readonly position: number; readonly nonce?: string }

/** Answers what is asked until nothing more is; each position once, whatever noise comes between. */
const answerAll = async (
  flow: Flow,
  first: Step,
  questions: readonly PlannedQuestion[],
  replyTo: (position: number) => Reply,
  noise: Pair['noise'],
  headers: Record<string, string>,
): Promise<void> => {
  let step = first
  for (let turn = 0; step.kind === 'question' && turn < 6; turn += 1) {
    const { position } = step
    const question = questions.find((one) => one.position === position)
    if (question === undefined) throw new Error(`question ${String(position)} is not planned`)
    const said = { position, reply: wordsFor(question, replyTo(position)), summary }
    const odd = noise[turn]
    if (odd === 'reload') await flow.visit('portal/step', undefined, headers)
    if (odd === 'ahead') await flow.visit('portal/answer', { ...said, position: position + 1 }, headers)
    step = (await flow.visit('portal/answer', said, headers)).json.step as Step
    // Rule 5: no question is answered twice; the right answer to it comes too late.
    if (odd === 'repeat')
      await flow.visit('portal/answer', { ...said, reply: wordsFor(question, 'right') }, headers)
  }
}

let address = 0

/** One whole case; gives the recommendation that staff see, and what every role's approval came to. */
const play = async (pair: Pair, replyTo: (position: number) => Reply) => {
  const { of, agent } = await whole.open({ policy: () => pair.policy })
  const { database, keys, messenger } = whole.stage
  const { owner } = database
  address += 1
  const headers = { 'x-forwarded-for': `198.51.100.${String(address)}` }
  const flow = createFlow(whole, of, agent)
  const id = await flow.start(of.phoneContact.id, headers)
  // A link that is opened again finds its plan; this one's is known here.
  await inTenant(database.worker, of.tenantId, (tx) => storePlan(tx, keys.worker, id, testPlan()))
  if (pair.oddity === 'disabled')
    await owner.run(`update people set account_state = 'disabled' where id = $1`, [of.person.id])
  const entered = await flow.enter(messenger.tokenFor(of.phone), await flow.codeFor(id), headers)
  if (pair.oddity === 'contact_changed')
    await owner.run(`update contacts set last_changed_at = now() where id = $1`, [of.phoneContact.id])
  const plan = await inTenant(database.worker, of.tenantId, (tx) => readPlan(tx, keys.worker, id))
  const questions = allQuestions(plan?.plan as AskingPlan)
  const { nonce } = entered.json.answer.step as { nonce: string }
  const first = (await flow.visit('portal/checks', { report: report(nonce) }, headers)).json.step as Step
  await answerAll(flow, first, questions, replyTo, pair.noise, headers)
  // Weighed, whether that was the last word or asks for more evidence.
  const weighed = 'select count(*)::integer as n from scorings where verification_id::text = $1::text'
  await until(async () => (await owner.one<{ n: number }>(weighed, [id]))?.n === 1, 60_000)

  const supervisor = await whole.signIn(of, of.supervisor.id)
  const panel = (await callConsole(whole.api, supervisor, `/api/console/verifications/${id}`)).json
  const isOpen = panel.row.state !== 'closed'
  const decided = async (by: typeof agent) =>
    (
      await callConsole(whole.api, by, `/api/console/verifications/${id}/decision`, {
        body: { decision: 'approved', reason: 'sounds right', shownHash: String(panel.shownHash) },
        key: crypto.randomUUID(),
      })
    ).status
  const statuses = isOpen ? [await decided(agent), await decided(supervisor)] : []
  const end = await owner.one<{ decision: string | null; decided_by_kind: string | null }>(
    'select decision, decided_by_kind from verifications where id = $1',
    [id],
  )
  const scoring = await owner.one<{ decision: { reasons: readonly string[] } }>(
    'select decision from scorings where verification_id::text = $1::text order by ordinal limit 1',
    [id],
  )
  return {
    answer: panel.recommendation as 'approve' | 'hold' | 'refuse',
    isAsked: first.kind === 'question',
    statuses,
    end,
    isIncomplete: scoring?.decision.reasons.includes('evidence_missing') === true,
  }
}

const seen = { approve: 0, hold: 0, refuse: 0 }
let asked = 0
let incomplete = 0

describe('B4: security.md 3.0 through the API', { timeout: 150_000 }, () => {
  it.each(Array.from({ length: 8 }, (_, index) => index + 1))(
    'generated pair %d of answer sets, one within the other: none refuses what the other approves, nothing approves what lacks evidence',
    async (seed) => {
      const [pair] = fc.sample(pairs, { seed, numRuns: 1 })
      if (pair === undefined) throw new Error('nothing was generated')
      const replyTo = (position: number): Reply => pair.all[position - 1] ?? 'skip'
      const played = await Promise.all([
        play(pair, replyTo),
        play(pair, (position) => (pair.kept.includes(position) ? replyTo(position) : 'skip')),
      ])
      const answers = played.map(({ answer }) => answer)
      expect(answers.includes('refuse') && answers.includes('approve')).toBe(false)
      for (const one of played) {
        seen[one.answer] += 1
        asked += Number(one.isAsked)
        incomplete += Number(one.isIncomplete)
        if (one.answer === 'refuse' || one.isIncomplete) {
          expect(one.end?.decision).not.toBe('approved')
          expect(one.statuses.filter((status) => status < 300)).toEqual([])
        }
        if (one.isIncomplete) expect(one.answer).not.toBe('approve')
      }
    },
  )

  it('and all three answers were among them, in cases that were asked and in cases that lacked evidence', () => {
    expect(Math.min(seen.approve, seen.hold, seen.refuse)).toBeGreaterThan(0)
    expect(asked).toBeGreaterThan(8)
    expect(incomplete).toBeGreaterThan(1)
  })
})
