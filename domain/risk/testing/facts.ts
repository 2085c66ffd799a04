/** An ordinary, unsuspicious case, and small changes to it. Addresses are real ones, never contacted. */
import type {
  AnswerFacts,
  CaseHabit,
  ChallengeFacts,
  CodeInput,
  ContactFacts,
  EndpointFacts,
  IpFacts,
  NetworkFacts,
  PersonaFacts,
  PossessionFacts,
  RiskFacts,
  SourceRef,
} from '../facts.ts'
import type { InputReport, ProbeReport, SurfaceValues } from '../probe.ts'

/** 24 November 2026, 09:30 UTC */
export const now = Date.UTC(2026, 10, 24, 9, 30)
export const hourMs = 3_600_000
export const dayMs = 24 * hourMs

export const source = (name: string, asOf = '2026-06-17'): SourceRef => ({ name, version: asOf, asOf })

/** BT in Great Britain, an access network. */
export function ip(changes: Partial<IpFacts> = {}): IpFacts {
  return {
    address: '86.128.0.1',
    family: 4,
    status: 'public',
    range: 'unicast',
    country: 'GB',
    country2: null,
    asn: 2856,
    asnName: 'British Telecommunications PLC',
    class: null,
    classBy: null,
    feeds: [],
    sources: { asn: source('asn'), country: source('country'), classes: source('asn-classes') },
    ...changes,
  }
}

/** An ordinary browser names itself so. */
export const windowsChrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36'

export function surface(changes: Partial<SurfaceValues> = {}): SurfaceValues {
  return {
    userAgent: windowsChrome,
    platform: 'Win32',
    languages: ['en-GB', 'en'],
    cores: 8,
    timeZone: 'Europe/London',
    brands: [
      { brand: 'Chromium', version: '156' },
      { brand: 'Google Chrome', version: '156' },
    ],
    ...changes,
  }
}

export function probe(changes: Partial<ProbeReport> = {}): ProbeReport {
  return {
    v: 1,
    nonce: 'bm9uY2U',
    origin: 'https://portal.example.org',
    sequence: 0,
    clockMs: now,
    offsetMinutes: 0,
    page: surface(),
    worker: surface(),
    hints: {
      brands: [{ brand: 'Chromium', version: '156' }],
      mobile: false,
      platform: 'Windows',
      platformVersion: '15.0.0',
    },
    webdriver: false,
    debuggerHits: 0,
    tamper: {
      ownProperties: [],
      foreignGetters: [],
      toStringPatched: false,
      iframeDiffers: [],
      shield: null,
    },
    graphics: { vendor: 'Google Inc. (Intel)', renderer: 'ANGLE (Intel, Iris Xe Direct3D11)' },
    screen: {
      width: 1920,
      height: 1080,
      outerHeight: 1040,
      outerWidth: 1900,
      innerHeight: 920,
      innerWidth: 1900,
      colorDepth: 24,
      isFullScreen: false,
    },
    fonts: ['Segoe UI', 'Calibri', 'Consolas', 'Arial'],
    touchPoints: 0,
    canHover: true,
    finePointer: true,
    device: { publicKey: 'key', signature: 'signature' },
    tookMs: 120,
    ...changes,
  }
}

export function contact(changes: Partial<ContactFacts> = {}): ContactFacts {
  return {
    id: 'contact-1',
    channel: 'sms',
    origin: 'on_file',
    changedAt: now - 400 * dayMs,
    masked: '••• 42',
    lineType: 'mobile',
    domain: null,
    ...changes,
  }
}

export function input(changes: Partial<InputReport> = {}): InputReport {
  return {
    keydowns: 12,
    inputs: 12,
    untrusted: [],
    pastes: 0,
    assisted: 0,
    visibleMs: 15_000,
    blurs: 0,
    accessibility: false,
    rhythm: { keys: 12, intervalSdMs: 70, dwellSdMs: 20 },
    mouse: { presses: 0, centred: 0 },
    ...changes,
  }
}

export function answer(changes: Partial<AnswerFacts> = {}): AnswerFacts {
  return {
    family: 'Q1',
    verdict: 'correct',
    points: 5,
    maxPoints: 7,
    form: 'choice',
    wordsToRead: 30,
    letters: 0,
    seconds: 15,
    isExtended: false,
    isCanary: false,
    input: input(),
    ...changes,
  }
}

const network: NetworkFacts = {
  client: { address: '86.128.0.1', hops: 1, problem: null },
  ip: ip(),
  request: {
    httpVersion: '1.1',
    isSecureContext: true,
    headerNames: ['host', 'sec-ch-ua', 'user-agent', 'sec-fetch-mode', 'accept-language'],
  },
  egress: { configured: false, label: null },
  gatewayLabel: null,
  expectedCountries: ['GB'],
  history: {
    events: 20,
    countries: [{ country: 'GB', count: 20 }],
    asns: [{ asn: 2856, count: 1 }],
  },
  zone: { name: 'Europe/London', offsetMinutes: 0, countryOffsets: [0] },
  visits: [{ at: now, kind: 'opened', asn: 2856, country: 'GB', class: null, deviceKeyId: 'key-1' }],
  velocity: { participants24h: 1, linksOpened1h: 1 },
  place: null,
  lastTrusted: null,
  phone: { contactCode: '44', countryCode: '44' },
}

