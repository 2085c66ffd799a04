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
import { otherSupervisor, deciderOf } from './deciders.ts'
import { close, deskActor, move, policyOf, system, tell, wait, type Story } from './story.ts'
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

/** Follows the policy's answer, then the decider's. */
export const decideStory = (story: Story, weighed: Weighed): void => {
  const { decision } = weighed
  tellScored(story, weighed)
  if (decision.closesAs === 'failed') return decided(story, 'refuse', system('policy'), 'policy')
  if (decision.closesAs === 'not_enough_questions') {
    close(story, 'end_short', system('policy'))
    tellContacts(story, 'ended', story.case.contact)
    return
  }
  tell(story, system('policy'), 'verification.handed_over', move(story, 'hand_over'))
  wait(story, 8, 90)
  const { purpose, person } = story.case
  const rule = ruleFor(policyOf(story), purpose, person.tier)
  if (needsSecondApproval(decision, rule, { purpose, tier: person.tier })) decideByTwo(story, decision)
  else decideByOne(story, decision)
}

const decided = (story: Story, made: 'approve' | 'refuse', actor: Actor, reason: string): void => {
  Object.assign(story.columns, {
    decided_by_kind: actor.kind,
    decided_by_id: actor.id,
    decided_by_name: actor.kind === 'agent' ? actor.name : null,
    decision_reason: reason === '' ? null : reason,
  })
  close(story, made, actor, reason === '' ? undefined : reason)
  tellDecided(story, made)
}

const tellDecided = (story: Story, made: 'approve' | 'refuse'): void => {
  if (made === 'refuse') tellContacts(story, 'refused')
  else if (!isActing(story.case.purpose)) tellContacts(story, 'finished')
}

/** The agent on the line where that is enough, else a supervisor, else nobody may approve. */
const decideByOne = (story: Story, decision: PolicyDecision): void => {
  const { agent, random, scenario } = story.case
  const isGenuine = scenario !== 'impostor'
  if (allows(story, decision, agent)) {
    return decideBy(story, agent, random.chance(isGenuine ? 0.985 : 0.35) ? '' : null)
  }
  wait(story, 90, 1_300)
  const supervisor = otherSupervisor(story)
  if (supervisor === undefined || !allows(story, decision, supervisor))
    return decided(story, 'refuse', deskActor(story, agent), whyNot(story))
  const isEscalated = decision.answer === 'hold'
  const approves = random.chance(isGenuine ? (isEscalated ? 0.7 : 0.97) : 0.04)
  decideBy(story, supervisor, approves ? (isEscalated ? random.pick(escalatedReasons) : '') : null)
}

/** Two people where the account is privileged; refused where one of them says no, or there are no two. */
const decideByTwo = (story: Story, decision: PolicyDecision): void => {
  const { agent, random } = story.case
  const answer = approveByTwo(story, decision, random.pick(escalatedReasons))
  if (answer.kind === 'impossible')
    return decided(
      story,
      'refuse',
      deskActor(story, agent),
      decision.missingCount > 0 ? whyNot(story) : nobodySecond,
    )
  if (answer.kind === 'refused')
    return decided(story, 'refuse', deskActor(story, answer.by), random.pick(refusalReasons))
  tellDecided(story, 'approve')
}

/** The reason for refusing a case that nobody may approve. */
const whyNot = ({ case: past }: Story): string =>
  past.scenario === 'impostor' && past.random.chance(0.7) ? past.random.pick(refusalReasons) : cannotBeHad

/** Approves with a reason, which may be empty, or refuses. */
const decideBy = (story: Story, person: SeedPerson, approval: string | null): void => {
  const actor = deskActor(story, person)
  if (approval === null) decided(story, 'refuse', actor, story.case.random.pick(refusalReasons))
  else decided(story, 'approve', actor, approval)
}

const allows = (story: Story, decision: PolicyDecision, person: SeedPerson): boolean => {
  const { purpose, person: participant } = story.case
  const rule = ruleFor(policyOf(story), purpose, participant.tier)
  return mayApprove(decision, deciderOf(story, person), { rule, needsSecond: false, first: null }).ok
}
