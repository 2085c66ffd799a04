import { probeLimits, type BrandVersion, type SurfaceValues } from '#domain/risk/probe.ts'
import { brandsOf, cut, cutOrNull } from './limits.ts'

type UserAgentData = { readonly brands?: readonly BrandVersion[] }

/** The values that must be the same in the page and inside a worker; runs in both. */
export const readSurface = (): SurfaceValues => {
  const brands = (navigator as { userAgentData?: UserAgentData }).userAgentData?.brands
  return {
    userAgent: cut(navigator.userAgent, probeLimits.userAgentChars),
    platform: cut(navigator.platform),
    languages: navigator.languages.slice(0, probeLimits.listItems).map((tag) => cut(tag)),
    cores: navigator.hardwareConcurrency ?? null,
    timeZone: cutOrNull(Intl.DateTimeFormat().resolvedOptions().timeZone),
    brands: brands ? brandsOf(brands) : null,
  }
}
