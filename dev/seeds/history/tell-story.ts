/** Tells one past case from its start to its end. */
import { maskContact } from '#domain/contact.ts'
import { actOn } from './acting.ts'
import { giveFeedback, giveLabel, markExercise } from './afterwards.ts'
import type { PastCase } from './cases.ts'
import { decideStory } from './deciding.ts'
import { endSession, openCase, putLink, seePage, sendLink } from './link.ts'
import { tellContacts } from './notices.ts'
import { ask } from './scoring.ts'
import {
  begin,
  close,
  date,
  deskActor,
  participant,
  policyOf,
  put,
  system,
  tell,
  wait,
  type Story,
} from './story.ts'
import { visitorOf } from './visitors.ts'
import type { World } from './world.ts'

const cancelReasons = [
  'The caller found the password again.',
  'The caller hung up.',
  'Started for the wrong person.',
  'The caller will come by the desk.',
] as const

/** The reasons for cases without anybody on the line. */
const leftReasons = [
  'Nobody typed the second code; they may ask again.',
  'Came by the desk meanwhile.',
] as const

/** The whole story, its rows and events included. */
export const tellStory = (world: World, past: PastCase): Story => {
  const story = begin(world, past)
  const start = { at: past.startedAt, isFailed: false }
  world.memoryOf(past.person).starts.push(start)
  sendLink(story)
  follow(story)
  start.isFailed = story.outcome === 'failed'
  giveFeedback(story)
  giveLabel(story)
  markExercise(story)
  putLink(story)
  putCase(story)
  return story
}

const follow = (story: Story): void => {
  switch (story.case.scenario) {
    case 'undelivered':
    case 'unopened':
      return timeOut(story)
    case 'reported':
      return report(story)
    case 'cancelled':
      wait(story, 90, 700)
      return cancel(story)
    case 'abandoned':
      return visit(story, story.case.random.int(0, 2))
    case 'genuine':
    case 'impostor':
      return visit(story)
  }
}

const timeOut = (story: Story): void => {
  story.now = story.case.startedAt + policyOf(story).lifetimes.verification * 1000
  close(story, 'expire', system('workflow'))
  tellContacts(story, 'ended', story.case.contact)
}

const cancel = (story: Story, reasons: readonly string[] = cancelReasons): void => {
  const { agent, contact, random } = story.case
  close(story, 'cancel', deskActor(story, agent), random.pick(reasons))
  endSession(story, 'cancel')
  tellContacts(story, 'ended', contact)
}

/** "This was not me" on the page that says who asks. */
const report = (story: Story): void => {
  const { world, case: past } = story
  seePage(story)
  wait(story, 15, 60)
  put(story, 'reports', {
    id: world.idOf('report', past.id),
    verification_id: past.id,
    person_id: past.person.id,
    source: 'portal',
    at: date(story),
  })
  world.memoryOf(past.person).reports.push(story.now)
  tell(story, participant(story), 'participant.reported', { source: 'portal' })
  wait(story, 1, 2)
  close(story, 'report', participant(story))
}

/** The link is opened: checks, questions, score, decision, action. */
const visit = (story: Story, leavesAfter?: number): void => {
  seePage(story)
  const { plan, tries } = openCase(story)
  const visitor = visitorOf(story)
  const asked = ask(story, visitor, plan, tries, leavesAfter)
  if (asked === 'left') return timeOut(story)
  if (asked === 'stuck') {
    wait(story, 120, 600)
    return cancel(story, story.case.entry === null ? cancelReasons : leftReasons)
  }
  decideStory(story, asked.weighed)
  const own = story.world.memoryOf(story.case.person).devices.find(({ device }) => device === visitor.device)
  if (story.decision === 'approved' && own !== undefined) {
    own.times += 1
    own.lastAt = story.now
  }
  actOn(story)
}

const putCase = (story: Story): void => {
  const { world, case: past, columns } = story
  const started = new Date(past.startedAt)
  const { version, lifetimes } = policyOf(story)
  put(story, 'verifications', {
    id: past.id,
    created_at: started,
    purpose: past.purpose,
    tier: past.person.tier,
    policy_version: version,
    person_id: past.person.id,
    state: story.state,
    outcome: story.outcome,
    decision: story.decision,
    ...unset,
    ...columns,
    referrer_kind: past.referrer.kind,
    referrer_id: past.referrer.id,
    referrer_name: past.referrer.name,
    channel: past.channel,
    contact_id: past.contact.id,
    contact_masked: maskContact(past.contact.kind, past.contact.value),
    ticket: past.ticket,
    link_ordinal: 1,
    expires_at: new Date(past.startedAt + lifetimes.verification * 1000),
    run_id: world.idOf('run', past.id),
    run_started_at: started,
    seq: story.seq,
    occurred_at: columns['closed_at'],
    recorded_at: columns['closed_at'],
  })
}

/** Columns that only some stories reach. */
const unset = {
  decided_by_kind: null,
  decided_by_id: null,
  decided_by_name: null,
  decision_reason: null,
  second_by: null,
  recommendation: null,
  recommendation_reasons: [],
  instruction: null,
  risk_tenths: null,
  decide_tenths: null,
  band: null,
  code_tries: 0,
  answered: 0,
  correct: 0,
  sent_at: null,
  opened_at: null,
  answers_completed_at: null,
  scored_at: null,
  decided_at: null,
  closed_at: null,
  furthest_step: 0,
  score_reasons: [],
  feedback: null,
  commented: false,
}
