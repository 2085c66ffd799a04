import type { HeaderHints, UserAgentFacts } from '#domain/risk/facts.ts'
import type { BrandVersion, ProbedFont, ProbeReport, SurfaceValues } from '#domain/risk/probe.ts'
import type { StoredRequest } from '#platform/crypto/case-inputs.ts'
import { createDeviceKey, type DeviceKey } from '#platform/crypto/device-key.ts'
import { deviceKeyDigest } from '#platform/crypto/device-proof.ts'
import { readUserAgent } from '#platform/network-data/user-agent.ts'
import type { Random } from '../random.ts'

/** A person's browser, with the key it keeps. */
export type Device = {
  readonly kind: DeviceName
  readonly key: DeviceKey
  readonly keyDigest: Buffer
}

type Profile = {
  readonly userAgent: string
  readonly platform: string
  readonly cores: number | null
  readonly brand: string | null
  readonly hintPlatform: string | null
  readonly platformVersion: string
  readonly isMobile: boolean
  readonly graphics: { readonly vendor: string; readonly renderer: string }
  readonly size: readonly [width: number, height: number]
  readonly fonts: readonly ProbedFont[]
}

type DeviceName = 'windows_chrome' | 'windows_edge' | 'mac_safari' | 'iphone' | 'android'

const version = '156'

const profiles: Readonly<Record<DeviceName, Profile>> = {
  windows_chrome: {
    userAgent: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36`,
    platform: 'Win32',
    cores: 8,
    brand: 'Google Chrome',
    hintPlatform: 'Windows',
    platformVersion: '15.0.0',
    isMobile: false,
    graphics: { vendor: 'Google Inc. (Intel)', renderer: 'ANGLE (Intel, Iris Xe Direct3D11)' },
    size: [1920, 1080],
    fonts: ['Segoe UI', 'Calibri', 'Consolas', 'Arial'],
  },
  windows_edge: {
    userAgent: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36 Edg/${version}.0.0.0`,
    platform: 'Win32',
    cores: 12,
    brand: 'Microsoft Edge',
    hintPlatform: 'Windows',
    platformVersion: '15.0.0',
    isMobile: false,
    graphics: { vendor: 'Google Inc. (AMD)', renderer: 'ANGLE (AMD, Radeon Graphics Direct3D11)' },
    size: [1536, 864],
    fonts: ['Segoe UI', 'Calibri', 'Consolas', 'Arial'],
  },
  mac_safari: {
    userAgent:
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/20.1 Safari/605.1.15',
    platform: 'MacIntel',
    cores: 8,
    brand: null,
    hintPlatform: null,
    platformVersion: '',
    isMobile: false,
    graphics: { vendor: 'Apple Inc.', renderer: 'Apple GPU' },
    size: [1512, 982],
    fonts: ['Arial', 'Menlo', 'Helvetica Neue'],
  },
  iphone: {
    userAgent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/20.1 Mobile/15E148 Safari/604.1',
    platform: 'iPhone',
    cores: 4,
    brand: null,
    hintPlatform: null,
    platformVersion: '',
    isMobile: true,
    graphics: { vendor: 'Apple Inc.', renderer: 'Apple GPU' },
    size: [393, 852],
    fonts: ['Arial', 'Menlo', 'Helvetica Neue'],
  },
  android: {
    userAgent: `Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Mobile Safari/537.36`,
    platform: 'Linux armv81',
    cores: 8,
    brand: 'Google Chrome',
    hintPlatform: 'Android',
    platformVersion: '16.0.0',
    isMobile: true,
    graphics: { vendor: 'ARM', renderer: 'Mali-G715' },
    size: [412, 915],
    fonts: ['Roboto'],
  },
}

/** Links come to the phone, so most are opened there. */
const shares: Readonly<Record<DeviceName, number>> = {
  iphone: 40,
  android: 32,
  windows_chrome: 14,
  windows_edge: 8,
  mac_safari: 6,
}

/** A device that was never seen before. */
export const newDevice = (random: Random): Device => {
  const key = createDeviceKey()
  return { kind: random.weighted(shares), key, keyDigest: deviceKeyDigest(key.publicKey) }
}