const endpoint: EndpointFacts = {
  userAgent: {
    raw: windowsChrome,
    browser: 'Chrome',
    major: 156,
    isChromium: true,
    os: 'windows',
    isMobile: false,
    botWord: null,
  },
  hints: { chromiumMajor: 156, platform: 'Windows', isMobile: false },
  acceptLanguage: ['en-GB', 'en'],
  probe: probe(),
  beacon: 'arrived',
  telemetry: { nonce: 'valid', hasSequenceGap: false, skewChangeMs: null, isResumed: false },
  device: {
    proof: 'valid',
    known: null,
    verifiedBefore: 0,
    otherParticipants30d: 0,
    isMarkedShared: false,
    isBound: true,
    cookie: { state: 'absent' },
    similar: null,
  },
  codes: [],
  hasVirtualDesktops: false,
  versions: {
    browser: { name: 'Chrome', major: 156, newest: 156, isLongTerm: false },
    endedSystem: null,
    source: source('browsers', '2026-11-01'),
  },
  scannerVisits: [],
}

const persona: PersonaFacts = {
  account: { state: 'active', since: null },
  contactChanges: [],
  mfaEvents: [],
  attempts: { started24h: 1, failed24h: 0 },
  contact: contact(),
  hours: {
    hour: 9,
    histogram: Array.from({ length: 24 }, (_, h) => (h >= 8 && h < 18 ? 4 : 0)),
    isOnShift: null,
  },
  reports: [],
  tenure: { hiredAt: now - 900 * dayMs, lastSignInAt: now - dayMs },
  locale: { expected: ['en'], seenBefore: [] },
  past: { possessionVerified: 0, disputed: 0 },
  usualTimes: {},
  habits: [],
  campaign: { shared: [], started: 4, usuallyStarted: 4 },
  signals: {
    identityRisk: { configured: false },
    recentSignIn: { configured: false },
    calendar: { configured: false },
    agentAlarm: { configured: false },
  },
}

const challenge: ChallengeFacts = {
  isAsked: true,
  isComplete: false,
  minAnswered: 3,
  answers: [],
  withQuestions30d: 1,
  contradictions: [],
}

const possession: PossessionFacts = { startedBy: 'agent', matchCode: null, returned: [], approvers: [] }

type Changes = {
  at?: number
  network?: Partial<NetworkFacts>
  endpoint?: Partial<EndpointFacts>
  persona?: Partial<PersonaFacts>
  challenge?: Partial<ChallengeFacts>
  possession?: Partial<PossessionFacts>
}

/** The ordinary case with changes section by section. */
export function facts(changes: Changes = {}): RiskFacts {
  return {
    at: changes.at ?? now,
    network: { ...network, ...changes.network },
    endpoint: { ...endpoint, ...changes.endpoint },
    persona: { ...persona, ...changes.persona },
    challenge: { ...challenge, ...changes.challenge },
    possession: { ...possession, ...changes.possession },
  }
}

/** A case without a question in which a code was entered like this. */
export function coded(
  changes: Partial<InputReport>,
  startedBy: PossessionFacts['startedBy'] = 'agent',
  step: CodeInput['step'] = 'match_code',
): RiskFacts {
  const codes = [{ step, input: input({ keydowns: 6, inputs: 6, ...changes }) }]
  return facts({ endpoint: { codes }, possession: { startedBy } })
}

/** A code of a person who entered earlier cases evenly, 250 ms from key to key and 95 ms on a key. */
export function habitual(
  changes: Partial<InputReport>,
  { cases = 3, ...before }: Partial<CaseHabit> & { cases?: number } = {},
  ...answers: readonly AnswerFacts[]
): RiskFacts {
  const rhythm = { keys: 6, intervalMs: 250, intervalSdMs: 100, dwellMs: 95, dwellSdMs: 20 }
  const given = coded({ rhythm, ...changes })
  const one: CaseHabit = {
    ...{ device: 'computer', interval: 5.52, spread: 0.34, dwell: 4.55, pace: 0, pasted: 0, mouse: 1 },
    ...before,
  }
  const habits = Array.from({ length: cases }, () => one)
  return {
    ...given,
    persona: { ...given.persona, usualTimes: { Q1: { low: 6, high: 20 } }, habits },
    challenge: { ...given.challenge, answers },
  }
}

/** The link came back from a contact on file and the match code was right. */
export function withPossession(): PossessionFacts {
  return {
    startedBy: 'agent',
    matchCode: { isMatched: true, tries: 1 },
    returned: [{ kind: 'link', at: now, contact: contact() }],
    approvers: [],
  }
}
