/** The ties of a member of the desk to a past case. */
import type { DecidingPerson } from '#domain/policy/who-decides.ts'
import { may } from '#domain/roles.ts'
import type { SeedPerson } from '../people.ts'
import type { Story } from './story.ts'

/**
 * The ties as `approval-case.ts` reads them. People who are tied to the desk are verified elsewhere, and nobody was asked to
 * vouch then.
 */
export const deciderOf = (story: Story, person: SeedPerson, first?: SeedPerson): DecidingPerson => {
  const { agent, referrer } = story.case
  const starter = referrer.kind === 'agent' ? agent : null
  const role = person.desk?.role ?? 'auditor'
  return {
    role,
    isOwnCase: false,
    isApprover: false,
    isLinked: true,
    toStarter: person === starter ? 'same' : 'another',
    isInStartersLine:
      starter !== null && (starter.managerId === person.id || person.managerId === starter.id),
    toFirst: person === first ? 'same' : 'another',
    maySecond: may(role, 'verifications.second'),
  }
}

/** Everybody who is a supervisor of the organisation. */
export const supervisorsOf = ({ world }: Story): readonly SeedPerson[] =>
  world.people.filter((person) => person.desk?.role === 'supervisor')

/** A supervisor besides the agent on the line. */
export const otherSupervisor = (story: Story): SeedPerson | undefined =>
  supervisorsOf(story).find((person) => person !== story.case.agent)
