/**
 * All that silent checks and the score may look at: plain JSON, gathered by an activity (or by the API for the gate
 * before questions) and stored with the result, so that a case can be computed again to the same number.
 *
 * `null` always means *unknown*: we looked and have nothing. What was never set up has a field that says so
 * (`configured: false`), because "not applicable" costs no coverage and "unknown" does.
 * Times are epoch milliseconds; countries ISO 3166-1 alpha-2, upper case.
 */
import type { InputReport, ProbeReport } from './probe.ts'

export type RiskFacts = {
  /** The moment of evaluation; the only clock the checks know */
  at: number
  network: NetworkFacts
  endpoint: EndpointFacts
  persona: PersonaFacts
  challenge: ChallengeFacts
  possession: PossessionFacts
}

/** What kind of network an address belongs to (risk.md section 2). */
export type NetworkClass =
  'hosting' | 'cdn' | 'relay' | 'vpn' | 'tor' | 'sse' | 'satellite' | 'mobile' | 'isp'

/** A data file or other source behind a finding: name, version, date of its content (YYYY-MM-DD or ISO time). */
export type SourceRef = { name: string; version: string; asOf: string }

/** How the participant's address was found in socket and X-Forwarded-For. */
export type ClientAddress = {
  /** The derived address in canonical form; null when nothing usable was found */
  address: string | null
  /** Entries seen in X-Forwarded-For */
  hops: number
  /** `untrusted_peer`: the header came from a peer that is not one of our proxies, and was ignored */
  problem: 'untrusted_peer' | 'too_many_hops' | 'garbage' | null
}

/** What the offline data say about one address. */
export type IpFacts = {
  address: string
  family: 4 | 6
  /** Only `public` addresses were looked up; the others are private, loopback, link-local, shared or reserved */
  status: 'public' | 'not_applicable'
  /** Name of the address range: `unicast`, `private`, `carrierGradeNat` ... */
  range: string
  country: string | null
  /** A second, independent country source where one is installed */
  country2: string | null
  asn: number | null
  asnName: string | null
  class: NetworkClass | null
  /** `list`: our class list; `range`: a range in that list; `name`: only the name rule */
  classBy: 'list' | 'range' | 'name' | null
  /** Feed lists that contain the address */
  feeds: readonly FeedHit[]
  /** The files used; never two versions of one file in one lookup */
  sources: { asn: SourceRef | null; country: SourceRef | null; classes: SourceRef | null }
}

export type FeedHit = { kind: FeedKind; entry: string; source: SourceRef }
export type FeedKind = 'tor' | 'vpn' | 'hostile' | 'relay' | 'anon'

/** The raw request that carried the probe facts. */
export type RequestFacts = {
  /** `1.0`, `1.1`, `2.0` */
  httpVersion: string
  /** TLS, or a loopback host, which browsers treat alike */
  isSecureContext: boolean
  /** Lower case, in the order received, repeated when sent twice */
  headerNames: readonly string[]
}

export type NetworkFacts = {
  /** null: the participant has not been seen yet (a result without any portal request) */
  client: ClientAddress | null
  /** null: no address, or no network data installed */
  ip: IpFacts | null
  request: RequestFacts | null
  /** The operator's own egress and VPN pools; `label` names the one that contains the address */
  egress: { configured: boolean; label: string | null }
  /** Label of the operator's secure web gateway that contains the address */
  gatewayLabel: string | null
  /** Work country, usage location, offices, countries of the last 90 d, travel calendar; null: directory says nothing */
  expectedCountries: readonly string[] | null
  /** Sign-ins and possession-verified verifications of this participant in the last 180 d; null: no source */
  history: NetworkHistory | null
  /** The browser's clock zone against the country of the address; null: no beacon */
  zone: ZoneFacts | null
  /** Requests of this portal session in order, from the accepted match code on */
  visits: readonly SessionVisit[]
  /** null: not counted */
  velocity: { participants24h: number; linksOpened1h: number } | null
  /** Where the address is; null where no source gives places */
  place: Place | null
  /** Last trusted place, younger than 24 h: a directory sign-in or an earlier verified case */
  lastTrusted: TrustedPlace | null
}

export type NetworkHistory = {
  /** Events counted; fewer than 5 say nothing */
  events: number
  countries: readonly { country: string; count: number }[]
  asns: readonly { asn: number; count: number }[]
}

export type ZoneFacts = {
  /** IANA name the browser gave; null where it gave none */
  name: string | null
  /** Minutes east of UTC, by the browser */
  offsetMinutes: number
  /** Offsets in force now in the country of the address; null: country unknown */
  countryOffsets: readonly number[] | null
}

export type SessionVisit = {
  at: number
  kind: 'opened' | 'answered' | 'other'
  asn: number | null
  country: string | null
  class: NetworkClass | null
  /** Id of the device key that signed in this visit; null: none */
  deviceKeyId: string | null
}

