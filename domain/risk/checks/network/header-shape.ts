import { defineCheck } from '../../check.ts'
import type { EvidenceValue } from '../../check.ts'
import type { NetworkFacts, UserAgentFacts } from '../../facts.ts'
import { say } from '../../text.ts'
import type { CheckText } from '../../text.ts'

/** Chromium from version 90 on always sends these in a secure context. */
const chromiumSends = ['sec-ch-ua', 'sec-fetch-mode', 'accept-language'] as const

/** The request lacks what the browser it claims to be always sends, or has a form no browser sends. */
export const headerShape = defineCheck({
  code: 'NET_HEADER_SHAPE',
  category: 'network',
  group: 'path',
  defaultWeights: { odd: -5 },
  evaluate({ network, endpoint: { userAgent } }, weights) {
    const { request } = network
    if (request === null || userAgent === null)
      return { status: 'unknown', text: say('header_shape.no_request') }
    const odd = oddity(request, network.client, userAgent)
    if (odd !== null) {
      const evidence = [{ label: 'request', value: odd.seen, sensitivity: 0 }] as const
      const remedy = say('remedy.other_browser')
      return { status: 'flag', weight: weights.odd, evidence, text: odd.text, remedy }
    }
    if (claimsChromium(userAgent) && !request.isSecureContext)
      return { status: 'not_applicable', text: say('header_shape.insecure') }
    return { status: 'pass', text: say('header_shape.pass') }
  },
})

type Oddity = { text: CheckText; seen: EvidenceValue }

function oddity(
  request: NonNullable<NetworkFacts['request']>,
  client: NetworkFacts['client'],
  userAgent: UserAgentFacts,
): Oddity | null {
  if (request.headerNames.filter((name) => name === 'host').length > 1)
    return { text: say('header_shape.double_host'), seen: say('evidence.double_host') }
  // Behind our own proxy the protocol version is the proxy's, not the browser's.
  const isDirect = client === null || client.hops === 0 || client.problem === 'untrusted_peer'
  if (request.httpVersion === '1.0' && isDirect)
    return { text: say('header_shape.old_protocol'), seen: 'HTTP 1.0' }
  if (!request.isSecureContext || !claimsChromium(userAgent)) return null
  const missing = chromiumSends.filter((name) => !request.headerNames.includes(name))
  const names = missing.join(', ')
  return missing.length === 0 ? null : { text: say('header_shape.missing', { names }), seen: names }
}

function claimsChromium(userAgent: UserAgentFacts): boolean {
  return userAgent.isChromium && (userAgent.major ?? 0) >= 90
}
