import { defineCheck } from '../../check.ts'
import type { Evidence } from '../../check.ts'
import type { VersionFacts } from '../../facts.ts'
import { ageInDays } from '../../quality.ts'
import { say } from '../../text.ts'
import type { CheckText } from '../../text.ts'

const mostBehind = 12
/** Half a year of releases: an older list would call the newest browsers unheard of and old ones new. */
const listDays = 183

/** A browser a year behind, or a system without support: old scripts claim such. Long-term versions are not old. */
export const stale = defineCheck({
  code: 'END_STALE',
  category: 'endpoint',
  group: 'env',
  phase: 2,
  defaultWeights: { old: -2 },
  evaluate({ endpoint: { userAgent, versions }, at }, weights) {
    if (userAgent === null) return { status: 'unknown', text: say('endpoint.no_request') }
    if (versions === null) return { status: 'not_applicable', text: say('stale.no_list') }
    const { browser, endedSystem, source } = versions
    if (ageInDays(source, at) >= listDays)
      return {
        status: 'not_applicable',
        text: say('stale.list_old', { date: source.asOf.slice(0, 10) }),
        source,
      }
    if (browser === null && endedSystem === null)
      return { status: 'not_applicable', text: say('stale.no_major'), source }
    const text = fault(versions)
    if (text === null) {
      const isLongTerm = browser?.isLongTerm === true
      return { status: 'pass', text: isLongTerm ? say('stale.long_term') : say('stale.pass'), source }
    }
    return {
      status: 'flag',
      weight: weights.old,
      evidence: evidenceOf(versions),
      text,
      remedy: say('remedy.update_browser'),
      source,
    }
  },
})

function fault({ browser, endedSystem }: VersionFacts): CheckText | null {
  if (endedSystem !== null) return say('stale.system', { system: endedSystem })
  if (browser === null || browser.isLongTerm || browser.newest - browser.major <= mostBehind) return null
  // As text: a version is a name, which no language groups like a number.
  const { name, major, newest } = browser
  return say('stale.browser', { name, major: String(major), newest: String(newest) })
}

function evidenceOf({ browser, endedSystem }: VersionFacts): Evidence[] {
  const values: CheckText[] = []
  if (browser !== null) {
    const { name, major, newest } = browser
    values.push(say('evidence.browser_version', { name, major: String(major), newest: String(newest) }))
  }
  if (endedSystem !== null) values.push(say('evidence.system_version', { system: endedSystem }))
  return values.map((value) => ({ label: 'version', value, sensitivity: 0 }))
}
