/** The age of data files, and its effect on the checks. */
import type { DataFile } from './manifest.ts'

const dayMs = 86_400_000

/** `registry`: owners, countries, classes · `reputation`: lists of addresses · `versions`: of browsers */
export type DataKind = 'registry' | 'reputation' | 'versions'

/**
 * `fresh`: counts in full · `ageing`: counts in full, and should be refreshed · `stale`: counts for less, or, for versions of
 * browsers, not at all
 */
export type AgeState = 'fresh' | 'ageing' | 'stale'

/** Days after which a file is ageing, and stale. The checks' own rules are in domain/risk/quality.ts. */
export const ageLimits: Readonly<Record<DataKind, { ageing: number; stale: number }>> = {
  registry: { ageing: 274, stale: 365 },
  reputation: { ageing: 7, stale: 30 },
  versions: { ageing: 152, stale: 182 },
}

export type DataAge = Omit<DataFile, 'sha256'> & { ageDays: number; kind: DataKind; state: AgeState }

/** Age and state of one file at a moment. */
export function ageOf(
  { name, version, licence, asOf, rows }: Omit<DataFile, 'sha256'>,
  kind: DataKind,
  at: number,
): DataAge {
  const ageDays = Math.max(0, Math.floor((at - Date.parse(asOf)) / dayMs))
  return { name, version, licence, asOf, rows, ageDays, kind, state: stateOf(kind, ageDays) }
}

function stateOf(kind: DataKind, ageDays: number): AgeState {
  const { ageing, stale } = ageLimits[kind]
  if (ageDays > stale) return 'stale'
  return ageDays >= ageing ? 'ageing' : 'fresh'
}
