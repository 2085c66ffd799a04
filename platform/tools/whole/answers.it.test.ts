/**
 * The property B4 through the API: generated policies, participants and answers, typed into the
 * portal over HTTP, weighed by the real worker, read and decided on by staff over HTTP. The pure engine is held to it over
 * many more cases in `domain/policy/answers.property.test.ts`.
 */
import { input } from '#domain/risk/testing/facts.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { until } from '#activities/testing/until.ts'
import { addPlanFacts, testPlan } from '#api/testing/plan.ts'
import { callConsole } from '#api/testing/test-api.ts'
import { report, summary } from '#api/testing/visit.ts'
import type { EvidenceKind, Policy } from '#domain/policy/policy.ts'
import { policyPairs } from '#domain/policy/testing/changes.ts'
import { allQuestions, type AskingPlan, type PlannedQuestion } from '#domain/questions/plan.ts'
import { readPlan, storePlan } from '#services/questions/plans.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { createFlow, type Flow } from './testing/flow.ts'
import { useWhole } from './testing/whole.ts'

const whole = useWhole()

const replies = ['right', 'wrong', 'skip'] as const
type Reply = (typeof replies)[number]

/** The oddity of a participant: none, or one that refuses or holds whatever they answer, and how it comes about. */
const oddities = {
  none: '',
  disabled: `update people set account_state = 'disabled' where id = $1`,
  never_via_help_desk: 'update people set never_via_help_desk = true where id = $1',
  contact_changed: 'update contacts set last_changed_at = now() where person_id = $1',
} as const

type Case = {
  readonly policy: Policy
  readonly oddity: keyof typeof oddities
  /** By position. */
  readonly all: readonly Reply[]
  /** The sets: none is answered, those up to the cut, all. Each lies within the next. */
  readonly order: readonly number[]
  readonly cut: number
  /** A code that is asked for is typed. */
  readonly bringsCode: boolean
  /** Besides: repeats an answer, answers ahead of time, loads the step again. */
  readonly noise: readonly ('repeat' | 'ahead' | 'reload')[]
}

