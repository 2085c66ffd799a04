import type { DeviceFacts, EndpointFacts, KeyUse, RiskFacts, UserAgentFacts } from '../../facts.ts'
import type { ProbeReport, TamperFindings } from '../../probe.ts'
import { dayMs, facts, now, probe, source, surface } from '../facts.ts'
import type { Scenarios } from './scenario.ts'

const base = facts().endpoint
const at = (endpoint: Partial<EndpointFacts>) => facts({ endpoint })
const probed = (changes: Partial<ProbeReport>) => at({ probe: probe(changes) })
const agent = (changes: Partial<UserAgentFacts>): UserAgentFacts => {
  if (base.userAgent === null) throw new Error('the ordinary case has a user agent')
  return { ...base.userAgent, ...changes }
}
const device = (changes: Partial<DeviceFacts>) => at({ device: { ...base.device, ...changes } })
const usedElsewhere = (...elsewhere: readonly KeyUse[]) => device({ elsewhere })
const telemetry = (changes: Partial<NonNullable<EndpointFacts['telemetry']>>) =>
  at({
    telemetry: { nonce: 'valid', hasSequenceGap: false, skewChangeMs: null, isResumed: false, ...changes },
  })
const patched: TamperFindings = {
  ownProperties: ['webdriver'],
  foreignGetters: [],
  toStringPatched: false,
  iframeDiffers: [],
  shield: null,
}
const soft = { vendor: null, renderer: 'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device))' }
const frameless = {
  ...probe().screen,
  width: 1280,
  height: 720,
  outerHeight: 720,
  innerHeight: 720,
  outerWidth: 1280,
  innerWidth: 1280,
}
const versions = (major: number, isLongTerm = false): Partial<EndpointFacts> => ({
  versions: {
    browser: { name: 'Firefox', major, newest: 160, isLongTerm },
    endedSystem: null,
    source: source('browsers', '2026-11-01'),
  },
})
/** A connection that curl encrypts, and one that Chromium does. */
const tls = (ja4: string, network: Partial<RiskFacts['network']> = {}) => {
  const { request } = facts().network
  if (request === null) throw new Error('the ordinary case has a request')
  return facts({ network: { ...network, request: { ...request, ja4 } } })
}
const curl = 't13d3112h2_e8f1e7e78f70_b26ce05bbdd6'
const alike = { share: 0.95, matched: ['screen', 'graphics'], othersAlike: 0 }

