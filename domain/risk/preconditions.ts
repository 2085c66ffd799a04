/** Several checks share these preconditions: each answers with the finding that says why they cannot. */
import type { Finding } from './check.ts'
import { isKeyCopied } from './copied-key.ts'
import type { AnswerFacts, IpFacts, RiskFacts, SourceRef } from './facts.ts'
import type { InputReport, ProbeReport } from './probe.ts'
import { dayMs } from './quality.ts'
import { say } from './text.ts'

/** Looks only at a public address that the data could be asked about; what is found rests on the classes of networks. */
export function withPublicIp(facts: RiskFacts, look: (ip: IpFacts) => Finding): Finding {
  const { client, ip } = facts.network
  if (client === null || client.address === null) return { status: 'unknown', text: say('network.not_seen') }
  if (ip === null) return { status: 'unknown', text: say('network.no_data') }
  if (ip.status === 'not_applicable') return { status: 'not_applicable', text: say('network.private') }
  return { ...from(ip.sources.classes), ...look(ip) }
}

/** Looks only when the country of the address is known and says something about the person's place. */
export function withCountry(facts: RiskFacts, look: (country: string, ip: IpFacts) => Finding): Finding {
  return withPublicIp(facts, (ip) => {
    const source = from(ip.sources.country)
    if (ip.country === null) return { ...source, status: 'unknown', text: say('network.no_country') }
    if (isLocationUnreliable(facts, ip)) return { status: 'info', text: say('network.unreliable') }
    return { ...source, ...look(ip.country, ip) }
  })
}

/** The data file that a finding rests on, unless it names another one itself. */
function from(source: SourceRef | null): Pick<Finding, 'source'> {
  return source === null ? {} : { source }
}

/** Looks only when a beacon of the collector arrived. */
export function withProbe(facts: RiskFacts, look: (probe: ProbeReport) => Finding): Finding {
  const { probe } = facts.endpoint
  return probe === null ? { status: 'unknown', text: say('endpoint.no_probe') } : look(probe)
}

/** A device, however it is known, says something for half a year. */
const rememberedDays = 180
/** Weighted share of equal parts from which two devices look like one. */
export const alikeFrom = 0.9

/** The device key was proven, and belongs to a device that this participant was verified with in 180 d. */
export function isKnownByKey({ endpoint: { device }, at }: RiskFacts): boolean {
  const { proof, known } = device
  return proof === 'valid' && known !== null && at - known.lastAt < rememberedDays * dayMs
}

/** The same, with the machine and the neighbourhood that the key was seen with, and in no other place at once. */
export function isKnownWhole(facts: RiskFacts): boolean {
  const drift = facts.endpoint.device.known?.drift ?? []
  return isKnownByKey(facts) && drift.length === 0 && !isKeyCopied(facts)
}

/**
 * True if the device or the network was seen with this person before and no earlier case of the last day failed. A floor for
 * counts alone would condemn a whole office behind one address, or a person whose links ran out.
 */
export function isFamiliar(facts: RiskFacts): boolean {
  const { history, ip } = facts.network
  const asn = ip?.asn ?? null
  const isSeen = asn !== null && history?.asns.some((seen) => seen.asn === asn && seen.count > 0) === true
  return (isKnownWhole(facts) || isSeen) && facts.persona.attempts?.failed24h === 0
}

/** The signed cookie of an earlier verification of this participant, younger than 180 d, and no forged key beside it. */
export function isKnownByCookie({ endpoint: { device }, at }: RiskFacts): boolean {
  const { cookie, proof } = device
  return cookie.state === 'known' && proof !== 'invalid' && at - cookie.lastAt < rememberedDays * dayMs
}

/** Looks like a device of this person and like nobody else's. */
export function isAlike({ endpoint: { probe, device } }: RiskFacts): boolean {
  const { similar, proof } = device
  if (probe === null || similar === null || proof === 'invalid') return false
  return similar.share >= alikeFrom && similar.othersAlike === 0
}

