import { describe, expect, it } from 'vitest'
import type { UserAgentFacts } from '../../facts.ts'
import { facts } from '../../testing/facts.ts'
import { verdictOf } from '../../testing/findings.ts'
import { tlsClient } from './tls-client.ts'

const base = facts()
const seen = (ja4: string | null, userAgent: Partial<UserAgentFacts> = {}) => {
  const { request } = base.network
  const agent = base.endpoint.userAgent
  if (request === null || agent === null) throw new Error('the ordinary case has a request')
  return facts({
    network: { request: { ...request, ja4 } },
    endpoint: { userAgent: { ...agent, ...userAgent } },
  })
}
const firefox = { browser: 'Firefox', isChromium: false }
const safari = { browser: 'Safari', isChromium: false, os: 'macos' } as const
const chromeOnIos = { browser: 'Chrome', isChromium: false, os: 'ios' } as const
const of = {
  chromium: 't13d1517h2_8daaf6152771_cb7bf5808d99',
  firefox: 't13d1617h2_86a278354501_3cbfd9057e0d',
  olderFirefox: 't13d1715h2_5b57614c22b0_3d5424432f57',
  safari: 't13d2014h2_a09f3c656075_e42f34c56612',
  node: 't13d5911h1_a33745022dd6_1f22a2ca17c4',
  go: 't13d1312h2_f57a46bbacb6_ab7e3b40a677',
  python: 't13d1812h1_85036bcba153_d41ae481755e',
  quic: 'q13d0312h3_55b375c5d22e_06cda9e17597',
}

describe('END_TLS_CLIENT', () => {
  it.each<[string, string | null, Partial<UserAgentFacts>, string]>([
    ['Chrome that is Chrome', of.chromium, {}, 'pass'],
    ['Firefox that is Firefox', of.firefox, firefox, 'pass'],
    ['an older Firefox', of.olderFirefox, firefox, 'pass'],
    ['Safari that is Safari', of.safari, safari, 'pass'],
    ['Chrome on an iPhone, which is WebKit', of.safari, chromeOnIos, 'pass'],
    ['Python in the name of Chrome', of.python, {}, 'flag -8'],
    ['Node in the name of Firefox', of.node, firefox, 'flag -8'],
    ['Go in the name of Safari', of.go, safari, 'flag -8'],
    ['Chrome in the name of Safari', of.chromium, safari, 'flag -8'],
    ['a relay in Go before a real iPhone', of.go, chromeOnIos, 'flag -8'],
    ['a library that nobody has told us about', 't13d1011h2_0123456789ab_0123456789ab', {}, 'not_applicable'],
    ['HTTP/3, where all browsers offer the same three ciphers', of.quic, {}, 'not_applicable'],
    [
      'a browser whose library we do not know',
      of.chromium,
      { browser: 'Ladybird', isChromium: false },
      'not_applicable',
    ],
    ['no word from the proxy', null, {}, 'not_applicable'],
  ])('%s', (_name, ja4, userAgent, expected) => {
    expect(verdictOf(tlsClient, seen(ja4, userAgent))).toBe(expected)
  })

  it('is silent about the library of an office or a gateway, and before any request', () => {
    const curl = seen(of.python)
    const office = { ...curl.network, egress: { configured: true, label: 'Hamburg' } }
    expect(verdictOf(tlsClient, { ...curl, network: office })).toBe('not_applicable')
    expect(verdictOf(tlsClient, { ...curl, network: { ...curl.network, gatewayLabel: 'proxy' } })).toBe(
      'not_applicable',
    )
    expect(verdictOf(tlsClient, { ...curl, network: { ...curl.network, request: null } })).toBe('unknown')
    expect(verdictOf(tlsClient, { ...curl, endpoint: { ...curl.endpoint, userAgent: null } })).toBe('unknown')
    // A case that was stored before any proxy told it.
    expect(verdictOf(tlsClient, facts())).toBe('not_applicable')
  })
})
