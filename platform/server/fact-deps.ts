import type { ContactFacts, IpFacts, UserAgentFacts } from '#domain/risk/facts.ts'
import type { KeyRing } from './keys.ts'

/** Facts that come from npm or files, given by the process. */
export type FactTools = {
  /** What the offline data say of an address; null where none are installed. */
  lookUp(address: string): IpFacts | null
  /** Minutes east of UTC in force in a country at a moment; null when unknown. */
  countryOffsets(country: string, at: number): readonly number[] | null
  readUserAgent(raw: string): UserAgentFacts
  mailDomain(address: string, own: readonly string[]): ContactFacts['domain']
}

/** What gathering needs. */
export type FactDeps = { readonly keys: KeyRing; readonly factTools: FactTools }
