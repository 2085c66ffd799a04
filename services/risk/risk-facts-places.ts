/** The traffic of an address, and the two ends of a person's journey. */
import type { CurrentPlace, IpFacts, NetworkClass, NetworkFacts, TrustedPlace } from '#domain/risk/facts.ts'
import { countColleagues, countOnAddress, readLastTrusted, type TrustedSighting } from './sightings.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { FactDeps } from '#platform/facts/fact-deps.ts'
import { addressDigests, type AddressDigests } from './sighting-facts.ts'

type PlaceFacts = Pick<NetworkFacts, 'velocity' | 'place' | 'lastTrusted'>

/** Facts about the address of a case against those of others; all null where the address is none that can be counted. */
export const placeFacts = async (
  deps: FactDeps,
  tx: Tx,
  of: { readonly personId: string; readonly verificationId: string },
  ip: IpFacts | null,
  address: string | null,
): Promise<PlaceFacts> => {
  const digests = addressDigests(deps.keys, tx.tenantId, address)
  if (digests === null) return { velocity: null, place: null, lastTrusted: null }
  return {
    velocity: await countOnAddress(tx, digests.address),
    ...(await journeyOf(deps, tx, of, ip, digests)),
  }
}

const journeyOf = async (
  deps: FactDeps,
  tx: Tx,
  { personId, verificationId }: { readonly personId: string; readonly verificationId: string },
  ip: IpFacts | null,
  digests: AddressDigests,
): Promise<Omit<PlaceFacts, 'velocity'>> => {
  const start = await readLastTrusted(tx, personId, verificationId)
  const country = ip === null ? null : ip.country
  // Colleagues make a difference only to a journey, and within one country there is none to be seen.
  const isJourney = start !== undefined && country !== null && country !== start.country
  const colleaguesAt = async (
    asn: number | null,
    networkDigest: Buffer | null,
    at: string,
  ): Promise<number> => (isJourney ? countColleagues(tx, personId, { country: at, asn, networkDigest }) : 0)
  return {
    place:
      country === null || ip === null
        ? null
        : placeOf(deps, country, await colleaguesAt(ip.asn, digests.network, country)),
    lastTrusted:
      start === undefined
        ? null
        : trustedOf(deps, start, await colleaguesAt(start.asn, start.networkDigest, start.country)),
  }
}

const placeOf = ({ factTools }: FactDeps, country: string, colleagues30d: number): CurrentPlace | null => {
  const place = factTools.placeOf(country)
  return place && { ...place, colleagues30d }
}

const trustedOf = (deps: FactDeps, start: TrustedSighting, colleagues30d: number): TrustedPlace | null => {
  const place = placeOf(deps, start.country, colleagues30d)
  return place && { ...place, at: start.at.getTime(), class: classOf(deps, start) }
}

const classOf = ({ factTools }: FactDeps, { asn, networkClass }: TrustedSighting): NetworkClass | null => {
  if (networkClass !== null) return networkClass as NetworkClass
  return asn === null ? null : factTools.classOf(asn)
}
