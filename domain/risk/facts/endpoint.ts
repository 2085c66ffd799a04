/** Facts about browser and device. */
import type { Drift } from '../likeness.ts'
import type { InputReport, ProbeReport } from '../probe.ts'
import type { SessionVisit, SourceRef } from './network.ts'

export type OsFamily = 'windows' | 'macos' | 'ios' | 'android' | 'linux' | 'chromeos'

/** A user agent string, read by the server. */
export type UserAgentFacts = {
  /** As received; empty when the header is missing */
  raw: string
  browser: string | null
  major: number | null
  /** Built on Chromium (Chrome, Edge, Opera, Samsung Internet ...); false on iOS, where all are WebKit */
  isChromium: boolean
  os: OsFamily | null
  isMobile: boolean
  /** The word that declares a bot or tool; null: none found */
  botWord: string | null
}

/** `Sec-CH-UA*` request headers, parsed. */
export type HeaderHints = {
  /** Major version of the Chromium brand; null where there is none */
  chromiumMajor: number | null
  platform: string | null
  isMobile: boolean | null
}

export type EndpointFacts = {
  /** Read from the `User-Agent` header of the request that carried the probe facts; null: no such request */
  userAgent: UserAgentFacts | null
  /** null: the browser sent none */
  hints: HeaderHints | null
  /** Language tags of `Accept-Language` in order of preference; null: header missing */
  acceptLanguage: readonly string[] | null
  /** The newest beacon with a nonce of this case; null: none arrived */
  probe: ProbeReport | null
  /**
   * `arrived` · `missing`: the page ran and sent none that carries the nonce of this case; counted at once, since the page
   * sends its report before anything else · `blocked_by_us`: our own content policy reported it blocked ·
   * `not_rendered`: the portal page never ran
   */
  beacon: 'arrived' | 'missing' | 'blocked_by_us' | 'not_rendered'
  /** The server's findings while it took the beacons; null: none arrived */
  telemetry: TelemetryFacts | null
  device: DeviceFacts
  /** The way in which codes were entered, as the page reported it; the newest report of each step */
  codes: readonly CodeInput[]
  /** The tenant declares that its people use virtual desktops */
  hasVirtualDesktops: boolean
  /** null: no request seen, or no list of versions installed */
  versions: VersionFacts | null
  /** Visits before the participant's "Yes" that look like a mail scanner: why each does */
  scannerVisits: readonly { at: number; sign: string }[]
}

export type CodeInput = { step: 'match_code' | 'second_code'; input: InputReport }

export type TelemetryFacts = {
  /** `valid` · `wrong`: never issued for this session · `reused`: seen in another portal session */
  nonce: 'valid' | 'wrong' | 'reused'
  /** A beacon of the session is missing in between */
  hasSequenceGap: boolean
  /** Browser clock minus server clock, changed within the session by so many ms; null: one beacon only */
  skewChangeMs: number | null
  /** The session was resumed after a pause, which explains a changed clock */
  isResumed: boolean
}

export type DeviceFacts = {
  /** `valid` · `invalid`: signature does not fit · `absent`: the browser gave no key */
  proof: 'valid' | 'invalid' | 'absent'
  /**
   * Earlier possession-verified verifications of this participant with this key. `drift`: what it was never seen with before;
   * absent: not compared
   */
  known: { times: number; lastAt: number; drift?: readonly Drift[] } | null
  /** Requests of other portal sessions in the last hour that this key signs for; absent: not looked for */
  elsewhere?: readonly KeyUse[]
  /** Possession-verified verifications of this participant in 180 d, with any device; null: no source */
  verifiedBefore: number | null
  /** Other participants who used this key in 30 d; null: not counted */
  otherParticipants30d: number | null
  /** The operator marked this device as shared (kiosk, front desk) */
  isMarkedShared: boolean
  /** A device key holds every portal session of the case; null: there is none yet */
  isBound: boolean | null
  /**
   * The signed cookie of an earlier possession-verified verification: `absent` · `foreign`: not ours, or another person's ·
   * `known`: of this participant, `lastAt` that verification
   */
  cookie: { state: 'absent' } | { state: 'foreign' } | { state: 'known'; lastAt: number }
  /** The known device of this participant that is most like this one; null: none known, or no beacon */
  similar: DeviceLikeness | null
}

/** A request of another session with the same key, from outside the operator's own networks. */
export type KeyUse = Pick<SessionVisit, 'at' | 'asn' | 'country' | 'class'>

export type DeviceLikeness = {
  /** Weighted share of equal stable parts, 0..1 */
  share: number
  /** The parts that are equal, `screen`, `graphics` ... */
  matched: readonly string[]
  /** Other participants with a device equal in every part: a company's own image looks like that */
  othersAlike: number
}

/** The age of browser and operating system, by the list of versions. */
export type VersionFacts = {
  /** Family and major that the list knows; null: a family without majors that can be compared */
  browser: { name: string; major: number; newest: number; isLongTerm: boolean } | null
  /** Name of the operating system where its maker has ended support, `Windows 7`; null: none that is known to have ended */
  endedSystem: string | null
  source: SourceRef
}