/** Half of the policies let a high score pass: more of what is approved then hangs on evidence alone. */
const cases: fc.Arbitrary<Case> = fc.record({
  policy: fc.tuple(policyPairs, fc.constantFrom('as drawn', 'lenient')).map(([{ after }, score]) => ({
    ...after,
    questions: { ...after.questions, enabled: true },
    ...(score === 'lenient' ? { score: { ...after.score, moreEvidenceFrom: 10, escalateFrom: 11 } } : {}),
  })),
  oddity: fc.constantFrom(
    'none',
    'none',
    'none',
    'none',
    'disabled',
    'never_via_help_desk',
    'contact_changed',
  ),
  all: fc.oneof(
    fc.constant(['right', 'right', 'right', 'right'] as const),
    fc.array(fc.constantFrom('right' as const, ...replies), { minLength: 4, maxLength: 4 }),
  ),
  order: fc.shuffledSubarray([1, 2, 3, 4], { minLength: 4 }),
  cut: fc.integer({ min: 1, max: 3 }),
  bringsCode: fc.boolean(),
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
  noise: Case['noise'],
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

type Weighed = { readonly n: number; readonly next: string; readonly reasons: readonly string[] }

const newestDecision = async (id: string): Promise<Weighed> =>
  (await whole.world.database.owner.one<Weighed>(
    `select ordinal as n, decision ->> 'next' as next, decision -> 'reasons' as reasons from scorings
     where verification_id::text = $1::text order by ordinal desc limit 1`,
    [id],
  )) ?? { n: 0, next: '', reasons: [] }

/** Waits until a case was weighed so many times. */
const weighed = async (id: string, times: number): Promise<Weighed> => {
  await until(async () => (await newestDecision(id)).n === times)
  return newestDecision(id)
}

/** True if links and codes are less than the policy's rule names: counted without the engine. */
const isShort = ({ rules }: Policy, brought: ReadonlySet<EvidenceKind>): boolean => {
  const { classesNeeded, classesRequired } = rules.password_reset.standard
  return brought.size < classesNeeded || classesRequired.some((kind) => !brought.has(kind))
}

/** One whole case; gives the recommendation that staff see, and what every role's approval came to. */
const play = async (one: Case, replyTo: (position: number) => Reply) => {
  const { of, agent } = await whole.open({ policy: () => one.policy })
  const { database, keys, messenger } = whole.world
  const { owner } = database
  address += 1
  const headers = { 'x-forwarded-for': `198.51.100.${String(address)}` }
  const flow = createFlow(whole, of, agent)
  const id = await flow.start(of.phoneContact.id, headers)
  // A link that is opened again finds its plan; this one's is known here.
  await addPlanFacts(owner, of.person)
  await inTenant(database.worker, of.tenantId, (tx) => storePlan(tx, keys.worker, id, testPlan()))
  const entered = await flow.enter(messenger.tokenFor(of.phone), await flow.codeFor(id), headers)
  // A contact that changed before the link went out would get none.
  if (one.oddity !== 'none') await owner.run(oddities[one.oddity], [of.person.id])
  const plan = await inTenant(database.worker, of.tenantId, (tx) => readPlan(tx, keys.worker, id))
  const questions = allQuestions(plan?.plan as AskingPlan)
  const { nonce } = entered.json.answer.step as { nonce: string }
  const first = (await flow.visit('portal/checks', { report: report(whole.api, nonce) }, headers)).json
    .step as Step
  await answerAll(flow, first, questions, replyTo, one.noise, headers)
  // Weighed, whether that was the last word or asks for more evidence.
  const asks = await weighed(id, 1)
  const brought = new Set<EvidenceKind>(['possession'])
  if (one.bringsCode && asks.next === 'second_contact') {
    await until(async () => (await flow.visit('portal/step')).json.step.kind === 'second_code')
    await flow.visit(
      'portal/second-code',
      { code: await messenger.codeFor(of.email), summary: input() },
      headers,
    )
    await weighed(id, 2)
    brought.add('second_contact')
  }

  const supervisor = await whole.signIn(of, of.supervisor.id)
  const panel = (await callConsole(whole.api, supervisor, `/api/console/verifications/${id}`)).json
  const isOpen = panel.row.state !== 'closed'
  const decided = async (by: typeof agent) =>
    (
      await callConsole(whole.api, by, `/api/console/verifications/${id}/decision`, {
        body: { decision: 'approved', reason: 'sounds right', screenHash: String(panel.screenHash) },
        key: crypto.randomUUID(),
      })
    ).status
  const statuses = isOpen ? [await decided(agent), await decided(supervisor)] : []
  const end = await owner.one<{ decision: string | null; decided_by_kind: string | null }>(
    'select decision, decided_by_kind from verifications where id = $1',
    [id],
  )
  const { reasons } = await newestDecision(id)
  return {
    answer: panel.recommendation as 'approve' | 'hold' | 'refuse',
    isAsked: first.kind === 'question',
    statuses,
    end,
    isIncomplete: reasons.includes('evidence_missing') || isShort(one.policy, brought),
  }
}

type Played = Awaited<ReturnType<typeof play>>

/** Whatever was answered: who is refused, or lacks evidence, is approved by nobody. */
const expectClosed = ({ answer, isIncomplete, end, statuses }: Played): void => {
  if (isIncomplete) expect(answer).not.toBe('approve')
  if (answer !== 'refuse' && !isIncomplete) return
  expect(end?.decision).not.toBe('approved')
  expect(statuses.filter((status) => status < 300)).toEqual([])
}

const generated = fc.sample(cases, { seed: 1, numRuns: 40 })
const played: Played[] = []

describe.concurrent('B4: through the API', { timeout: 150_000 }, () => {
  it.for(generated.map((one, index) => [index + 1, one] as const))(
    'case %d: of answer sets, one within the other, none refuses what another approves, nothing approves what lacks evidence',
    async ([, one]) => {
      const replyWithin = (size: number) => (position: number) =>
        one.order.slice(0, size).includes(position) ? (one.all[position - 1] ?? 'skip') : 'skip'
      const chain = await Promise.all([0, one.cut, 4].map((size) => play(one, replyWithin(size))))
      played.push(...chain)
      const answers = chain.map(({ answer }) => answer)
      expect(answers.includes('refuse') && answers.includes('approve')).toBe(false)
      chain.forEach(expectClosed)
    },
  )
})

describe('B4: what was played', () => {
  it('held all three answers, in cases that were asked and in cases that lacked evidence', () => {
    const count = (holds: (one: Played) => boolean) => played.filter(holds).length
    expect(played).toHaveLength(3 * generated.length)
    for (const answer of ['approve', 'hold', 'refuse'] as const)
      expect(
        count((one) => one.answer === answer),
        answer,
      ).toBeGreaterThan(10)
    expect(count(({ isAsked }) => isAsked)).toBeGreaterThan(60)
    expect(count(({ isIncomplete }) => isIncomplete)).toBeGreaterThan(10)
    expect(count(({ end }) => end?.decision === 'approved')).toBeGreaterThan(10)
  })
})
