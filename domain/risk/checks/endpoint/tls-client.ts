import { defineCheck } from '../../check.ts'
import type { NetworkFacts, UserAgentFacts } from '../../facts.ts'
import { say } from '../../text.ts'

/**
 * The part of JA4 that stands for the offered ciphers tells the TLS library. It stays the same over many versions, while the part
 * for extensions changes with every few. Measured in November 2026 with Chromium 156, Firefox ESR 153, OpenSSL 3.0 (curl 7.88,
 * Python 3.11), Node 20, Go 1.26, OpenJDK 17 and GnuTLS 3.7 (wget 1.21); that of Safari, and of Firefox until 133, is published.
 */
const libraries: ReadonlyMap<string, string> = new Map([
  ['8daaf6152771', 'Chromium'],
  ['86a278354501', 'Firefox'],
  ['5b57614c22b0', 'Firefox'],
  ['a09f3c656075', 'Safari'],
  ['e8f1e7e78f70', 'OpenSSL'],
  ['85036bcba153', 'Python'],
  ['a33745022dd6', 'Node.js'],
  ['f57a46bbacb6', 'Go'],
  ['db35923f8641', 'Java'],
  ['723694b0fccc', 'GnuTLS'],
])

/** JA4 has parts of fixed lengths: ten characters of shape, twelve of ciphers, twelve of extensions. */
function libraryOf(ja4: string): string | null {
  return libraries.get(ja4.slice(11, 23)) ?? null
}

/** The connection is encrypted by the library of another program than the browser that it claims to come from. */
export const tlsClient = defineCheck({
  code: 'END_TLS_CLIENT',
  category: 'endpoint',
  group: 'tamper',
  phase: 2,
  asks: 'one_more_kind',
  defaultWeights: { differs: -8 },
  evaluate({ network, endpoint: { userAgent } }, weights) {
    if (network.request === null || userAgent === null)
      return { status: 'unknown', text: say('endpoint.no_request') }
    const ja4 = network.request.ja4 ?? null
    if (ja4 === null) return { status: 'not_applicable', text: say('tls_client.untold') }
    if (isInspected(network)) return { status: 'not_applicable', text: say('tls_client.inspected') }
    const claimed = engineOf(userAgent)
    const seen = libraryOf(ja4)
    if (seen === null || claimed === null)
      return { status: 'not_applicable', text: say('tls_client.unheard') }
    if (seen === claimed) return { status: 'pass', text: say('tls_client.pass') }
    return {
      status: 'flag',
      weight: weights.differs,
      evidence: [{ label: 'tls', value: ja4, sensitivity: 1 }],
      text: say('tls_client.hit', { claimed, seen }),
      remedy: say('remedy.other_browser'),
    }
  },
})

/** Offices and gateways often decrypt and encrypt anew: what arrives is their own library. */
function isInspected({ egress, gatewayLabel }: NetworkFacts): boolean {
  return egress.label !== null || gatewayLabel !== null
}

/** The browsers with a library of their own; on iOS every browser uses that of Safari. */
function engineOf({ browser, isChromium, os }: UserAgentFacts): string | null {
  if (os === 'ios') return 'Safari'
  if (isChromium) return 'Chromium'
  return browser === 'Firefox' || browser === 'Safari' ? browser : null
}
