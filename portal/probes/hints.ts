import type { BrandVersion, ScriptHints } from '#domain/risk/probe.ts'
import { brandsOf, cut, cutOrNull } from './limits.ts'

type UserAgentData = {
  readonly brands: readonly BrandVersion[]
  readonly mobile: boolean
  readonly platform: string
  getHighEntropyValues?(wanted: readonly string[]): Promise<{ platformVersion?: string }>
}

/** Reads what the browser tells scripts about itself beyond the user agent; null where it has no such interface. */
export const readHints = async (): Promise<ScriptHints | null> => {
  const data = (navigator as { userAgentData?: UserAgentData }).userAgentData
  if (!data) return null
  const high = await data.getHighEntropyValues?.(['platformVersion']).catch(() => ({}))
  return {
    brands: brandsOf(data.brands),
    mobile: data.mobile,
    platform: cut(data.platform),
    platformVersion: cutOrNull((high as { platformVersion?: string } | undefined)?.platformVersion),
  }
}
