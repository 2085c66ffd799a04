/** From facts to results: runs every check that the policy has not switched off. */
import type { Check, CheckCategory, CheckCode, CheckMode, CheckResult, Finding, Weights } from './check.ts'
import { checks } from './checks/index.ts'
import type { RiskFacts, SourceRef } from './facts.ts'
import type { CheckSettings } from './settings.ts'

/** True if a result rests on a data file, and not only on facts of the case itself. */
export const isDataFile = (source: SourceRef): boolean => !Object.values(ownSource).includes(source.name)

/** Where a finding without a data file comes from. */
const ownSource: Readonly<Record<CheckCategory, string>> = {
  network: 'portal requests',
  endpoint: 'device data',
  persona: 'directory and history',
  challenge: 'answers',
  possession: 'portal session',
}

/**
 * Pure: the same facts and settings give the same list, in the order of `checks`. A check gives several results where each
 * hit counts by itself (answers, secrets). `catalogue` is for tests.
 */
export function evaluateChecks(
  facts: RiskFacts,
  settings: CheckSettings,
  catalogue: readonly Check[] = checks,
): CheckResult[] {
  const { inForce, isLive } = catalogue === checks ? preparedFor(settings) : prepare(settings, catalogue)
  const asOf = new Date(facts.at).toISOString()
  const results: CheckResult[] = []
  for (const prepared of inForce) {
    const found = prepared.check.evaluate(facts, prepared.weights, isLive)
    if (!isList(found)) results.push(toResult(prepared, found, asOf))
    else for (const finding of found) results.push(toResult(prepared, finding, asOf))
  }
  return results
}

const isList = (found: Finding | readonly Finding[]): found is readonly Finding[] => Array.isArray(found)

/** A check under the settings of a policy; those that are off are left out. */
type Prepared = {
  readonly check: Check
  readonly mode: 'live' | 'shadow'
  readonly weights: Weights
  readonly maxWeight: number
}
type InForce = { readonly inForce: readonly Prepared[]; readonly isLive: (code: CheckCode) => boolean }

/** The same for every case under one policy: many cases are weighed one after the other. */
const known = new WeakMap<CheckSettings, InForce>()

function preparedFor(settings: CheckSettings): InForce {
  const before = known.get(settings)
  if (before !== undefined) return before
  const now = prepare(settings, checks)
  known.set(settings, now)
  return now
}

function prepare(settings: CheckSettings, catalogue: readonly Check[]): InForce {
  const inForce = catalogue.flatMap((check): Prepared[] => {
    const mode = modeOf(check, settings)
    const maxWeight = strongestOf(check.defaultWeights)
    return mode === 'off' ? [] : [{ check, mode, weights: weightsOf(check, settings), maxWeight }]
  })
  const live = new Set(inForce.flatMap(({ check, mode }) => (mode === 'live' ? [check.code] : [])))
  return { inForce, isLive: (code) => live.has(code) }
}

/** The mode of the policy; without one, live for phase 1 and shadow for newer checks. */
export function modeOf(check: Check, settings: CheckSettings): CheckMode {
  return settings.checks[check.code]?.mode ?? (check.phase === 1 ? 'live' : 'shadow')
}

/** Default weights under the policy's values; names the check does not have are ignored. */
export function weightsOf(check: Check, settings: CheckSettings): Weights {
  const setting = settings.checks[check.code]
  if (setting === undefined) return check.defaultWeights
  const { weight: size, weights: given = {} } = setting
  const strongest = strongestOf(check.defaultWeights)
  const factor = size === undefined || strongest === 0 ? 1 : Math.abs(size) / strongest
  return Object.fromEntries(
    Object.entries(check.defaultWeights).map(([name, weight]) => [name, given[name] ?? weight * factor]),
  )
}

/** Largest |dB|; 0 for a check without weights. */
export function strongestOf(weights: Weights): number {
  return Math.max(0, ...Object.values(weights).map(Math.abs))
}

function toResult({ check, mode, maxWeight }: Prepared, finding: Finding, asOf: string): CheckResult {
  const { floor, evidenceClass, remedy } = finding
  const weight = finding.weight ?? 0
  return {
    code: check.code,
    ruleVersion: check.ruleVersion,
    category: check.category,
    group: finding.group ?? check.group,
    mode,
    status: finding.status,
    weight,
    maxWeight,
    quality: finding.quality ?? 1,
    applied: 0,
    ...(floor !== undefined && { floor }),
    ...(evidenceClass !== undefined && { evidenceClass }),
    evidence: finding.evidence ?? [],
    text: finding.text,
    ...(remedy !== undefined && { remedy }),
    source: finding.source ?? {
      name: ownSource[check.category],
      version: '1',
      asOf,
    },
  }
}
