import { describe, expect, it } from 'vitest'
import type { EndpointFacts, KeyUse, UserAgentFacts } from '../../facts.ts'
import type { Drift } from '../../likeness.ts'
import type { ProbeReport, TamperFindings } from '../../probe.ts'
import { dayMs, facts, now, probe, surface } from '../../testing/facts.ts'
import { resultOf, verdictOf } from '../../testing/findings.ts'
import { apiTamper } from './api-tamper.ts'
import { cdp } from './cdp.ts'
import { copiedKey } from './copied-key.ts'
import { headlessUa } from './headless-ua.ts'
import { knownKey } from './known-key.ts'
import { langHeader } from './lang-header.ts'
import { newDevice } from './new-device.ts'
import { noTelemetry } from './no-telemetry.ts'
import { scanner } from './scanner.ts'
import { sharedDevice } from './shared-device.ts'
import { telemetryForged } from './telemetry-forged.ts'
import { uaCh } from './ua-ch.ts'
import { uaPlatform } from './ua-platform.ts'
import { vmGraphics } from './vm-graphics.ts'
import { webdriver } from './webdriver.ts'
import { worker } from './worker.ts'

const at = (endpoint: Partial<EndpointFacts>) => facts({ endpoint })
const probed = (changes: Partial<ProbeReport>) => at({ probe: probe(changes) })
const chromeOn = facts().endpoint.userAgent
const agent = (changes: Partial<UserAgentFacts>) => (chromeOn === null ? null : { ...chromeOn, ...changes })

describe('checks on the beacon', () => {
  const needing = [webdriver, cdp, uaPlatform, worker, apiTamper, vmGraphics]
  it.each(needing.map((check) => [check.code, check] as const))(
    '%s is unknown without one and passes an ordinary one',
    (_code, check) => {
      expect(verdictOf(check, at({ probe: null }))).toBe('unknown')
      expect(verdictOf(check, facts())).toBe('pass')
    },
  )
})

describe('signs of automation', () => {
  it('END_WEBDRIVER', () => {
    expect(verdictOf(webdriver, probed({ webdriver: true }))).toBe('flag -14')
    expect(verdictOf(webdriver, probed({ webdriver: null }))).toBe('unknown')
  })

  it.each([
    ['ordinary', {}, 'pass'],
    ['no user agent', { userAgent: agent({ raw: ' ' }) }, 'flag -14'],
    ['a tool', { userAgent: agent({ raw: 'curl/8.9.1', botWord: 'curl' }) }, 'flag -14'],
    ['headless in the header', { userAgent: agent({ raw: 'Mozilla/5.0 HeadlessChrome/156.0' }) }, 'flag -14'],
    [
      'headless in the page only',
      { probe: probe({ page: surface({ userAgent: 'HeadlessChrome/156' }) }) },
      'flag -14',
    ],
    ['nothing seen', { userAgent: null, probe: null }, 'unknown'],
  ])('END_HEADLESS_UA: %s', (_name, changes, expected) => {
    expect(verdictOf(headlessUa, at(changes))).toBe(expected)
  })

  it('END_CDP counts calls, never alone critical, and needs an engine with the hook', () => {
    expect(verdictOf(cdp, probed({ debuggerHits: 1 }))).toBe('flag -6')
    expect(verdictOf(cdp, probed({ debuggerHits: null }))).toBe('not_applicable')
  })
})

describe('END_UA_PLATFORM', () => {
  it.each([
    ['windows', 'Win32', 0, 'pass'],
    ['windows', 'Linux x86_64', 0, 'flag -8'],
    ['android', 'Linux armv81', 5, 'pass'],
    ['linux', 'Android', 5, 'pass'],
    ['chromeos', 'Linux x86_64', 0, 'pass'],
    ['ios', 'iPhone', 5, 'pass'],
    ['ios', 'Linux x86_64', 5, 'flag -8'],
    ['macos', 'iPad', 5, 'pass'],
    ['ios', 'MacIntel', 5, 'pass'],
    ['ios', 'MacIntel', 2, 'pass'],
    ['ios', 'MacIntel', 1, 'flag -8'],
    ['macos', 'Win32', 0, 'flag -8'],
    ['windows', 'Amiga', 0, 'unknown'],
    [null, 'Win32', 0, 'unknown'],
  ] as const)('%s on %s with %i touch points: %s', (os, platform, touchPoints, expected) => {
    const given = at({ userAgent: agent({ os }), probe: probe({ page: surface({ platform }), touchPoints }) })
    expect(verdictOf(uaPlatform, given)).toBe(expected)
  })
})