const read = new Map<DeviceName, UserAgentFacts>()

/** The device's user agent as the server reads it; read once, since reading is slow. */
export const userAgentOf = ({ kind }: Device): UserAgentFacts => {
  const known = read.get(kind)
  if (known !== undefined) return known
  const facts = readUserAgent(profiles[kind].userAgent)
  read.set(kind, facts)
  return facts
}

/** A new telephone and the headers by which its browser makes itself known: it sends no hints. */
export const newTelephone = (random: Random, language: string) => ({
  device: { ...newDevice(random), kind: 'iphone' } satisfies Device,
  headers: { 'user-agent': profiles.iphone.userAgent, 'accept-language': language },
})

const brandsOf = ({ brand }: Profile): readonly BrandVersion[] | null =>
  brand === null
    ? null
    : [
        { brand: 'Chromium', version },
        { brand, version },
      ]

/** The `Sec-CH-UA` headers that this browser sends. */
export const hintsOf = ({ kind }: Device): HeaderHints | null => {
  const { brand, hintPlatform, isMobile } = profiles[kind]
  return brand === null ? null : { chromiumMajor: Number(version), platform: hintPlatform, isMobile }
}

/** Place and time of a beacon. */
export type Moment = {
  readonly at: number
  readonly nonce: string
  /** The origin of the page. */
  readonly origin: string
  readonly language: string
  readonly timeZone: string
  readonly offsetMinutes: number
}

/** The report of the device's own browser, nothing out of the ordinary. */
export const beaconOf = (device: Device, moment: Moment): ProbeReport => {
  const profile = profiles[device.kind]
  const [width, height] = profile.size
  const page = surfaceOf(profile, moment)
  return {
    v: 1,
    nonce: moment.nonce,
    origin: moment.origin,
    sequence: 0,
    clockMs: moment.at,
    offsetMinutes: moment.offsetMinutes,
    page,
    worker: page,
    hints: scriptHints(profile),
    webdriver: false,
    debuggerHits: profile.brand === null ? null : 0,
    tamper: {
      ownProperties: [],
      foreignGetters: [],
      toStringPatched: false,
      iframeDiffers: [],
      shield: null,
    },
    graphics: profile.graphics,
    screen: {
      width,
      height,
      outerHeight: height,
      outerWidth: width,
      innerHeight: height - 120,
      innerWidth: width,
      colorDepth: 24,
      isFullScreen: false,
    },
    fonts: profile.fonts,
    touchPoints: profile.isMobile ? 5 : 0,
    canHover: !profile.isMobile,
    finePointer: !profile.isMobile,
    device: device.key.report(moment.nonce, moment.origin),
    tookMs: 130,
  }
}

const surfaceOf = (profile: Profile, { language, timeZone }: Moment): SurfaceValues => ({
  userAgent: profile.userAgent,
  platform: profile.platform,
  languages: [language, language.slice(0, 2)],
  cores: profile.cores,
  timeZone,
  brands: brandsOf(profile),
})

const scriptHints = (profile: Profile): ProbeReport['hints'] => {
  const brands = brandsOf(profile)
  const { isMobile: mobile, hintPlatform: platform, platformVersion } = profile
  return brands === null || platform === null ? null : { brands, mobile, platform, platformVersion }
}

/** The request that carried the beacon, as the API keeps it. */
export const requestOf = (device: Device, address: string, language: string): StoredRequest => {
  const hints = hintsOf(device)
  const common = ['host', 'user-agent', 'accept-language', 'sec-fetch-mode', 'content-type']
  return {
    client: { address, hops: 1, problem: null },
    request: {
      httpVersion: '1.1',
      isSecureContext: true,
      headerNames:
        hints === null ? common : [...common, 'sec-ch-ua', 'sec-ch-ua-mobile', 'sec-ch-ua-platform'],
    },
    userAgent: profiles[device.kind].userAgent,
    hints,
    acceptLanguage: [language, language.slice(0, 2)],
    deviceCookie: null,
    input: null,
  }
}
