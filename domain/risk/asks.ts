/** Some checks ask for proof in place of points. */
import type { Ask, CheckResult } from './check.ts'
import { checks } from './checks/index.ts'
import type { CheckSettings } from './settings.ts'

const byDefault: ReadonlyMap<string, Ask> = new Map(checks.map(({ code, asks }) => [code, asks]))

/** The setting of a check, whether or not the policy only records what it demands. A check that is gone since asks for nothing. */
export const askSetFor = (code: string, settings: Partial<CheckSettings>): Ask =>
  settings.checks?.[code]?.asks ?? byDefault.get(code) ?? 'points'

/** A hit of this check asks for this under a policy. While demands of findings are only recorded, its points count. */
export const askOf = (code: string, settings: Partial<CheckSettings>): Ask => {
  const ask = askSetFor(code, settings)
  return settings.onlyRecorded?.findings === true && ask !== 'refuse' ? 'points' : ask
}

/** True if a result counts and speaks against the participant. */
export const isHit = ({ mode, status }: { readonly mode: string; readonly status: string }): boolean =>
  mode === 'live' && (status === 'flag' || status === 'critical')

/** These ask for one kind of proof more than the case needs without them. */
export const oneMoreKind: readonly Ask[] = ['one_more_kind', 'supervisor']

/** True if a result asks for proof in place of its points, which then have no part in the deciding score. */
export const asksInsteadOfPoints = (
  result: Pick<CheckResult, 'code' | 'mode' | 'status'>,
  settings: Partial<CheckSettings>,
): boolean => isHit(result) && oneMoreKind.includes(askOf(result.code, settings))