describe('END_UA_CH', () => {
  const script = (changes: object) => ({
    probe: probe({
      hints: {
        brands: [{ brand: 'Chromium', version: '156' }],
        mobile: false,
        platform: 'Windows',
        platformVersion: null,
        ...changes,
      },
    }),
  })
  it.each([
    ['all agree', {}, 'pass'],
    [
      'header major differs',
      { hints: { chromiumMajor: 155, platform: 'Windows', isMobile: false } },
      'flag -8',
    ],
    [
      'header system differs',
      { hints: { chromiumMajor: 156, platform: 'Linux', isMobile: false } },
      'flag -8',
    ],
    [
      'header and script differ on mobile',
      { hints: { chromiumMajor: 156, platform: 'Windows', isMobile: true } },
      'flag -8',
    ],
    ['script major differs', script({ brands: [{ brand: 'Chromium', version: '140.0.1' }] }), 'flag -8'],
    ['script system differs', script({ platform: 'macOS' }), 'flag -8'],
    [
      'full version in the script, same major',
      script({ brands: [{ brand: 'Chromium', version: '156.0.7000.1' }] }),
      'pass',
    ],
    ['hints from a browser without any', { userAgent: agent({ isChromium: false, os: 'ios' }) }, 'flag -8'],
    [
      'a browser without hints',
      { userAgent: agent({ isChromium: false }), hints: null, probe: probe({ hints: null }) },
      'not_applicable',
    ],
    [
      'system not told',
      { hints: { chromiumMajor: 156, platform: 'Unknown', isMobile: null }, probe: null },
      'pass',
    ],
    ['no request', { userAgent: null }, 'unknown'],
  ] as [string, Partial<EndpointFacts>, string][])('%s', (_name, changes, expected) => {
    expect(verdictOf(uaCh, at(changes))).toBe(expected)
  })
})

describe('END_WORKER', () => {
  it.each([
    ['languages', surface({ languages: ['en-US'] }), 'flag -8'],
    ['cores', surface({ cores: 4 }), 'flag -8'],
    ['zone', surface({ timeZone: 'UTC' }), 'flag -8'],
    ['brands', surface({ brands: [{ brand: 'Chromium', version: '140' }] }), 'flag -8'],
    ['brands in another order', surface({ brands: [...(surface().brands ?? [])].reverse() }), 'pass'],
    ['values the worker does not tell', surface({ cores: null, timeZone: null, brands: null }), 'pass'],
    ['no worker', null, 'unknown'],
  ])('%s', (_name, inWorker, expected) => {
    expect(verdictOf(worker, probed({ worker: inWorker }))).toBe(expected)
  })
})

describe('END_API_TAMPER', () => {
  const clean: TamperFindings = {
    ownProperties: [],
    foreignGetters: [],
    toStringPatched: false,
    iframeDiffers: [],
    shield: null,
  }
  it.each([
    ['own property', { ownProperties: ['webdriver'] }, 'flag -8'],
    ['foreign getter', { foreignGetters: ['languages'] }, 'flag -8'],
    ['patched toString', { toStringPatched: true }, 'flag -8'],
    ['iframe differs', { iframeDiffers: ['webdriver'] }, 'flag -8'],
    ['Brave', { iframeDiffers: ['plugins'], shield: 'brave' as const }, 'info -4'],
    ['a shield with nothing changed', { shield: 'firefox_resist_fingerprinting' as const }, 'pass'],
  ])('%s', (_name, changes, expected) => {
    expect(verdictOf(apiTamper, probed({ tamper: { ...clean, ...changes } }))).toBe(expected)
  })
  it('is unknown when the look failed', () => {
    expect(verdictOf(apiTamper, probed({ tamper: null }))).toBe('unknown')
  })
})

describe('END_LANG_HEADER', () => {
  it.each([
    [['fr-FR', 'en'], 'flag -4'],
    [['EN-gb'], 'pass'],
    [[], 'flag -4'],
    [null, 'flag -4'],
  ])('%j against en-GB', (acceptLanguage, expected) => {
    expect(verdictOf(langHeader, at({ acceptLanguage }))).toBe(expected)
  })
  it('is unknown without request or page', () => {
    expect(verdictOf(langHeader, at({ userAgent: null }))).toBe('unknown')
    expect(verdictOf(langHeader, at({ probe: null }))).toBe('unknown')
  })
})

describe('END_VM_GRAPHICS', () => {
  it.each([
    ['ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device))', 'flag -3'],
    ['llvmpipe (LLVM 15.0.6, 256 bits)', 'flag -3'],
    ['Microsoft Basic Render Driver', 'flag -3'],
    ['SVGA3D; build: RELEASE', 'flag -3'],
    ['Parallels Display Adapter', 'flag -3'],
    [null, 'flag -3'],
    ['Apple M3', 'pass'],
  ])('%s', (renderer, expected) => {
    expect(verdictOf(vmGraphics, probed({ graphics: { vendor: null, renderer } }))).toBe(expected)
  })
  it('says nothing where virtual desktops are normal or the look failed', () => {
    const soft = probe({ graphics: { vendor: null, renderer: 'llvmpipe' } })
    expect(verdictOf(vmGraphics, at({ probe: soft, hasVirtualDesktops: true }))).toBe('not_applicable')
    expect(verdictOf(vmGraphics, probed({ graphics: null }))).toBe('unknown')
  })
})

