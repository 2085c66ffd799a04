import { probeLimits, type BrandVersion, type SurfaceValues } from '#domain/risk/probe.ts'

type UserAgentData = { readonly brands?: readonly BrandVersion[] }

/** Browsers state at most this much; more is a forgery that the API would refuse. */
const text = (value: string, limit: number = probeLimits.textChars): string => value.slice(0, limit)

/** The values that must be the same in the page and inside a worker; runs in both. */
export const readSurface = (): SurfaceValues => {
  const data = (navigator as { userAgentData?: UserAgentData }).userAgentData
  return {
    userAgent: text(navigator.userAgent, probeLimits.userAgentChars),
    platform: text(navigator.platform),
    languages: navigator.languages.slice(0, probeLimits.listItems).map((tag) => text(tag)),
    cores: navigator.hardwareConcurrency ?? null,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? null,
    brands:
      data?.brands?.map(({ brand, version }) => ({ brand: text(brand), version: text(version) })) ?? null,
  }
}
