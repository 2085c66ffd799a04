import { probeLimits, type BrandVersion, type SurfaceValues } from '#domain/risk/probe.ts'
import { brandsOf, cut, cutOrNull, wholeOrNull } from './limits.ts'

type UserAgentData = { readonly brands?: readonly BrandVersion[] }

/** The values that must be the same in the page and inside a worker; runs in both. */
export const readSurface = (): SurfaceValues => {
  const brands = (navigator as { userAgentData?: UserAgentData }).userAgentData?.brands
  return {
    userAgent: cut(navigator.userAgent, probeLimits.userAgentChars),
    platform: cutOrNull(navigator.platform) ?? '',
    languages: ((navigator.languages as readonly string[] | undefined) ?? [])
      .slice(0, probeLimits.listItems)
      .map((tag) => cut(tag)),
    cores: wholeOrNull(navigator.hardwareConcurrency),
    timeZone: cutOrNull(Intl.DateTimeFormat().resolvedOptions().timeZone),
    brands: brands ? brandsOf(brands) : null,
  }
}