describe('device checks', () => {
  const device = (changes: Partial<EndpointFacts['device']>) =>
    at({
      device: {
        proof: 'valid',
        known: null,
        verifiedBefore: 3,
        otherParticipants30d: 0,
        isMarkedShared: false,
        isBound: true,
        cookie: { state: 'absent' },
        similar: null,
        ...changes,
      },
    })
  const seen = (days: number) => ({ known: { times: 7, lastAt: now - days * dayMs } })
  const drifted = (...drift: readonly Drift[]) => ({ known: { times: 7, lastAt: now - dayMs, drift } })
  const inJapan: KeyUse = { at: now - 60_000, asn: 4713, country: 'JP', class: null }

  it.each([
    ['known for 179 days', device(seen(179)), 'pass +12', 'pass'],
    ['known, on another screen', device(drifted('screen')), 'pass +4', 'info'],
    ['known, in another country', device(drifted('network')), 'pass +4', 'info'],
    ['known, and used in two places at once', device({ ...seen(1), elsewhere: [inJapan] }), 'pass', 'info'],
    ['known, forgotten after 180 days', device(seen(180)), 'pass', 'flag -3'],
    ['never seen', device({}), 'pass', 'flag -3'],
    ['never seen, nor any other', device({ verifiedBefore: 0 }), 'pass', 'not_applicable'],
    ['earlier devices not counted', device({ verifiedBefore: null }), 'pass', 'unknown'],
    ['declined by the participant', device({ proof: 'absent' }), 'unknown', 'unknown'],
    ['signature does not fit', device({ ...seen(3), proof: 'invalid' }), 'pass', 'flag -3'],
  ])('%s', (_name, given, known, first) => {
    expect(verdictOf(knownKey, given)).toBe(known)
    expect(verdictOf(newDevice, given)).toBe(first)
  })

  it.each([
    ['nobody else', { otherParticipants30d: 0 }, 'pass'],
    ['one other person', { otherParticipants30d: 1 }, 'flag -8'],
    ['three people in all', { otherParticipants30d: 2 }, 'flag -8'],
    ['a marked kiosk', { otherParticipants30d: 9, isMarkedShared: true }, 'not_applicable'],
    ['not counted', { otherParticipants30d: null }, 'unknown'],
    ['no valid key', { proof: 'absent' as const }, 'unknown'],
  ])('END_SHARED_DEVICE: %s', (_name, changes, expected) => {
    expect(verdictOf(sharedDevice, device(changes))).toBe(expected)
  })

  it('END_KNOWN_KEY names what is other than before', () => {
    const { evidence } = resultOf(knownKey, device(drifted('screen', 'graphics', 'browser', 'network')))
    expect(evidence.map(({ label }) => label)).toEqual(['device', ...Array<string>(4).fill('changed')])
  })

  describe('END_COPIED_KEY', () => {
    const minute = 60_000
    const use = (minutes: number, change: Partial<KeyUse> = {}): KeyUse => ({
      ...{ at: now + minutes * minute, asn: 2856, country: 'GB', class: null, ...change },
    })
    const own = (minutes: number, change: Partial<KeyUse> = {}) =>
      ({ ...use(minutes, change), kind: 'other', deviceKeyId: 'key-1' }) as const
    const other = { asn: 5607 }
    const verdict = (
      elsewhere: readonly KeyUse[] | undefined,
      visits: readonly ReturnType<typeof own>[],
      change: Parameters<typeof facts>[0] = {},
    ) => {
      const { endpoint, network } = facts(change)
      const found = { ...endpoint.device, ...(elsewhere === undefined ? {} : { elsewhere }) }
      return verdictOf(
        copiedKey,
        facts({ network: { ...network, visits }, endpoint: { ...endpoint, device: found } }),
      )
    }
    const phone = { ...facts().endpoint.userAgent, isMobile: true } as EndpointFacts['userAgent']
    it.each([
      ['not looked for', undefined, [own(0)], 'not_applicable'],
      ['none', [], [own(0)], 'pass'],
      ['another case on the same network', [use(-1), use(1)], [own(0)], 'pass'],
      ['one move between two cases', [use(-3), use(-2)], [own(-1, other), own(0, other)], 'pass'],
      ['the other one in between', [use(-1, other)], [own(-2), own(0)], 'flag -10'],
      ['this one in between', [use(-2), use(0)], [own(-1, other)], 'flag -10'],
      ['in between, but within hours', [use(-6, other)], [own(-11), own(0)], 'pass'],
      ['another country within half an hour', [use(-30, { asn: 4713, country: 'JP' })], [own(0)], 'flag -10'],
      ['another country an hour ago', [use(-31, { asn: 4713, country: 'JP' })], [own(0)], 'pass'],
      ['a country that is not known', [use(-1, { asn: 4713, country: null })], [own(0)], 'pass'],
      ['from a country that is not known', [use(-1)], [own(0, { asn: 4713, country: null })], 'pass'],
      ['a network that is not known', [use(-1, { asn: null, country: 'JP' })], [own(0)], 'pass'],
      ['a relay', [use(-1, { asn: 4713, country: 'JP', class: 'relay' })], [own(0)], 'pass'],
      [
        'a mobile network of the country',
        [use(-1, { ...other, class: 'mobile' })],
        [own(-2), own(0)],
        'pass',
      ],
      [
        'from a mobile network of the country',
        [use(-1, other)],
        [own(-2, { class: 'mobile' }), own(0)],
        'pass',
      ],
    ] as const)('%s: %s', (_name, elsewhere, visits, expected) => {
      expect(verdict(elsewhere, visits)).toBe(expected)
    })
    it('spares phones that change between networks, and the ways out of the organisation', () => {
      const inBetween = [[use(-1, other)], [own(-2), own(0)]] as const
      expect(verdict(...inBetween, { endpoint: { userAgent: phone } })).toBe('pass')
      expect(verdict(...inBetween, { endpoint: { userAgent: null } })).toBe('flag -10')
      expect(verdict(...inBetween, { network: { egress: { configured: true, label: 'office' } } })).toBe(
        'pass',
      )
      expect(verdict(...inBetween, { network: { gatewayLabel: 'gateway' } })).toBe('pass')
    })
    it('says nothing of a browser without a key', () => {
      expect(verdictOf(copiedKey, device({ proof: 'absent', elsewhere: [inJapan] }))).toBe('not_applicable')
    })
    it('names places whose network or country is not known', () => {
      const elsewhere = [inJapan, use(-2, { asn: null }), use(-2, { country: null })]
      const { evidence, text } = resultOf(copiedKey, device({ elsewhere }))
      expect([text.key, evidence.length]).toEqual(['copied_key.hit', 3])
    })
  })

  it('END_SHARED_DEVICE tells agents how many, never who', () => {
    const { evidence, text } = resultOf(sharedDevice, device({ otherParticipants30d: 2 }))
    expect([evidence, text.slots]).toEqual([
      [{ label: 'people_30d', value: '3', sensitivity: 0 }],
      { people: 3 },
    ])
  })
})

