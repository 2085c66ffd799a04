/** The end of a story: what policy or staff decide. */
import { ruleFor } from '#domain/policy/policy.ts'
import type { PolicyDecision } from '#domain/policy/decide.ts'
import { needsSecondApproval } from '#domain/policy/second-approval.ts'
import { mayApprove } from '#domain/policy/who-decides.ts'
import { isActing, type Actor } from '#domain/verification/verification.ts'
import type { SeedPerson } from '../people.ts'
import { approveByTwo } from './approving.ts'
import { tellContacts } from './notices.ts'
import { tellScored } from './scoring.ts'
import { otherSupervisor, standingOf } from './standing.ts'
import { close, deskActor, move, policyOf, system, tell, wait, type Telling } from './telling.ts'
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

const nobodySecond = 'Nobody independent for the second approval was there; asked to come to the desk.'
const cannotBeHad = 'Evidence is missing and cannot be had today; asked to come to the desk.'

/** Follows the policy's answer, then whoever decides. */
export const decideStory = (telling: Telling, weighed: Weighed): void => {
  const { decision } = weighed
  tellScored(telling, weighed)
  if (decision.closesAs === 'failed') return decided(telling, 'refuse', system('policy'), 'policy')
  if (decision.closesAs === 'not_enough_questions') {
    close(telling, 'end_short', system('policy'))
    tellContacts(telling, 'ended', telling.case.contact)
    return
  }
  tell(telling, system('policy'), 'verification.handed_over', move(telling, 'hand_over'))
  wait(telling, 8, 90)
  const { purpose, person } = telling.case
  const rule = ruleFor(policyOf(telling), purpose, person.tier)
  if (needsSecondApproval(decision, rule, { purpose, tier: person.tier })) decideByTwo(telling, decision)
  else decideByOne(telling, decision)
}

const decided = (telling: Telling, made: 'approve' | 'refuse', actor: Actor, reason: string): void => {
  Object.assign(telling.columns, {
    decided_by_kind: actor.kind,
    decided_by_id: actor.id,
    decided_by_name: actor.kind === 'agent' ? actor.name : null,
    decision_reason: reason === '' ? null : reason,
  })
  close(telling, made, actor, reason === '' ? undefined : reason)
  tellDecided(telling, made)
}

const tellDecided = (telling: Telling, made: 'approve' | 'refuse'): void => {
  if (made === 'refuse') tellContacts(telling, 'refused')
  else if (!isActing(telling.case.purpose)) tellContacts(telling, 'finished')
}

/** The agent on the line where that is enough, else a supervisor, else nobody may approve. */
const decideByOne = (telling: Telling, decision: PolicyDecision): void => {
  const { agent, random, scenario } = telling.case
  const isGenuine = scenario !== 'impostor'
  if (allows(telling, decision, agent)) {
    return decideBy(telling, agent, random.chance(isGenuine ? 0.985 : 0.35) ? '' : null)
  }
  wait(telling, 90, 1_300)
  const supervisor = otherSupervisor(telling)
  if (supervisor === undefined || !allows(telling, decision, supervisor))
    return decided(telling, 'refuse', deskActor(telling, agent), whyNot(telling))
  const isEscalated = decision.answer === 'hold'
  const approves = random.chance(isGenuine ? (isEscalated ? 0.7 : 0.97) : 0.04)
  decideBy(telling, supervisor, approves ? (isEscalated ? random.pick(escalatedReasons) : '') : null)
}

/** Two people where the account is privileged; refused where one of them says no, or there are no two. */
const decideByTwo = (telling: Telling, decision: PolicyDecision): void => {
  const { agent, random } = telling.case
  const answer = approveByTwo(telling, decision, random.pick(escalatedReasons))
  if (answer.kind === 'impossible')
    return decided(
      telling,
      'refuse',
      deskActor(telling, agent),
      decision.missingCount > 0 ? whyNot(telling) : nobodySecond,
    )
  if (answer.kind === 'refused')
    return decided(telling, 'refuse', deskActor(telling, answer.by), random.pick(refusalReasons))
  tellDecided(telling, 'approve')
}

/** Why a case that nobody may approve was refused. */
const whyNot = ({ case: past }: Telling): string =>
  past.scenario === 'impostor' && past.random.chance(0.7) ? past.random.pick(refusalReasons) : cannotBeHad

/** Approves with a reason, which may be empty, or refuses. */
const decideBy = (telling: Telling, person: SeedPerson, approval: string | null): void => {
  const actor = deskActor(telling, person)
  if (approval === null) decided(telling, 'refuse', actor, telling.case.random.pick(refusalReasons))
  else decided(telling, 'approve', actor, approval)
}

const allows = (telling: Telling, decision: PolicyDecision, person: SeedPerson): boolean => {
  const { purpose, person: participant } = telling.case
  const rule = ruleFor(policyOf(telling), purpose, participant.tier)
  return mayApprove(decision, standingOf(telling, person), { rule, needsSecond: false, first: null }).ok
}
