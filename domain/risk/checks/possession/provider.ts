import { defineCheck, type Finding, type Weights } from '../../check.ts'
import type { ProviderSignInFacts } from '../../facts.ts'
import { providerGroup } from '../../sign-in-strength.ts'
import { say, type CheckText } from '../../text.ts'

/**
 * The participant signed in anew at the organisation's identity provider, on the page of this case (POS_PROVIDER). The strength
 * was judged by the case's policy when it came. Another person's account is no proof, and speaks against the case
 * until the participant's own signs in; that the provider is down, or a password alone, costs nothing.
 */
export const provider = defineCheck({
  code: 'POS_PROVIDER',
  category: 'possession',
  group: providerGroup,
  asks: 'one_more_kind',
  defaultWeights: { strong: 12, phishingResistant: 18, otherAccount: -6 },
  evaluate({ possession: { providerSignIn: facts } }, weights) {
    if (facts === undefined) return { status: 'not_applicable', text: say('provider.none') }
    const { proven, foreignAt, isWeak, isGivenUp } = facts
    if (proven !== null) return proof(proven, weights)
    if (foreignAt !== null)
      return {
        status: 'flag',
        weight: weights.otherAccount,
        evidence: seen(say('evidence.at', { at: new Date(foreignAt).toISOString() })),
        text: say('provider.other_account'),
        remedy: say('remedy.escalate'),
      }
    if (isWeak) return { status: 'info', text: say('provider.weak'), remedy: say('remedy.other_route') }
    return { status: 'unknown', text: say(isGivenUp ? 'provider.given_up' : 'provider.not_used') }
  },
})

const seen = (value: CheckText) => [{ label: 'sign_in', value, sensitivity: 0 }] as const

const proof = (
  { at, methods, strength }: NonNullable<ProviderSignInFacts['proven']>,
  weights: Weights<'strong' | 'phishingResistant'>,
): Finding => {
  const isResistant = strength === 'phishing_resistant'
  const slots = { methods: methods.join(', '), at: new Date(at).toISOString() }
  return {
    status: 'pass',
    weight: isResistant ? weights.phishingResistant : weights.strong,
    evidenceClass: isResistant ? 'phishing_resistant' : 'provider_sign_in',
    evidence: seen(say('evidence.provider_sign_in', slots)),
    text: say(isResistant ? 'provider.resistant' : 'provider.proven'),
  }
}