/** Answers that say something about how they were given; skipped ones do not. */
export function givenAnswers<Answer extends Pick<AnswerFacts, 'verdict'>>(facts: {
  readonly challenge: { readonly answers: readonly Answer[] }
}): readonly Answer[] {
  return facts.challenge.answers.filter((answer) => answer.verdict !== 'skipped')
}

/** The way in which given answers were typed, where the page reported it and not in accessibility mode. */
export function typedAnswers(
  facts: RiskFacts,
): readonly (Omit<AnswerFacts, 'input'> & { readonly input: InputReport })[] {
  return givenAnswers(facts).flatMap(({ input, ...answer }) =>
    input === null || input.accessibility ? [] : [{ ...answer, input }],
  )
}

/** Something that was entered on a watched page: an answer that was given, or a code. */
export type Entry = {
  /** The family of the question; null: a code */
  readonly family: string | null
  /** In a field; false: chosen from a list */
  readonly isTyped: boolean
  readonly letters: number
  /** A message brought it, so that pasting or filling it in is what most people do */
  readonly isSent: boolean
  /** null: the page sent no summary */
  readonly input: InputReport | null
}

/**
 * Everything that was entered. The code that an agent reads out has to be typed; one that came in a message need not be.
 */
export function entriesOf(facts: {
  readonly endpoint: Pick<RiskFacts['endpoint'], 'codes'>
  readonly possession: Pick<RiskFacts['possession'], 'startedBy'>
  readonly challenge: {
    readonly answers: readonly Pick<AnswerFacts, 'family' | 'verdict' | 'form' | 'letters' | 'input'>[]
  }
}): readonly Entry[] {
  const isReadOut = facts.possession.startedBy === 'agent'
  return [
    ...facts.endpoint.codes.map(({ step, input }): Entry => {
      const isSent = step === 'second_code' || !isReadOut
      return { family: null, isTyped: true, letters: codeLength, isSent, input }
    }),
    ...givenAnswers(facts).map(({ family, form, letters, input }): Entry => {
      return { family, isTyped: form === 'typed', letters, isSent: false, input }
    }),
  ]
}

const codeLength = 6

/** True if a text that has to be typed came in without keys, and neither pasted nor by an aid that the browser knows. */
export function appeared({ isTyped, isSent, letters, input }: Entry): boolean {
  if (!isTyped || isSent || letters < fewestLetters || input === null) return false
  return input.keydowns <= 1 && input.pastes === 0 && input.assisted === 0
}

/** Shorter texts say nothing about how they came in. */
export const fewestLetters = 4

/** True if the participant said, on any page, that they dictate or that an aid types for them. No reason is asked. */
export function usesAid(entries: readonly Entry[]): boolean {
  return entries.some(({ input }) => input !== null && input.accessibility)
}

/** True if a mouse pressed at least once where only a hand presses: off the centre, or after a way there. */
export function isPressedByHand(entries: readonly Entry[]): boolean {
  return entries.some(({ input }) => input !== null && input.mouse.presses > input.mouse.centred)
}

/** The operator named this network: its own egress, its VPN pool or its gateway. */
export function isOwnNetwork(facts: RiskFacts): boolean {
  return facts.network.egress.label !== null || facts.network.gatewayLabel !== null
}

/** Gateways and relays: the address shows where the gateway is, not where the person is. */
export function isLocationUnreliable(facts: RiskFacts, ip: IpFacts): boolean {
  return (
    facts.network.gatewayLabel !== null || ip.class === 'sse' || ip.class === 'relay' || ip.class === 'cdn'
  )
}

/**
 * Until the operator has listed mobile networks, a phone browser on a network that is `isp` or unclassed counts as
 * mobile.
 */
export function isMobileNetwork(facts: RiskFacts, ip: IpFacts): boolean {
  if (ip.class === 'mobile') return true
  const isCarrier = ip.class === 'isp' || ip.class === null
  return isCarrier && facts.endpoint.userAgent?.isMobile === true
}

/** The owner of an address in words: `AS24940 Hetzner Online GmbH`. */
export function networkName(ip: IpFacts): string {
  return ip.asn === null ? 'unknown network' : `AS${String(ip.asn)} ${ip.asnName ?? ''}`.trim()
}
