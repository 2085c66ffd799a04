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

const needsSecond = 'Needs a second approval; asked to come to the desk.'
const cannotBeHad = 'Evidence is missing and cannot be had today; asked to come to the desk.'

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
  const { agent, random, scenario } = telling.case
  const isGenuine = scenario !== 'impostor'
  wait(telling, 8, 90)
  if (allows(decision, agent, true)) {
    return decideBy(telling, agent, random.chance(isGenuine ? 0.985 : 0.35) ? '' : null)
  }
  wait(telling, 90, 1_300)
  const supervisor = otherSupervisor(telling)
  if (supervisor !== undefined && allows(decision, supervisor, false)) {
    const approves = random.chance(isGenuine ? 0.7 : 0.04)
    return decideBy(telling, supervisor, approves ? random.pick(escalatedReasons) : null)
  }
  decided(telling, 'refuse', deskActor(telling, agent), whyNot(telling, decision))
}

const otherSupervisor = ({ world, case: past }: Telling): SeedPerson | undefined =>
  world.people.find((person) => person.desk?.role === 'supervisor' && person !== past.agent)

/** Why a case that nobody may approve was refused. */
const whyNot = ({ case: past }: Telling, { next }: PolicyDecision): string => {
  if (past.scenario === 'impostor' && past.random.chance(0.7)) return past.random.pick(refusalReasons)
  return next === 'second_approval' ? needsSecond : cannotBeHad
}

/** Approves with a reason, which may be empty, or refuses. */
const decideBy = (telling: Telling, person: SeedPerson, approval: string | null): void => {
  const actor = deskActor(telling, person)
  if (approval === null) decided(telling, 'refuse', actor, telling.case.random.pick(refusalReasons))
  else decided(telling, 'approve', actor, approval)
}

/** One person alone: nobody gave second approvals then. */
const alone = {
  isFirst: false,
  isInStartersLine: false,
  maySecond: false,
  isOwnCase: false,
  isApprover: false,
}

const allows = (decision: PolicyDecision, { desk }: SeedPerson, isStarter: boolean): boolean => {
  if (desk === null || decision.next === 'second_approval') return false
  const about = { rule: { deciders: 'agent' }, needsSecond: false, first: null } as const
  return mayApprove(decision, { ...alone, role: desk.role, isStarter }, about).ok
}
