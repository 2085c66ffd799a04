import { defineCheck } from '../../check.ts'
import type { OsFamily } from '../../facts.ts'
import { withProbe } from '../../preconditions.ts'
import { say } from '../../text.ts'

/** The operating system of the user agent and `navigator.platform` are different families. */
export const uaPlatform = defineCheck({
  code: 'END_UA_PLATFORM',
  category: 'endpoint',
  group: 'tamper',
  defaultWeights: { differs: -8 },
  evaluate: (facts, weights) =>
    withProbe(facts, (probe) => {
      const claimed = facts.endpoint.userAgent?.os ?? null
      const actual = familyOf(probe.page.platform)
      if (claimed === null || actual === null) return { status: 'unknown', text: say('endpoint.not_told') }
      if (isAllowed(claimed, actual, probe.touchPoints))
        return { status: 'pass', text: say('ua_platform.pass') }
      const { platform } = probe.page
      return {
        status: 'flag',
        weight: weights.differs,
        evidence: [
          { label: 'platform', value: say('evidence.platforms', { claimed, platform }), sensitivity: 1 },
        ],
        text: say('ua_platform.hit', { claimed, platform }),
        remedy: say('remedy.other_browser'),
      }
    }),
})

/** `navigator.platform` values as browsers ship them; unknown ones tell nothing. */
function familyOf(platform: string): OsFamily | null {
  if (/^win/i.test(platform)) return 'windows'
  if (/^mac/i.test(platform)) return 'macos'
  if (/^(iphone|ipad|ipod)/i.test(platform)) return 'ios'
  if (/^android/i.test(platform)) return 'android'
  return /^(linux|x11|cros)/i.test(platform) ? 'linux' : null
}

/** Android and ChromeOS are Linux inside; an iPad presents itself as a Mac with a touch screen. */
function isAllowed(claimed: OsFamily, actual: OsFamily, touchPoints: number): boolean {
  if (claimed === actual) return true
  if (actual === 'linux') return claimed === 'android' || claimed === 'chromeos'
  if (actual === 'android') return claimed === 'linux'
  const isTouch = touchPoints > 1
  return isTouch && ((claimed === 'ios' && actual === 'macos') || (claimed === 'macos' && actual === 'ios'))
}
