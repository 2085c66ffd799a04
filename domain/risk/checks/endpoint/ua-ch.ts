import { defineCheck } from '../../check.ts'
import type { HeaderHints, OsFamily, UserAgentFacts } from '../../facts.ts'
import type { BrandVersion, ScriptHints } from '../../probe.ts'
import { say, type CheckText } from '../../text.ts'

/** User agent, `Sec-CH-UA*` headers and `navigator.userAgentData` agree, or one of them was edited. */
export const uaCh = defineCheck({
  code: 'END_UA_CH',
  category: 'endpoint',
  group: 'tamper',
  defaultWeights: { differs: -8 },
  evaluate({ endpoint: { userAgent, hints, probe } }, weights) {
    if (userAgent === null) return { status: 'unknown', text: say('endpoint.no_request') }
    const script = probe?.hints ?? null
    if (hints === null && script === null) return { status: 'not_applicable', text: say('ua_ch.none') }
    const fields = differences(userAgent, hints, script)
    if (fields.length === 0) return { status: 'pass', text: say('ua_ch.pass') }
    return {
      status: 'flag',
      weight: weights.differs,
      evidence: [
        { label: 'user_agent', value: userAgent.raw.slice(0, 200), sensitivity: 1 },
        { label: 'hints', value: describe(hints, script), sensitivity: 1 },
      ],
      text: say('ua_ch.hit', { fields: fields.join(', ') }),
      remedy: say('remedy.other_browser'),
    }
  },
})

/** Majors and families only: minor versions are frozen in user agents. */
function differences(
  userAgent: UserAgentFacts,
  header: HeaderHints | null,
  script: ScriptHints | null,
): readonly string[] {
  if (!userAgent.isChromium) return ['hints from a browser that has none']
  const hint = header ?? { chromiumMajor: null, platform: null, isMobile: null }
  const told: readonly (readonly [field: string, values: readonly (string | number | boolean | null)[]])[] = [
    ['version', [chromiumMajorOf(userAgent.raw), hint.chromiumMajor, majorOf(script?.brands)]],
    ['operating system', [userAgent.os, systemOf(hint.platform), systemOf(script?.platform)]],
    ['mobile', [hint.isMobile, script?.mobile ?? null]],
  ]
  return told.filter(([, values]) => !isOne(values)).map(([field]) => field)
}

/** True when all values that are known are the same one. */
function isOne(values: readonly (string | number | boolean | null)[]): boolean {
  return new Set(values.filter((value) => value !== null)).size <= 1
}

function chromiumMajorOf(raw: string): number | null {
  const match = /Chrom(?:e|ium)\/(\d+)/.exec(raw)
  return match === null ? null : Number(match[1])
}

function majorOf(brands: readonly BrandVersion[] | undefined): number | null {
  const version = brands?.find((entry) => entry.brand === 'Chromium')?.version
  const major = Number.parseInt(version ?? '', 10)
  return Number.isNaN(major) ? null : major
}

/** Platform names as `Sec-CH-UA-Platform` and `userAgentData.platform` spell them. */
const systems: Readonly<Record<string, OsFamily>> = {
  windows: 'windows',
  macos: 'macos',
  android: 'android',
  ios: 'ios',
  linux: 'linux',
  'chrome os': 'chromeos',
  'chromium os': 'chromeos',
}

function systemOf(platform: string | null | undefined): OsFamily | null {
  return systems[platform?.toLowerCase() ?? ''] ?? null
}

function describe(header: HeaderHints | null, script: ScriptHints | null): CheckText {
  const fromHeader =
    header === null ? 'none' : `${String(header.chromiumMajor ?? '?')} ${header.platform ?? '?'}`
  const fromScript = script === null ? 'none' : `${String(majorOf(script.brands) ?? '?')} ${script.platform}`
  return say('evidence.hints', { fromHeader, fromScript })
}
