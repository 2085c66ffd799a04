/**
 * The approvers of the bench. Their answers are assumptions, printed with the result; the product's own rule says who
 * may be asked.
 */
import { chooseApprover, type ApproverCandidate } from '#domain/policy/approver.ts'
import { ruleFor } from '#domain/policy/policy.ts'
import type { ApproverFacts } from '#domain/risk/facts.ts'
import { now } from '#domain/risk/testing/facts.ts'
import type { Random } from '#domain/risk/testing/random.ts'
import { policy } from './world.ts'

/**
 * The assumptions, per cent: about approvers asked for the genuine person, and about those whom an attacker has called
 * first.
 */
export const assumed = {
  hasManager: 96,
  hasNamedPerson: 100,
  managerIneligible: 4,
  genuine: { yes: 78, no: 0.5, not_sure: 3.5, never: 18 },
  deceived: { yes: 8, no: 32, not_sure: 20, never: 40 },
} as const

type Who = 'genuine' | 'deceived'

/** The approvers of one person, in the order in which the product asks them. */
export const candidatesOf = (random: Random): readonly ApproverCandidate[] => {
  const candidate = (personId: string, as: 'manager' | 'named', isEligible: boolean): ApproverCandidate => ({
    personId,
    as,
    managerId: null,
    isActive: true,
    isFrozen: false,
    canSignIn: true,
    isContactChanged: !isEligible,
    hasContact: true,
    requests: policy.limits.requestsPerApprover.map(() => 0),
    askedHere: 0,
  })
  const hasManager = random.chance(assumed.hasManager / 100)
  const isEligible = !random.chance(assumed.managerIneligible / 100)
  return [
    ...(hasManager ? [candidate('manager', 'manager', isEligible)] : []),
    // The policy page counts people who have neither; an admin names an approver for them.
    ...(hasManager || !random.chance(assumed.hasNamedPerson / 100)
      ? []
      : [candidate('named', 'named', true)]),
  ]
}

/** The approver whom the product would ask next, after those already asked. */
export const nextApprover = (
  candidates: readonly ApproverCandidate[],
  asked: readonly ApproverFacts[],
): ApproverCandidate | null =>
  chooseApprover(
    candidates.map((one) => ({ ...one, askedHere: asked.filter(({ id }) => id === one.personId).length })),
    {
      policy,
      rule: ruleFor(policy, 'password_reset', 'standard'),
      participantId: 'participant',
      agents: [{ personId: 'agent', managerId: 'agents-manager' }],
      asked: asked.length,
    },
  ).approver

/** The answer of an approver. */
export const askApprover = ({ personId, as }: ApproverCandidate, who: Who, random: Random): ApproverFacts => {
  const draw = random.int(1, 1_000) / 10
  const { yes, no, not_sure: notSure } = assumed[who]
  const answer =
    draw <= yes ? 'yes' : draw <= yes + no ? 'no' : draw <= yes + no + notSure ? 'not_sure' : null
  return {
    id: personId,
    as,
    name: as,
    askedAt: now,
    answer,
    answeredAt: answer === null ? null : now,
    isOver: answer === null,
    isEligible: answer === 'yes',
  }
}
