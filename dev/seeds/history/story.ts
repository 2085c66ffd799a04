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
  type Telling,
} from './telling.ts'
import { visitorOf } from './visitors.ts'
import type { World } from './world.ts'

const cancelReasons = [
  'The caller found the password again.',
  'The caller hung up.',
  'Started for the wrong person.',
  'The caller will come by the desk.',
] as const

/** Of cases without anybody on the line. */
const leftReasons = [
  'Nobody typed the second code; they may ask again.',
  'Came by the desk meanwhile.',
] as const

/** The whole story, its rows and events included. */
export const tellStory = (world: World, past: PastCase): Telling => {
  const telling = begin(world, past)
  const start = { at: past.startedAt, isFailed: false }
  world.memoryOf(past.person).starts.push(start)
  sendLink(telling)
  follow(telling)
  start.isFailed = telling.outcome === 'failed'
  giveFeedback(telling)
  giveLabel(telling)
  markExercise(telling)
  putLink(telling)
  putCase(telling)
  return telling
}

const follow = (telling: Telling): void => {
  switch (telling.case.scenario) {
    case 'undelivered':
    case 'unopened':
      return timeOut(telling)
    case 'reported':
      return report(telling)
    case 'cancelled':
      wait(telling, 90, 700)
      return cancel(telling)
    case 'abandoned':
      return visit(telling, telling.case.random.int(0, 2))
    case 'genuine':
    case 'impostor':
      return visit(telling)
  }
}

const timeOut = (telling: Telling): void => {
  telling.now = telling.case.startedAt + policyOf(telling).lifetimes.verification * 1000
  close(telling, 'expire', system('workflow'))
  tellContacts(telling, 'ended', telling.case.contact)
}

const cancel = (telling: Telling, reasons: readonly string[] = cancelReasons): void => {
  const { agent, contact, random } = telling.case
  close(telling, 'cancel', deskActor(telling, agent), random.pick(reasons))
  endSession(telling, 'cancel')
  tellContacts(telling, 'ended', contact)
}

/** "This was not me" on the page that says who asks. */
const report = (telling: Telling): void => {
  const { world, case: past } = telling
  seePage(telling)
  wait(telling, 15, 60)
  put(telling, 'reports', {
    id: world.idOf('report', past.id),
    verification_id: past.id,
    person_id: past.person.id,
    source: 'portal',
    at: date(telling),
  })
  world.memoryOf(past.person).reports.push(telling.now)
  tell(telling, participant(telling), 'participant.reported', { source: 'portal' })
  wait(telling, 1, 2)
  close(telling, 'report', participant(telling))
}

/** The link is opened: checks, questions, score, decision, action. */
const visit = (telling: Telling, leavesAfter?: number): void => {
  seePage(telling)
  const { plan, tries } = openCase(telling)
  const visitor = visitorOf(telling)
  const asked = ask(telling, visitor, plan, tries, leavesAfter)
  if (asked === 'left') return timeOut(telling)
  if (asked === 'stuck') {
    wait(telling, 120, 600)
    return cancel(telling, telling.case.entry === null ? cancelReasons : leftReasons)
  }
  decideStory(telling, asked.weighed)
  const own = telling.world
    .memoryOf(telling.case.person)
    .devices.find(({ device }) => device === visitor.device)
  if (telling.decision === 'approved' && own !== undefined) {
    own.times += 1
    own.lastAt = telling.now
  }
  actOn(telling)
}

const putCase = (telling: Telling): void => {
  const { world, case: past, columns } = telling
  const started = new Date(past.startedAt)
  const { version, lifetimes } = policyOf(telling)
  put(telling, 'verifications', {
    id: past.id,
    created_at: started,
    purpose: past.purpose,
    tier: past.person.tier,
    policy_version: version,
    person_id: past.person.id,
    state: telling.state,
    outcome: telling.outcome,
    decision: telling.decision,
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
    seq: telling.seq,
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
