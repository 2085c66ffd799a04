import { defineCheck, type Finding, type Weights } from '../../check.ts'
import type { ApproverFacts } from '../../facts.ts'
import { dayMs } from '../../quality.ts'
import { say } from '../../text.ts'

/** A "no" counts against this case for so long: longer than any case lives. */
const rememberedDays = 30

/**
 * The manager, or a person named for it, signed in by themself and said whether they know that it is the participant who
 * asks. A "no" stops the case. An approver who cannot be reached or is not sure costs the participant nothing.
 */
export const approver = defineCheck({
  code: 'POS_APPROVER',
  category: 'possession',
  group: 'approver',
  defaultWeights: { vouched: 12 },
  evaluate({ possession: { approvers } }, weights) {
    if (approvers.length === 0) return { status: 'not_applicable', text: say('approver.not_asked') }
    const denied = approvers.find(({ answer }) => answer === 'no')
    if (denied !== undefined) return denial(denied)
    const vouched = approvers.find(({ answer, isEligible }) => answer === 'yes' && isEligible)
    return vouched === undefined ? without(approvers) : vouching(vouched, weights)
  },
})

/** Everybody who may see evidence sees relation and time; only reviewers see the name. */
const evidenceOf = (asked: ApproverFacts) => {
  const at = new Date(asked.answeredAt ?? asked.askedAt).toISOString()
  return [
    { label: 'approver', value: say(`evidence.approver_${asked.as}`, { at }), sensitivity: 0 },
    { label: 'name', value: asked.name, sensitivity: 1 },
    { label: 'request', value: asked.id, sensitivity: 1 },
  ] as const
}

const denial = (asked: ApproverFacts): Finding => ({
  status: 'critical',
  floor: {
    value: 9,
    expiresAt: new Date((asked.answeredAt ?? asked.askedAt) + rememberedDays * dayMs).toISOString(),
  },
  evidence: evidenceOf(asked),
  text: say('approver.denied'),
  remedy: say('remedy.escalate'),
})

const vouching = (asked: ApproverFacts, { vouched }: Weights<'vouched'>): Finding => ({
  status: 'pass',
  weight: vouched,
  evidenceClass: 'approver',
  evidence: evidenceOf(asked),
  text: say(`approver.vouched_${asked.as}`),
})

/** The newest request decides what the finding says. */
const without = (approvers: readonly ApproverFacts[]): Finding => {
  const newest = approvers.at(-1) as ApproverFacts
  const key =
    newest.answer === 'yes' ? 'not_eligible' : (newest.answer ?? (newest.isOver ? 'silent' : 'waiting'))
  return {
    status: 'unknown',
    evidence: evidenceOf(newest),
    text: say(`approver.${key as 'not_eligible' | 'not_sure' | 'silent' | 'waiting'}`),
    ...(key === 'waiting' ? {} : { remedy: say('remedy.other_route') }),
  }
}
