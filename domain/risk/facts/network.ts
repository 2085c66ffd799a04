/** Facts about address, request and network history. */
/** The kind of network that an address belongs to. */
export type NetworkClass =
  'hosting' | 'cdn' | 'relay' | 'vpn' | 'tor' | 'sse' | 'satellite' | 'mobile' | 'isp'

/** A data file or other source behind a finding: name, version, date of its content (YYYY-MM-DD or ISO time). */
export type SourceRef = { name: string; version: string; asOf: string }

/** The way in which the participant's address was found in socket and X-Forwarded-For. */
export type ClientAddress = {
  /** The derived address in canonical form; null when nothing usable was found */
  address: string | null
  /** Entries seen in X-Forwarded-For */
  hops: number
  /** `untrusted_peer`: the header came from a peer that is not one of our proxies, and was ignored */
  problem: 'untrusted_peer' | 'too_many_hops' | 'garbage' | null
}

/** The offline data about one address. */
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
/** `residential`: homes whose connection is sold as a proxy */
export type FeedKind = 'tor' | 'vpn' | 'hostile' | 'relay' | 'anon' | 'residential' | 'hosting'

/** The raw request that carried the probe facts. */
export type RequestFacts = {
  /** `1.0`, `1.1`, `2.0` */
  httpVersion: string
  /** TLS, or a loopback host, which browsers treat alike */
  isSecureContext: boolean
  /** Lower case, in the order received, repeated when sent twice */
  headerNames: readonly string[]
  /** JA4 of the client's TLS, told by the operator's proxy; absent or null: nobody told it */
  ja4?: string | null
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
  /** Sign-ins of this participant in 180 d, as sources say them, and earlier cases that passed in 30 d; null: none */
  history: NetworkHistory | null
  /** The browser's clock zone against the country of the address; null: no beacon */
  zone: ZoneFacts | null
  /** Requests of this portal session in order, from the accepted match code on */
  visits: readonly SessionVisit[]
  /** null: not counted */
  velocity: { participants24h: number; linksOpened1h: number } | null
  /** Where the address is; null where no source gives places */
  place: CurrentPlace | null
  /** Last trusted place, younger than 24 h: a directory sign-in or an earlier verified case */
  lastTrusted: TrustedPlace | null
  /** The calling code of the phone that the link went to; null: it went to none, or the number cannot be read */
  phone: PhoneCountry | null
}

export type PhoneCountry = {
  /** Digits of the contact's calling code, `44` */
  contactCode: string
  /** The same for the country of the address; null where the country has none or is not known */
  countryCode: string | null
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
export type CurrentPlace = Place & {
  /** Colleagues from elsewhere seen at this end in 30 d; three make it a company place */
  colleagues30d: number
}
export type TrustedPlace = CurrentPlace & { at: number; class: NetworkClass | null }