/** Kilometres of accuracy included: a city 100 km, a country its size, at least 300 km. */
export type Place = { label: string; lat: number; lon: number; radiusKm: number }
export type TrustedPlace = Place & {
  at: number
  class: NetworkClass | null
  /** Colleagues seen at this end in 30 d; three make it a company place */
  colleagues30d: number
}

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
  /** The newest beacon of this portal session; null: none arrived */
  probe: ProbeReport | null
  /**
   * `arrived` · `waiting`: page rendered less than 10 s ago · `missing`: rendered, answered, one retry, nothing ·
   * `blocked_by_us`: our own content policy reported it blocked · `not_rendered`: the portal page never ran
   */
  beacon: 'arrived' | 'waiting' | 'missing' | 'blocked_by_us' | 'not_rendered'
  /** What the server found while taking the beacons; null: none arrived */
  telemetry: TelemetryFacts | null
  device: DeviceFacts
  /** The tenant declares that its people use virtual desktops */
  hasVirtualDesktops: boolean
  /** Visits before the participant's "Yes" that look like a mail scanner: why each does */
  scannerVisits: readonly { at: number; sign: string }[]
}

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
  /** Earlier possession-verified verifications of this participant with this key */
  known: { times: number; lastAt: number } | null
  /** Possession-verified verifications of this participant in 180 d, with any device; null: no source */
  verifiedBefore: number | null
  /** Other participants who used this key in 30 d; null: not counted */
  otherParticipants30d: number | null
  /** The operator marked this device as shared (kiosk, front desk) */
  isMarkedShared: boolean
}

export type PersonaFacts = {
  /** null: the directory gave no answer */
  account: { state: AccountState; since: number | null } | null
  /** Newest changes of contacts and manager, 14 d or more back; null: no change log */
  contactChanges: readonly ContactChange[] | null
  /** Authenticators removed or reset, 14 d or more back; null: no source */
  mfaEvents: readonly { kind: 'removed' | 'reset'; at: number }[] | null
  /** Verifications of this participant over all agents and channels; null: not counted */
  attempts: AttemptFacts | null
  /** Where the link went; null: nothing sent yet */
  contact: ContactFacts | null
  /** null: local hour or history unknown */
  hours: HourFacts | null
  /** "This was not me" and confirmed "No", newest first, 30 d back */
  reports: readonly { at: number }[]
}

/** A mere lock-out is `active`. */
export type AccountState = 'active' | 'disabled' | 'terminated' | 'deleted' | 'not_started'

export type ContactChange = {
  field: 'phone' | 'email' | 'manager'
  at: number
  by: 'participant' | 'help_desk' | 'system' | null
}

export type AttemptFacts = {
  /** Started in the last 24 h, this one included */
  started24h: number
  /** Closed as failed in the last 24 h */
  failed24h: number
}

export type ContactFacts = {
  id: string
  channel: 'sms' | 'email'
  origin: 'on_file' | 'typed'
  /** Directory's change time, else the time it was first seen (B19); null: neither known */
  changedAt: number | null
  masked: string
  /** null: no phone, or the numbering plan does not say */
  lineType: LineType | null
  /** null: no e-mail address */
  domain: 'organisation' | 'private' | 'disposable' | 'other' | null
}

export type LineType =
  | 'mobile'
  | 'fixed_line'
  | 'fixed_line_or_mobile'
  | 'voip'
  | 'toll_free'
  | 'premium_rate'
  | 'shared_cost'
  | 'pager'
  | 'personal_number'
  | 'other'

export type HourFacts = {
  /** 0–23, in the participant's zone */
  hour: number
  /** 24 counts of past sign-ins and verifications by local hour */
  histogram: readonly number[]
  /** Inside the rostered shift; null: no roster */
  isOnShift: boolean | null
}

export type Verdict = 'correct' | 'partial' | 'incorrect' | 'invalid' | 'skipped'

export type ChallengeFacts = {
  /** Questions are part of this verification (another route has none) */
  isAsked: boolean
  /** All answers are in, or the questions have ended */
  isComplete: boolean
  /** Answers (correct, partial or incorrect) the policy asks for */
  minAnswered: number
  answers: readonly AnswerFacts[]
  /** Verifications with questions in 30 d, this one included; null: not counted */
  withQuestions30d: number | null
  /** Same fact, other answer, less than 30 d apart, fact unchanged: the families concerned; null: not compared */
  contradictions: readonly string[] | null
}

export type AnswerFacts = {
  /** Question family, `Q6` */
  family: string
  verdict: Verdict
  /** dB by the points table (challenges.md 6.2) */
  points: number
  /** Largest |points| this question could have given */
  maxPoints: number
  exposure: 'public' | 'internal' | 'private'
  form: 'choice' | 'typed'
  /** Words the participant had to read: question and options */
  wordsToRead: number
  /** Letters of a typed answer; 0 for a choice */
  letters: number
  seconds: number
  /** "More time" was used */
  isExtended: boolean
  /** The option picked was true more than three years ago, or stands only in a block of decoys */
  isCanary: boolean
  /** null: the page sent no input summary */
  input: InputReport | null
}

export type PossessionFacts = {
  /** With an agent on the line the link proves nothing without the right match code */
  startedBy: 'agent' | 'self_service' | 'api'
  /** null: not asked for on this route */
  matchCode: { isMatched: boolean; tries: number } | null
  /** Single-use secrets that came back in this portal session: the link's, and codes to other contacts */
  returned: readonly ReturnedSecret[]
}

export type ReturnedSecret = {
  kind: 'link' | 'code'
  at: number
  contact: ContactFacts
}
