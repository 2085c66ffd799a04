/** R can never go below these floors, whatever speaks for the participant. */
import { isHit } from './asks.ts'
import type { CheckCode, CheckResult } from './check.ts'
import { coverageOf, judgedCategories } from './coverage.ts'
import { byText } from './groups.ts'

/** Causes that are not one check: they follow from all results together. */
export type SharedFloorCode = 'AUTOMATION_TWICE' | 'COVERAGE_ONE' | 'COVERAGE_TWO'

export type ScoreFloor = {
  code: CheckCode | SharedFloorCode
  value: number
  /** Absent where the floor lasts as long as its cause */
  expiresAt?: string
}

/** All floors, highest first. A case without proof has none: the rules demand a kind, whatever the score. */
export function floorsOf(live: readonly CheckResult[]): readonly ScoreFloor[] {
  return [...checkFloors(live), ...automationFloor(live), ...coverageFloor(live)].sort(
    (a, b) => b.value - a.value || byText(a.code, b.code),
  )
}

function checkFloors(live: readonly CheckResult[]): readonly ScoreFloor[] {
  const floors: ScoreFloor[] = []
  for (const { code, floor } of live)
    if (floor !== undefined && floor.liftedBy === undefined)
      floors.push({ code, value: floor.value, expiresAt: floor.expiresAt })
  return floors
}

/** Signs of automation by check. A disguise is one sign: what hides one value from a page often hides several. */
const automationSigns: ReadonlyMap<string, string> = new Map([
  ['END_WEBDRIVER', 'webdriver'],
  ['END_CDP', 'debugger'],
  ['END_HEADLESS_UA', 'headless'],
  ['END_WORKER', 'disguise'],
  ['END_API_TAMPER', 'disguise'],
  ['END_TLS_CLIENT', 'disguise'],
  ['PER_UNTRUSTED_EVENT', 'script'],
])

/** True if a hit of this check is a sign of automation, which has a part in a floor. */
export const isAutomationSign = (code: string): boolean => automationSigns.has(code)

/** One sign of automation may be a developer's tools; two independent ones are a program. */
function automationFloor(live: readonly CheckResult[]): readonly ScoreFloor[] {
  return new Set(live.filter(isHit).flatMap(({ code }) => automationSigns.get(code) ?? [])).size < 2
    ? []
    : [{ code: 'AUTOMATION_TWICE', value: 8.5 }]
}

function coverageFloor(live: readonly CheckResult[]): readonly ScoreFloor[] {
  const thin = judgedCategories.filter((category) => (coverageOf(category, live) ?? 1) < 0.5).length
  if (thin === 0) return []
  return [thin === 1 ? { code: 'COVERAGE_ONE', value: 3.5 } : { code: 'COVERAGE_TWO', value: 5 }]
}
