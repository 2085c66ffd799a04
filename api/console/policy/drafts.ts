import { weakenings } from '#domain/policy/compare.ts'
import { policyDiff } from '#domain/policy/diff.ts'
import type { FieldValue } from '#domain/policy/fields.ts'
import type { Policy } from '#domain/policy/policy.ts'
import { checks } from '#domain/risk/checks/index.ts'
import type { PolicyChange, Policy as Draft, Weakened } from '../../contract/console-policy.ts'
import { InvalidInput } from '../../http/errors.ts'

const valueOf = (value: FieldValue): PolicyChange['before'] =>
  typeof value === 'object' ? ([...value] as PolicyChange['before']) : value

/** The changes from one policy to another, and the fields by which they weaken. */
export const comparison = (
  before: Policy,
  after: Policy,
): { changes: PolicyChange[]; weakened: Weakened[] } => ({
  changes: policyDiff(before, after).map((change) => ({
    path: change.path,
    before: valueOf(change.before),
    after: valueOf(change.after),
  })),
  weakened: weakenings(before, after).map(({ path, by }) => ({ path, by })),
})

/** A policy as the contract shows it; copied, because the contract's lists are mutable. */
export const shownPolicy = (policy: Policy): Draft => JSON.parse(JSON.stringify(policy)) as Draft

/**
 * A draft as the domain takes it. Codes that are no check's, and are not in the policy it was made from either, are
 * refused: a check that comes later must not find itself switched off.
 * @throws InvalidInput naming the code's field
 */
export const draftOf = (draft: Draft, base: Policy): Policy => {
  const known = new Set<string>([...checks.map(({ code }) => code), ...Object.keys(base.score.checks)])
  const unknown = Object.keys(draft.score.checks).filter((code) => !known.has(code))
  if (unknown.length > 0)
    throw new InvalidInput(
      422,
      unknown.map((code) => ({
        path: `policy.score.checks.${code}`,
        code: 'custom',
        message: 'no such check',
      })),
    )
  return withoutEmpty(draft)
}

/** A value that was left out of a check's setting is absent, not undefined. */
const withoutEmpty = (draft: Draft): Policy => JSON.parse(JSON.stringify(draft)) as Policy
