/** Demands that a policy evaluates without asking: what it would have asked for is recorded with the case. */
import { demands, type Demand } from '../risk/settings.ts'
import type { PolicyDecision, PolicyReason, WouldAsk } from './decision.ts'
import type { EvidenceKind, Policy } from './policy.ts'
import { isSign } from './signs.ts'

/** True if a policy asks for this, and does not only record it. */
export const isAsked = ({ score }: Pick<Policy, 'score'>, demand: Demand): boolean =>
  score.onlyRecorded?.[demand] !== true

/** The policy with one demand asked again. */
const asking = (policy: Policy, demand: Demand): Policy => ({
  ...policy,
  score: { ...policy.score, onlyRecorded: { ...policy.score.onlyRecorded, [demand]: false } },
})

/** True if one answer asks for more than another: more kinds, or a supervisor, or nobody could approve yet. */
const isStricter = (asked: PolicyDecision, given: PolicyDecision): boolean =>
  asked.missingCount > given.missingCount ||
  (asked.answer === 'hold' && given.answer === 'approve') ||
  (asked.next === 'supervisor' && given.next !== 'supervisor')

const reasonsOf = (demand: Demand, { reasons }: PolicyDecision): readonly PolicyReason[] =>
  demand === 'findings' ? reasons.filter(isSign) : [demand]

/** The demands that a policy only records and that this case would have met, each weighed as if it alone were asked. */
export const wouldAsk = (
  given: PolicyDecision,
  policy: Policy,
  obtainable: readonly EvidenceKind[],
  decideUnder: (policy: Policy) => PolicyDecision,
): readonly WouldAsk[] =>
  demands
    .filter((demand) => !isAsked(policy, demand))
    .flatMap((demand) => {
      const asked = decideUnder(asking(policy, demand))
      if (!isStricter(asked, given)) return []
      const ways = asked.missingClasses.filter((kind) => obtainable.includes(kind)).length
      return [{ demand, reasons: reasonsOf(demand, asked), hasWay: ways >= asked.missingCount }]
    })
