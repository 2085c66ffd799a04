import { mailDomainKind } from './email-domain.ts'
import { versionFacts } from '../network-data/browser-versions.ts'
import { languagesOf } from '../network-data/country-languages.ts'
import { placeOfCountry } from '../network-data/country-places.ts'
import type { NetworkData } from '../network-data/open.ts'
import { readUserAgent } from '../network-data/user-agent.ts'
import { countryOffsets } from '../network-data/zone-facts.ts'
import { callingCodeOf, callingCodeOfCountry } from './phone.ts'
import type { FactTools } from './fact-deps.ts'

/**
 * Silent checks need these from npm and files. Without network data every address is unknown, which the score shows.
 */
export const createFactTools = (networkData: NetworkData | null): FactTools => ({
  lookUp: (address) => networkData?.lookup(address) ?? null,
  countryOffsets,
  readUserAgent,
  mailDomain: mailDomainKind,
  classOf: (asn) => networkData?.classOf(asn) ?? null,
  placeOf: placeOfCountry,
  callingCodeOf,
  callingCodeOfCountry,
  languagesOf,
  versionsOf: (userAgent) => {
    const list = networkData?.browsers ?? null
    return list === null ? null : versionFacts(userAgent, list)
  },
})

/** The same over data that are replaced while the process runs; `pinned` holds on to those of one moment. */
export const createLiveFactTools = (current: () => NetworkData | null): FactTools => {
  let last: { readonly of: NetworkData | null; readonly tools: FactTools } | undefined
  const now = (): FactTools => {
    const data = current()
    if (last === undefined || last.of !== data) last = { of: data, tools: createFactTools(data) }
    return last.tools
  }
  return {
    ...now(),
    lookUp: (address) => now().lookUp(address),
    classOf: (asn) => now().classOf(asn),
    versionsOf: (userAgent) => now().versionsOf(userAgent),
    pinned: now,
  }
}
