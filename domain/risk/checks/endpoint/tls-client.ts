import { defineCheck } from '../../check.ts'
import type { UserAgentFacts } from '../../facts.ts'
import { say } from '../../text.ts'

type Engine = 'chromium' | 'firefox' | 'webkit'

/**
 * The part of JA4 that stands for the offered ciphers tells the TLS library. It stays the same over many versions, while the part
 * for extensions changes with every few. Measured in November 2026 with Chromium 156, Firefox ESR 153, OpenSSL 3.0 (curl 7.88,
 * Python 3.11), Node 20, Go 1.26, OpenJDK 17 and GnuTLS 3.7 (wget 1.21); that of Safari, and of Firefox until 133, is published.
 */
const engines: ReadonlyMap<string, Engine> = new Map([
  ['8daaf6152771', 'chromium'],
  ['86a278354501', 'firefox'],
  ['5b57614c22b0', 'firefox'],
  ['a09f3c656075', 'webkit'],
])
const libraries: ReadonlyMap<string, string> = new Map([
  ['e8f1e7e78f70', 'OpenSSL'],
  ['85036bcba153', 'Python'],
  ['a33745022dd6', 'Node.js'],
  ['f57a46bbacb6', 'Go'],
  ['db35923f8641', 'Java'],
  ['723694b0fccc', 'GnuTLS'],
])
const engineNames: Readonly<Record<Engine, string>> = {
  chromium: 'Chromium',
  firefox: 'Firefox',
  webkit: 'Safari',
}

/** The connection is encrypted by the library of another program than the browser that it claims to come from. */
export const tlsClient = defineCheck({
  code: 'END_TLS_CLIENT',
  category: 'endpoint',
  group: 'tamper',
  phase: 2,
  asks: 'one_more_kind',
  defaultWeights: { differs: -8 },
  evaluate({ network: { request, egress, gatewayLabel }, endpoint: { userAgent } }, weights) {
    if (request === null || userAgent === null) return { status: 'unknown', text: say('endpoint.no_request') }
    const ja4 = request.ja4 ?? null
    if (ja4 === null) return { status: 'not_applicable', text: say('tls_client.untold') }
    // Offices and gateways often decrypt and encrypt anew: what arrives is their own library.
    if (egress.label !== null || gatewayLabel !== null)
      return { status: 'not_applicable', text: say('tls_client.inspected') }
    const ciphers = ja4.split('_')[1] ?? ''
    const claimed = engineOf(userAgent)
    const engine = engines.get(ciphers)
    const seen = engine === undefined ? libraries.get(ciphers) : engineNames[engine]
    if (seen === undefined || claimed === null)
      return { status: 'not_applicable', text: say('tls_client.unheard') }
    if (engine === claimed) return { status: 'pass', text: say('tls_client.pass') }
    return {
      status: 'flag',
      weight: weights.differs,
      evidence: [{ label: 'tls', value: ja4, sensitivity: 1 }],
      text: say('tls_client.hit', { claimed: engineNames[claimed], seen }),
      remedy: say('remedy.other_browser'),
    }
  },
})

/** On iOS every browser is WebKit. */
function engineOf({ browser, isChromium, os }: UserAgentFacts): Engine | null {
  if (os === 'ios') return 'webkit'
  if (isChromium) return 'chromium'
  if (browser === 'Firefox') return 'firefox'
  return browser === 'Safari' ? 'webkit' : null
}
