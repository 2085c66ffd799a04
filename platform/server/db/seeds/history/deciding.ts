/** The end of a story: what policy or staff decide. */
import type { PolicyDecision } from '#domain/policy/decide.ts'
import { mayApprove } from '#domain/policy/who-decides.ts'
import type { Actor } from '#domain/verification/verification.ts'
import type { SeedPerson } from '../people.ts'
import { tellContacts } from './notices.ts'
import { tellScored } from './scoring.ts'
import { close, deskActor, move, system, tell, wait, type Telling } from './telling.ts'
import type { Weighed } from './weighing.ts'

const refusalReasons = [
  'The answers did not fit and the connection looked wrong.',
  'The caller could not say what the change was for.',
  'Asked to come to an office with an identity card.',
  'The manager did not know of the request.',
  'Too many signs against it; a call back to the number on file was not taken.',
] as const

const escalatedReasons = [
  'Called back on the number on file and confirmed in person.',
  'The manager joined the call and vouched for the participant.',
  'Travel was announced in the calendar; confirmed by the manager.',
  'Seen on video with the badge.',
] as const

const unanswerable = [
  'Evidence is missing and cannot be had today.',
  'Needs a second approval; asked to come to the desk.',
] as const

/** Follows the policy's answer, then whoever decides. */
export const decideStory = (telling: Telling, weighed: Weighed): void => {
  const { decision } = weighed
  tellScored(telling, weighed)
  if (decision.closesAs === 'failed') return decided(telling, 'refuse', system('policy'), 'policy')
  if (decision.closesAs === 'not_enough_questions') {
    close(telling, 'end_short', system('policy'))
    return
  }
  tell(telling, system('policy'), 'verification.handed_over', move(telling, 'hand_over'))
  decideByStaff(telling, decision)
}

const decided = (telling: Telling, made: 'approve' | 'refuse', actor: Actor, reason: string): void => {
  Object.assign(telling.columns, {
    decided_by_kind: actor.kind,
    decided_by_id: actor.id,
    decided_by_name: actor.kind === 'agent' ? actor.name : null,
    decision_reason: reason === '' ? null : reason,
  })
  close(telling, made, actor, reason === '' ? undefined : reason)
  if (made === 'refuse') tellContacts(telling, 'refused')
  else if (telling.case.purpose !== 'password_reset') tellContacts(telling, 'finished')
}

/** The agent on the line where that is enough, else a supervisor, else nobody may approve. */
const decideByStaff = (telling: Telling, decision: PolicyDecision): void => {
  const { case: past, world } = telling
  const { agent, random, scenario } = past
  const isGenuine = scenario !== 'impostor'
  wait(telling, 8, 90)
  if (allows(decision, agent, true)) {
    const approves = random.chance(isGenuine ? 0.985 : 0.35)
    if (approves) return decided(telling, 'approve', deskActor(telling, agent), '')
    return decided(telling, 'refuse', deskActor(telling, agent), random.pick(refusalReasons))
  }
  const supervisor = world.people.find((person) => person.desk?.role === 'supervisor') ?? agent
  wait(telling, 90, 1_300)
  if (supervisor !== agent && allows(decision, supervisor, false)) {
    const approves = random.chance(isGenuine ? 0.7 : 0.04)
    if (approves)
      return decided(telling, 'approve', deskActor(telling, supervisor), random.pick(escalatedReasons))
    return decided(telling, 'refuse', deskActor(telling, supervisor), random.pick(refusalReasons))
  }
  decided(telling, 'refuse', deskActor(telling, agent), random.pick(unanswerable))
}

const allows = (decision: PolicyDecision, { desk }: SeedPerson, isStarter: boolean): boolean =>
  desk !== null && mayApprove(decision, { role: desk.role, isStarter, isOwnCase: false }).ok
