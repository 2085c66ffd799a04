import type { IpFacts, NetworkClass, SourceRef } from '#domain/risk/facts.ts'
import { officeOf } from '../offices.ts'
import type { SeedPerson } from '../people.ts'
import type { Random } from '../random.ts'

/** A network as the offline data know it; `prefix`: the first two bytes of a range that it announces. */
type Network = {
  readonly prefix: string
  readonly country: string
  readonly name: string
  readonly class: NetworkClass | null
}

/** Networks of access providers by number, and a few that nobody calls the help desk from in good faith. */
const networks: Readonly<Record<number, Network>> = {
  7018: { prefix: '99.0', country: 'US', name: 'AT&T Enterprises, LLC', class: null },
  11427: { prefix: '70.112', country: 'US', name: 'Charter Communications Inc', class: null },
  21928: { prefix: '172.56', country: 'US', name: 'T-Mobile USA, Inc.', class: null },
  577: { prefix: '70.48', country: 'CA', name: 'Bell Canada', class: null },
  812: { prefix: '99.224', country: 'CA', name: 'Rogers Communications Canada Inc.', class: null },
  5645: { prefix: '23.233', country: 'CA', name: 'TekSavvy Solutions, Inc.', class: null },
  5769: { prefix: '24.200', country: 'CA', name: 'Videotron Ltee', class: null },
  3320: { prefix: '80.128', country: 'DE', name: 'Deutsche Telekom AG', class: null },
  3209: { prefix: '109.40', country: 'DE', name: 'Vodafone GmbH', class: null },
  6805: { prefix: '77.0', country: 'DE', name: 'Telefonica Germany GmbH & Co.OHG', class: null },
  2856: { prefix: '86.128', country: 'GB', name: 'British Telecommunications PLC', class: null },
  5089: { prefix: '82.0', country: 'GB', name: 'Virgin Media Limited', class: null },
  206067: { prefix: '92.40', country: 'GB', name: 'Hutchison 3G UK Limited', class: null },
  3215: { prefix: '90.0', country: 'FR', name: 'Orange S.A.', class: null },
  12322: { prefix: '82.64', country: 'FR', name: 'Free SAS', class: null },
  15557: { prefix: '93.0', country: 'FR', name: 'Societe Francaise Du Radiotelephone - SFR SA', class: null },
  28573: { prefix: '177.32', country: 'BR', name: 'Claro NXT Telecomunicacoes Ltda', class: null },
  16276: { prefix: '51.68', country: 'FR', name: 'OVH SAS', class: 'hosting' },
  14061: { prefix: '138.68', country: 'US', name: 'DigitalOcean, LLC', class: 'hosting' },
  39351: { prefix: '185.65', country: 'NL', name: '31173 Services AB', class: 'vpn' },
  60729: { prefix: '185.220', country: 'DE', name: 'Stiftung Erneuerbare Freiheit', class: 'tor' },
}

/** Third bytes for which the offline data say the same of the ranges above. */
const thirdByte: Readonly<Record<number, number>> = { 60729: 101, 39351: 134 }

const source = (name: string, asOf: string): SourceRef => ({ name, version: asOf, asOf })

/** The files that these facts were read from when the demo was made. */
const sources = {
  asn: source('IP to ASN', '2026-06-17'),
  country: source('IP to country', '2026-06-17'),
  classes: source('ASN classes', '2026-11-24'),
}

/** Networks that impostors come from: servers, a VPN, Tor, a private line in another country. */
const suspicious = { 14061: 4, 16276: 3, 39351: 4, 60729: 2, 28573: 3, 5089: 2 } as const

/** Facts about the first address of a range, which no device has (its host part is zero). */
export const addressIn = (asn: number, random: Random): IpFacts => {
  const network = networks[asn]
  if (network === undefined) throw new Error(`AS${String(asn)} is not among the demo's networks`)
  const third = thirdByte[asn] ?? random.int(0, 63)
  return {
    address: `${network.prefix}.${String(third)}.0`,
    family: 4,
    status: 'public',
    range: 'unicast',
    country: network.country,
    country2: null,
    asn,
    asnName: network.name,
    class: network.class,
    classBy: network.class === null ? null : 'list',
    feeds: [],
    sources,
  }
}

/** The place of a person when it is really them: at work, at home, or on the phone. */
export const ownAddress = (person: SeedPerson, random: Random): IpFacts => {
  const [office, ...homes] = officeOf(person.office).networks
  const own = homes[Number.parseInt(person.id.slice(0, 4), 16) % homes.length] ?? office
  return addressIn(random.chance(0.55) ? office : own, random)
}

/** The address of an impostor. */
export const foreignAddress = (random: Random): IpFacts =>
  addressIn(Number(random.weighted(suspicious)), random)