describe('integrity of device data', () => {
  it.each([
    ['arrived', 'pass'],
    ['missing', 'flag -4'],
    ['blocked_by_us', 'not_applicable'],
    ['not_rendered', 'not_applicable'],
  ] as const)('END_NO_TELEMETRY: %s', (beacon, expected) => {
    expect(verdictOf(noTelemetry, at({ beacon }))).toBe(expected)
  })

  const telemetry = (changes: object) =>
    at({
      telemetry: { nonce: 'valid', hasSequenceGap: false, skewChangeMs: 0, isResumed: false, ...changes },
    })
  it.each([
    ['consistent', telemetry({}), 'pass'],
    ['foreign nonce', telemetry({ nonce: 'wrong' }), 'critical -10 floor 8.5'],
    ['replayed nonce', telemetry({ nonce: 'reused' }), 'critical -10 floor 8.5'],
    ['gap in the sequence', telemetry({ hasSequenceGap: true }), 'flag -10'],
    ['clock five minutes apart', telemetry({ skewChangeMs: 300_000 }), 'pass'],
    ['clock more than five minutes back', telemetry({ skewChangeMs: -300_001 }), 'flag -10'],
    ['clock jumped over a pause', telemetry({ skewChangeMs: 900_000, isResumed: true }), 'pass'],
    ['no processor', probed({ page: surface({ cores: 0 }) }), 'flag -10'],
    ['no screen', probed({ screen: { ...probe().screen, width: 0 } }), 'flag -10'],
    ['none arrived', at({ telemetry: null }), 'unknown'],
  ])('END_TELEMETRY_FORGED: %s', (_name, given, expected) => {
    expect(verdictOf(telemetryForged, given)).toBe(expected)
  })
  it('END_TELEMETRY_FORGED: a device signature that does not fit', () => {
    const device = { ...facts().endpoint.device, proof: 'invalid' as const }
    expect(verdictOf(telemetryForged, at({ device }))).toBe('flag -10')
  })

  it('END_SCANNER is information, never weight', () => {
    expect(verdictOf(scanner, facts())).toBe('pass')
    expect(verdictOf(scanner, at({ scannerVisits: [{ at: now, sign: 'HEAD request' }] }))).toBe('info')
  })
})
