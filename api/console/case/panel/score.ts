import type { CheckResult, Evidence, EvidenceValue } from '#domain/risk/check.ts'
import { makeUpOf } from '#domain/risk/groups.ts'
import { may } from '#domain/roles.ts'
import { openEvidence } from '#services/risk/scorings.ts'
import type { StaffCaller } from '../../../http/callers.ts'
import type { Check, Score } from '../../../contract/console-score.ts'
import type { ApiDeps } from '../../../deps.ts'
import { bytesOf } from '../../../portal/portal-case.ts'
import type { RawVerification } from './raw.ts'

type Scoring = NonNullable<RawVerification['scoring']>

/** Weights, trust in the data and damping, group by group, and their sum before the category's limit. */
const madeUp = (live: readonly CheckResult[]): Pick<Score['categories'][number], 'before' | 'groups'> => {
  const { sum, groups } = makeUpOf(live)
  return {
    before: sum,
    groups: groups.map(({ group, hits }) => ({
      group,
      hits: hits.map(({ result, factor, db }) => ({
        code: result.code,
        weight: result.weight,
        quality: result.quality,
        factor,
        counted: db,
      })),
    })),
  }
}

/** The score with its make-up: categories, floors, reasons strongest first, and R without each. */
export const scoreOf = ({ score, results }: Scoring): Score => ({
  r: score.r,
  rDecide: score.rDecide,
  band: score.band,
  e: score.e,
  categories: score.categories.map(({ category, e, r, coverage }) => ({
    category,
    e,
    r,
    coverage,
    ...madeUp(results.filter((result) => result.mode === 'live' && result.category === category)),
  })),
  floors: score.floors.map(({ code, value }) => ({
    code,
    value,
    text: { key: `floor.${code}`, slots: { value } },
  })),
  reasons: score.reasons.flatMap((reason) => {
    const result = results.find(({ code, group }) => code === reason.code && group === reason.group)
    return result === undefined
      ? []
      : [
          {
            code: reason.code,
            category: result.category,
            text: { key: result.text.key, slots: { ...result.text.slots } },
            applied: reason.applied,
            without: reason.leaveOneOut,
          },
        ]
  }),
})

/** Highest sensitivity that a role sees without opening. */
const seenBy = (staff: StaffCaller): number => (may(staff.role, 'evidence.read_restricted') ? 1 : 0)

/** A value as the contract has it. */
export const shownValue = (value: EvidenceValue): Check['evidence'][number]['value'] =>
  typeof value === 'string' ? value : { key: value.key, slots: { ...value.slots } }

const checkOf = (result: CheckResult, evidence: readonly Evidence[], most: number): Check => {
  const seen = evidence.filter(({ sensitivity }) => sensitivity <= most)
  return {
    code: result.code,
    category: result.category,
    group: result.group,
    status: result.status,
    mode: result.mode,
    weight: result.weight,
    applied: result.applied,
    text: { key: result.text.key, slots: { ...result.text.slots } },
    remedy:
      result.remedy === undefined ? null : { key: result.remedy.key, slots: { ...result.remedy.slots } },
    evidence: seen.map(({ label, value }) => ({ label, value: shownValue(value) })),
    hiddenEvidence: evidence.length - seen.length,
    source: { name: result.source.name, version: result.source.version, asOf: result.source.asOf },
  }
}

/** The evidence of a scoring, one list for each result. */
export const evidenceOf = (
  { keys }: Pick<ApiDeps, 'keys'>,
  tenantId: string,
  raw: RawVerification,
): readonly (readonly Evidence[])[] =>
  raw.scoring === null
    ? []
    : openEvidence(
        keys,
        tenantId,
        raw.verification.id,
        raw.scoring.ordinal,
        bytesOf(raw.scoring.evidence_sealed),
      )

/** Checks in shadow are for admins, who set the rules: a decider must not weigh what counts nothing. */
export const isShownTo = ({ role }: StaffCaller, { mode }: Pick<CheckResult, 'mode'>): boolean =>
  mode === 'live' || may(role, 'policy.write')

/** Every check with as much evidence as the role may see, what counted most first. */
export const checksOf = (deps: Pick<ApiDeps, 'keys'>, staff: StaffCaller, raw: RawVerification): Check[] => {
  const evidence = evidenceOf(deps, staff.tenantId, raw)
  const checks = (raw.scoring?.results ?? []).flatMap((result, index) =>
    isShownTo(staff, result) ? [checkOf(result, evidence[index] ?? [], seenBy(staff))] : [],
  )
  return checks.sort((a, b) => Math.abs(b.applied) - Math.abs(a.applied))
}