/** The endpoint checks. */
export const endpointScenarios: Scenarios = {
  END_WEBDRIVER: {
    fires: [probed({ webdriver: true }), 'flag -14'],
    spares: ['a kiosk, whose browser does not tell', probed({ webdriver: null }), 'unknown'],
  },
  END_HEADLESS_UA: {
    fires: [at({ userAgent: agent({ raw: 'curl/8', botWord: 'curl' }) }), 'flag -14'],
    spares: [
      'a mail scanner that opened the link before the person did',
      at({ scannerVisits: [{ at: now, sign: 'scanner' }] }),
      'pass',
    ],
  },
  END_CDP: {
    fires: [probed({ debuggerHits: 1 }), 'flag -6'],
    spares: [
      'a developer whose tools are open: never critical alone, and less than a driven browser',
      probed({ debuggerHits: 4 }),
      'flag -6',
    ],
  },
  END_UA_PLATFORM: {
    fires: [probed({ page: surface({ platform: 'Linux x86_64' }) }), 'flag -8'],
    spares: [
      'a tablet that asks for the desktop site',
      at({
        userAgent: agent({ os: 'ios' }),
        probe: probe({ page: surface({ platform: 'MacIntel' }), touchPoints: 5 }),
      }),
      'pass',
    ],
  },
  END_UA_CH: {
    fires: [at({ hints: { chromiumMajor: 140, platform: 'Windows', isMobile: false } }), 'flag -8'],
    spares: [
      'a browser whose minor version is frozen in the user agent',
      probed({
        hints: {
          brands: [{ brand: 'Chromium', version: '156.0.7000.1' }],
          mobile: false,
          platform: 'Windows',
          platformVersion: null,
        },
      }),
      'pass',
    ],
  },
  END_TLS_CLIENT: {
    fires: [tls(curl), 'flag -8'],
    spares: [
      'somebody behind a gateway that decrypts and encrypts anew',
      tls(curl, { gatewayLabel: 'proxy of the company' }),
      'not_applicable',
    ],
  },
  END_WORKER: {
    fires: [probed({ worker: surface({ languages: ['en-US'] }) }), 'flag -8'],
    spares: [
      'a browser whose workers tell less than its pages',
      probed({ worker: surface({ cores: null, timeZone: null, brands: null }) }),
      'pass',
    ],
  },
  END_API_TAMPER: {
    fires: [probed({ tamper: patched }), 'flag -8'],
    spares: [
      'Brave, which resists fingerprinting by design',
      probed({ tamper: { ...patched, ownProperties: [], iframeDiffers: ['plugins'], shield: 'brave' } }),
      'info -4',
    ],
  },
  END_LANG_HEADER: {
    fires: [at({ acceptLanguage: ['fr-FR'] }), 'flag -4'],
    spares: [
      'a browser that writes its language in small letters',
      at({ acceptLanguage: ['en-gb'] }),
      'pass',
    ],
  },
  END_VM_GRAPHICS: {
    fires: [probed({ graphics: soft }), 'flag -3'],
    spares: [
      'an organisation with virtual desktops',
      at({ probe: probe({ graphics: soft }), hasVirtualDesktops: true }),
      'not_applicable',
    ],
  },
  END_KNOWN_KEY: {
    fires: [device({ known: { times: 7, lastAt: now - dayMs }, verifiedBefore: 7 }), 'pass +12'],
    spares: [
      'a shared PC: only another person has used the key',
      device({ known: null, verifiedBefore: 3 }),
      'pass',
    ],
  },
  END_COPIED_KEY: {
    fires: [usedElsewhere({ at: now - 60_000, asn: 4713, country: 'JP', class: null }), 'flag -10'],
    spares: [
      'a laptop that came from home to the office between two cases',
      usedElsewhere({ at: now - 5 * 60_000, asn: 5607, country: 'GB', class: null }),
      'pass',
    ],
  },
  END_NEW_DEVICE: {
    fires: [device({ verifiedBefore: 3 }), 'flag -3'],
    spares: ['the first verification of a person', device({ verifiedBefore: 0 }), 'not_applicable'],
  },
  END_SHARED_DEVICE: {
    fires: [device({ otherParticipants30d: 2 }), 'flag -8'],
    spares: [
      'a front desk that the operator marked',
      device({ otherParticipants30d: 9, isMarkedShared: true }),
      'not_applicable',
    ],
  },
  END_NO_TELEMETRY: {
    fires: [at({ beacon: 'missing' }), 'flag -4'],
    spares: ['a case whose page was never opened', at({ beacon: 'not_rendered' }), 'not_applicable'],
  },
  END_NO_KEY: {
    fires: [device({ isBound: false }), 'flag'],
    spares: ['a case whose page was never opened', device({ isBound: null }), 'not_applicable'],
  },
  END_TELEMETRY_FORGED: {
    fires: [telemetry({ nonce: 'reused' }), 'critical -10 floor 8.5'],
    spares: ['a laptop that slept', telemetry({ skewChangeMs: 3_600_000, isResumed: true }), 'pass'],
  },
  END_SCANNER: {
    fires: [at({ scannerVisits: [{ at: now, sign: 'HEAD request' }] }), 'info'],
    spares: ['the participant alone', facts(), 'pass'],
  },
  END_WINDOW: {
    fires: [probed({ screen: frameless }), 'flag -2'],
    spares: ['a kiosk in full screen', probed({ screen: { ...frameless, isFullScreen: true } }), 'pass'],
  },
  END_FONT_OS: {
    fires: [probed({ fonts: ['DejaVu Sans', 'Liberation Sans'] }), 'flag -3'],
    spares: ['a browser that hides its fonts', probed({ fonts: [] }), 'unknown'],
  },
  END_STALE: {
    fires: [at(versions(140)), 'flag -2'],
    spares: ['a long-term release', at(versions(140, true)), 'pass'],
  },
  END_KNOWN_COOKIE: {
    fires: [device({ cookie: { state: 'known', lastAt: now - dayMs } }), 'pass +4'],
    spares: ["another person's profile, copied", device({ cookie: { state: 'foreign' } }), 'pass'],
  },
  END_SIMILAR: {
    fires: [device({ similar: alike }), 'pass +1'],
    spares: [
      "a company's own image, which many laptops have",
      device({ similar: { ...alike, othersAlike: 12 } }),
      'info',
    ],
  },
}
