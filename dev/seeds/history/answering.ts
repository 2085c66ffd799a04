/** Questions of a past case: planned, answered and graded by the domain's own functions. */
import { ruleFor } from '#domain/policy/policy.ts'
import { lastMonday } from '#domain/questions/moments.ts'
import type { ParticipantFacts } from '#domain/questions/participant-facts.ts'
import { grade, type Reply } from '#domain/questions/grading/grade.ts'
import { nextStep } from '#domain/questions/next-step.ts'
import {
  allQuestions,
  questionAt,
  type AskingPlan,
  type PlannedQuestion,
  type QuestionPlan,
  type StoredAnswer,
} from '#domain/questions/plan.ts'
import { preparePlan } from '#domain/questions/prepare.ts'
import type { InputReport } from '#domain/risk/probe.ts'
import { isCapReached } from '#domain/policy/caps.ts'
import { ticketCategoriesOf } from '../facts.ts'
import { randomOf, type Random } from '../random.ts'
import { participant, policyOf, put, tell, date, type Story } from './story.ts'
import { secondContactOf } from './weighing.ts'

const dayMs = 24 * 3600 * 1000

/** A change that had not happened yet is left out. */
const before = (at: number | null, now: number): number | null => (at !== null && at < now ? at : null)

/** The facts as the sources had them then: read that morning, with the ticket of that time. */
const factsThen = (story: Story): ParticipantFacts | undefined => {
  const { world, case: past, now } = story
  const facts = world.factsOf(past.person)
  if (facts === undefined) return undefined
  const daysAgo = (world.at.getTime() - now) / dayMs
  const { directory, hr, inventory, groups, calendar, signIn } = facts
  return {
    ...facts,
    tenureDays: facts.tenureDays === null ? null : facts.tenureDays - daysAgo,
    directory: directory && { ...directory, asOf: now - 3_600_000 },
    hr: hr && { ...hr, asOf: now - 3_600_000 },
    inventory: inventory && {
      asOf: now - 3_600_000,
      devices: inventory.devices.map((device) => ({ ...device, seenAt: now - dayMs })),
    },
    tickets: ticketThen(story),
    groups: groups && {
      asOf: now - 3_600_000,
      groups: groups.groups.map((group) => ({ ...group, activeAt: now - 5 * dayMs })),
    },
    calendar: calendar && {
      ...calendar,
      asOf: now - 3_600_000,
      joined: calendar.joined.map((meeting) => ({ ...meeting, at: meeting.at - daysAgo * dayMs })),
      week: calendar.week && { ...calendar.week, startsAt: lastMonday(now) },
    },
    signIn: signIn && {
      asOf: now - 3_600_000,
      passwordChangedAt: before(signIn.passwordChangedAt, now),
      secondStepChangedAt: before(signIn.secondStepChangedAt, now),
    },
  }
}

/** People call more than once in three months, about something else each time. */
const ticketThen = ({ world, case: past, now }: Story): ParticipantFacts['tickets'] => {
  const month = Math.floor(now / (25 * dayMs))
  const random = randomOf(world.chart.slug, 'past ticket', past.person.id, String(month))
  if (random.chance(0.15)) return { asOf: now, last: null }
  const id = world.idOf('ticket', past.person.id, String(month))
  return {
    asOf: now - 3_600_000,
    last: {
      id,
      category: random.pick(ticketCategoriesOf(world.chart)),
      openedAt: now - random.int(8, 60) * dayMs,
    },
  }
}

/** Fixes the plan, as the accepted match code does. */
export const planFor = (story: Story): QuestionPlan => {
  const { world, case: past, now } = story
  const policy = policyOf(story)
  const hasSecondContact = secondContactOf(story) !== undefined
  const facts = factsThen(story)
  if (facts === undefined)
    return { route: hasSecondContact ? 'second_contact' : 'none', reason: 'too_few_sources' }
  const memory = world.memoryOf(past.person)
  const caps = policy.limits.questionSetsPerParticipant
  const counts = caps.map((cap) => memory.sets.filter((at) => at > now - cap.seconds * 1000).length)
  return preparePlan(
    {
      verificationId: past.id,
      purpose: past.purpose,
      facts,
      tenant: world.tenant,
      settings: policy.questions,
      rule: ruleFor(policy, past.purpose, past.person.tier),
      askedBefore: memory.asked,
      // Blocks never changed since they were cut, so no second list was ever shown for a value.
      disclosures: [],
      isLimitReached: isCapReached(caps, counts),
      hasSecondContact,
      now,
    },
    world.tools,
  )
}

/** The knowledge of a person who answers. */
export type Knowledge = { readonly right: number; readonly unsure: number }

/** Answers as stored, and how each came into the page. */
export type Answered = {
  readonly answers: readonly StoredAnswer[]
  readonly inputs: ReadonlyMap<number, InputReport>
  readonly isComplete: boolean
}

/** Goes through the questions until the domain says that it is enough, or the participant leaves. */
export const answerAll = (
  story: Story,
  plan: AskingPlan,
  knows: Knowledge,
  leavesAfter = Infinity,
): Answered => {
  const answers: StoredAnswer[] = []
  const inputs = new Map<number, InputReport>()
  for (;;) {
    const step = nextStep(plan, answers)
    if (step.kind === 'complete') {
      const { reason, tooFew } = step
      tell(story, participant(story), 'answers.completed', { route: 'questions', reason, tooFew })
      return { answers, inputs, isComplete: true }
    }
    const question = questionAt(plan, step.position)
    if (question === undefined) throw new Error('a plan names a question that it does not have')
    show(story, question)
    if (answers.length >= leavesAfter) return { answers, inputs, isComplete: false }
    const { answer, input } = answerOne(story, plan, question, knows)
    answers.push(answer)
    inputs.set(question.position, input)
  }
}

