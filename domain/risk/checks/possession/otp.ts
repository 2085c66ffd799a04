import { defineCheck } from '../../check.ts'
import type { Finding, Weights } from '../../check.ts'
import { isEligible, isSettled, ownMailboxGroup } from '../../contact-rules.ts'
import type { PossessionFacts, ReturnedSecret, RiskFacts } from '../../facts.ts'
import { say } from '../../text.ts'

/**
 * A secret sent to a contact came back in this portal session. What the channel check already credited to the same contact is
 * not credited twice: together never more than `eligible`. Two numbers are one kind of evidence, since an attacker who took
 * over one at the carrier may have both (B21): the second one moves the score only. So are two mailboxes of one account.
 */
export const otp = defineCheck({
  code: 'POS_OTP',
  category: 'possession',
  group: 'otp',
  ruleVersion: 2,
  defaultWeights: { eligible: 10, creditedByChannel: 5 },
  evaluate(facts, weights, isLive) {
    const { returned } = facts.possession
    if (returned.length === 0) return { status: 'unknown', text: say('otp.waiting') }
    const hasChannel = isLive('PER_CHANNEL')
    const newest = newestByContact(returned)
    const number = newest.find(({ contact }) => contact.channel === 'sms' && isEligible(contact, facts.at))
    return newest.map((secret) => {
      const isFurtherNumber = secret.contact.channel === 'sms' && secret !== number
      return judge(secret, facts, hasChannel, weights, isFurtherNumber)
    })
  },
})

/** Two secrets through one contact prove one thing. */
function newestByContact(returned: readonly ReturnedSecret[]): readonly ReturnedSecret[] {
  const byContact = new Map<string, ReturnedSecret>()
  for (const secret of [...returned].sort((a, b) => a.at - b.at)) byContact.set(secret.contact.id, secret)
  return [...byContact.values()]
}

function judge(
  secret: ReturnedSecret,
  { possession, persona, at }: RiskFacts,
  hasChannel: boolean,
  weights: Weights<'eligible' | 'creditedByChannel'>,
  isFurtherNumber: boolean,
): Finding {
  const { contact } = secret
  const group = contact.isOwnMailbox === true ? ownMailboxGroup : `otp:${contact.id}`
  const evidence = [
    {
      label: 'contact',
      value: say(`evidence.${secret.kind}_returned`, { channel: contact.channel, masked: contact.masked }),
      sensitivity: 0,
    },
  ] as const
  if (isUnbound(secret, possession)) return { status: 'info', group, evidence, text: say('otp.unbound') }
  const { masked } = contact
  if (!isEligible(contact, at))
    return {
      status: 'info',
      group,
      evidence,
      text: say('otp.not_eligible', { masked }),
      remedy: say('remedy.older_contact'),
    }
  const isCredited = hasChannel && persona.contact?.id === contact.id && isSettled(contact, at)
  return {
    status: 'pass',
    weight: isCredited ? weights.creditedByChannel : weights.eligible,
    group,
    ...(isFurtherNumber ? {} : { evidenceClass: 'possession' as const }),
    evidence,
    text: say('otp.returned', { masked }),
  }
}

/** A link opened by a person who is not on the call proves nothing about the caller. */
function isUnbound(secret: ReturnedSecret, { startedBy, matchCode }: PossessionFacts): boolean {
  return startedBy === 'agent' && secret.kind === 'link' && matchCode?.isMatched !== true
}
