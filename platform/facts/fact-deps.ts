import type {
  ContactFacts,
  IpFacts,
  NetworkClass,
  Place,
  UserAgentFacts,
  VersionFacts,
} from '#domain/risk/facts.ts'
import type { KeyRing } from '../crypto/keys.ts'

/** Facts that come from npm or files, given by the process. */
export type FactTools = {
  /** The offline data about an address; null where none are installed. */
  lookUp(address: string): IpFacts | null
  /** Minutes east of UTC in force in a country at a moment; null when unknown. */
  countryOffsets(country: string, at: number): readonly number[] | null
  readUserAgent(raw: string): UserAgentFacts
  mailDomain(address: string, own: readonly string[]): ContactFacts['domain']
  /** Class of a whole network; null when none is known. */
  classOf(asn: number): NetworkClass | null
  /** The middle of a country and how far its people live from it; null for a code that is none. */
  placeOf(country: string): Place | null
  /** Digits of the calling code of a stored number; null when it cannot be read. */
  callingCodeOf(e164: string): string | null
  /** The same of a country; null where it has none. */
  callingCodeOfCountry(country: string): string | null
  /** Languages commonly used in a country, two-letter codes. */
  languagesOf(country: string): readonly string[]
  /** The age of browser and system; null where no list of versions is installed. */
  versionsOf(userAgent: string): VersionFacts | null
  /** The same over the data as they are now, whatever replaces them meanwhile; absent where nothing does */
  pinned?(): FactTools
}

/** Tools for one evaluation: every answer comes from one edition of the data. */
export const pinned = (factTools: FactTools): FactTools => factTools.pinned?.() ?? factTools

/** The dependencies of gathering facts. */
export type FactDeps = { readonly keys: KeyRing; readonly factTools: FactTools }