/** Showing a question discloses its list, and starts its rest. */
const show = (story: Story, question: PlannedQuestion): void => {
  const { world, case: past, now } = story
  const { position, family, list, factDigest } = question
  tell(story, participant(story), 'question.shown', { position, family })
  world.memoryOf(past.person).asked.push({ family, factDigest, at: now })
  put(story, 'disclosures', {
    verification_id: past.id,
    participant_pseudonym: world.idOf('pseudonym', past.person.id),
    family,
    fact_digest: Buffer.from(factDigest, 'hex'),
    value_digest: list === null ? null : Buffer.from(list.valueDigest, 'hex'),
    block_id: list?.blockId ?? null,
    epoch: list?.epoch ?? '',
    value_count: list?.values ?? 0,
    agent_id: past.referrer.kind === 'agent' ? past.referrer.id : null,
    channel: past.channel,
    shown_at: date(story),
  })
}

const answerOne = (
  story: Story,
  plan: AskingPlan,
  question: PlannedQuestion,
  knows: Knowledge,
): { answer: StoredAnswer; input: InputReport } => {
  const { answerRandom: random } = story.case
  const reply = replyTo(plan, question, knows, random)
  const asked = story.now
  story.now += Math.round((question.ask.form === 'typed' ? 9 : 5) * 1000 + random.next() * 27_000)
  const extensions = random.chance(0.02) ? 1 : 0
  const { verdict } = grade(question, reply, {}, story.world.tools)
  const answer: StoredAnswer = {
    position: question.position,
    optionId: reply.kind === 'option' ? reply.optionId : null,
    text: reply.kind === 'text' ? reply.text : null,
    verdict,
    ms: story.now - asked,
    extensions,
    timedOut: false,
  }
  const input = inputOf(answer, random, isAssisted(story))
  store(story, question, answer, input)
  return { answer, input }
}

const store = (story: Story, question: PlannedQuestion, answer: StoredAnswer, input: InputReport): void => {
  const { world, case: past } = story
  const { position, family } = question
  const { verdict, extensions, timedOut, optionId, text, ms } = answer
  const secondsTenths = Math.round(ms / 100)
  put(story, 'answers', {
    verification_id: past.id,
    position,
    created_at: date(story),
    family,
    form: question.ask.form,
    exposure: question.exposure,
    points_row: question.points,
    reply_sealed:
      optionId === null && text === null
        ? null
        : world.seal('answers', 'reply_sealed', `${past.id}/${String(position)}`, { optionId, text }),
    verdict,
    timed_out: timedOut,
    seconds_tenths: secondsTenths,
    extensions,
    input_summary: input,
  })
  const payload = { position, family, verdict, secondsTenths, extensions, timedOut }
  tell(story, participant(story), 'answer.stored', payload)
}

const replyTo = (plan: AskingPlan, question: PlannedQuestion, knows: Knowledge, random: Random): Reply => {
  if (random.chance(knows.unsure)) return { kind: 'dont_know' }
  const isRight = random.chance(question.points === 'typed_private' ? knows.right * 0.85 : knows.right)
  const { ask, key } = question
  if (ask.form === 'choice' && key.kind === 'choice') {
    const others = ask.options.filter((option) => option.id !== key.correctOptionId)
    return { kind: 'option', optionId: isRight ? key.correctOptionId : random.pick(others).id }
  }
  return { kind: 'text', text: isRight ? rightText(question) : wrongText(plan, question, random) }
}

const months = 'January February March April May June July August September October November December'.split(
  ' ',
)

const rightText = ({ key }: PlannedQuestion): string => {
  if (key.kind === 'name') return key.truths[0] ?? ''
  if (key.kind === 'month') return `${months[key.month - 1] ?? ''} ${String(key.year)}`
  if (key.kind === 'year') return String(key.year)
  return key.kind === 'characters' ? key.truth : ''
}

/** A wrong answer: another person's manager, a month nearby, digits of another sticker. */
const wrongText = (plan: AskingPlan, { key }: PlannedQuestion, random: Random): string => {
  if (key.kind === 'name') return key.others.length > 0 ? random.pick(key.others) : 'Alex Morgan'
  if (key.kind === 'month')
    return `${months[(key.month + random.int(0, 10)) % 12] ?? ''} ${String(key.year + random.int(-1, 1))}`
  if (key.kind === 'year') return String(key.year + random.pick([-5, -3, -2, 2, 3]))
  return String(random.int(1_000, 9_999) + allQuestions(plan).length)
}

/** A few people use the mode for screen readers and speech input, always. */
const isAssisted = ({ world, case: past }: Story): boolean =>
  past.scenario !== 'impostor' && randomOf(world.chart.slug, 'access', past.person.id).chance(0.05)

const inputOf = ({ text, ms }: StoredAnswer, random: Random, accessibility: boolean): InputReport => {
  const letters = [...(text ?? '')].length
  return {
    keydowns: letters === 0 ? 0 : letters + random.int(0, 3),
    inputs: letters,
    untrusted: [],
    pastes: 0,
    assisted: 0,
    visibleMs: ms - random.int(100, 900),
    blurs: random.chance(0.1) ? 1 : 0,
    accessibility,
    rhythm: null,
    mouse: { presses: 0, centred: 0 },
  }
}
