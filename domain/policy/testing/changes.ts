/** Small random changes of policies, in either direction, near where they decide something. */
import fc from 'fast-check'
import { questionFamilies } from '../../questions/plan.ts'
import { asksFor } from '../../risk/check.ts'
import { checks } from '../../risk/checks/index.ts'
import type { CheckSetting } from '../../risk/settings.ts'
import { purposes, tiers } from '../../verification/verification.ts'
import { defaultPolicy, labPolicy } from '../defaults.ts'
import { evidenceKinds, lockings, type Policy, type QuestionSettings, type Rule } from '../policy.ts'

/** One change of one field. */
export type Change = (policy: Policy) => Policy

const tenths = (min: number, max: number) => fc.integer({ min: min * 10, max: max * 10 }).map((n) => n / 10)

const onRules =
  (change: (rule: Rule) => Rule): Change =>
  (policy) => ({
    ...policy,
    rules: Object.fromEntries(
      purposes.map((purpose) => [
        purpose,
        Object.fromEntries(tiers.map((tier) => [tier, change(policy.rules[purpose][tier])])),
      ]),
    ) as Policy['rules'],
  })

const ruleChanges: fc.Arbitrary<Change> = fc
  .oneof(
    fc.subarray([...evidenceKinds], { maxLength: 2 }).map((classesRequired) => ({ classesRequired })),
    fc.integer({ min: 0, max: 3 }).map((classesNeeded) => ({ classesNeeded })),
    fc.integer({ min: 1, max: 5 }).map((minAnswered) => ({ minAnswered })),
    fc.integer({ min: 3, max: 6 }).map((maxAsked) => ({ maxAsked })),
    fc
      .constantFrom('agent' as const, 'supervisor' as const, 'auto' as const)
      .map((deciders) => ({ deciders })),
    fc.boolean().map((holdForSecondApproval) => ({ holdForSecondApproval })),
    fc.boolean().map((asksApprover) => ({ asksApprover })),
    fc.boolean().map((asksProviderSignIn) => ({ asksProviderSignIn })),
    fc.boolean().map((asksPush) => ({ asksPush })),
    fc.boolean().map((asksRecoverySheet) => ({ asksRecoverySheet })),
    fc.boolean().map((twoKindsWhenNew) => ({ twoKindsWhenNew })),
    fc.boolean().map((twoKindsForOwnMailbox) => ({ twoKindsForOwnMailbox })),
  )
  .map((part) => onRules((rule) => ({ ...rule, ...part })))

const scoreChanges: fc.Arbitrary<Change> = fc
  .oneof(
    tenths(0, 8).map((moreEvidenceFrom) => ({ moreEvidenceFrom })),
    tenths(3, 10).map((escalateFrom) => ({ escalateFrom })),
    fc
      .record({ own_mailbox: fc.boolean(), new_place: fc.boolean(), findings: fc.boolean() })
      .map((onlyRecorded) => ({ onlyRecorded })),
  )
  .map((part) => (policy) => ({ ...policy, score: { ...policy.score, ...part } }))

const checkChanges: fc.Arbitrary<Change> = fc
  .constantFrom(...checks)
  .chain((check) =>
    fc.tuple(
      fc.constant(check),
      fc.oneof(
        fc.constantFrom('live' as const, 'shadow' as const, 'off' as const).map((mode) => ({ mode })),
        fc.integer({ min: 0, max: 24 }).map((weight) => ({ weight })),
        fc.integer({ min: -24, max: 12 }).map((size) => ({ size })),
        fc.constantFrom(...asksFor(check.code)).map((ask) => ({ asks: ask })),
      ),
    ),
  )
  .map(([check, part]) => {
    const [name] = Object.keys(check.defaultWeights)
    const setting: CheckSetting = 'size' in part ? { weights: { [name ?? 'none']: part.size } } : part
    return (policy) => ({
      ...policy,
      score: {
        ...policy.score,
        checks: { ...policy.score.checks, [check.code]: { ...policy.score.checks[check.code], ...setting } },
      },
    })
  })

const questionChanges: fc.Arbitrary<Change> = fc
  .oneof(
    fc.boolean().map((enabled) => (): Partial<QuestionSettings> => ({ enabled })),
    fc.integer({ min: 0, max: 30 }).map((enoughAt) => () => ({ enoughAt })),
    fc.integer({ min: -30, max: 0 }).map((hopelessAt) => () => ({ hopelessAt })),
    fc
      .tuple(fc.constantFrom(...questionFamilies), fc.boolean())
      .map(([family, isOn]) => (before: QuestionSettings) => ({
        families: { ...before.families, [family]: isOn },
      })),
  )
  .map((part) => (policy) => ({
    ...policy,
    questions: { ...policy.questions, ...part(policy.questions) },
  }))

const otherChanges: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(0, 24, 48, 72, 96, 200).map((changedWithinHours): Change => (policy) => ({
      ...policy,
      contacts: { ...policy.contacts, changedWithinHours },
    })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(...lockings)
      .map((lockAccount): Change => (policy) => ({ ...policy, reports: { lockAccount } })),
  },
)

/** One change anywhere. */
export const changes: fc.Arbitrary<Change> = fc.oneof(
  ruleChanges,
  scoreChanges,
  { arbitrary: checkChanges, weight: 2 },
  questionChanges,
  otherChanges,
)

const applied = (policy: Policy, list: readonly Change[]): Policy =>
  list.reduce((changed, change) => change(changed), policy)

/** Without second approvals: only then does a case with complete evidence get an approval that a change could bring. */
const deciding = onRules((rule) => ({ ...rule, holdForSecondApproval: false }))

/** A policy, and the same with one to three fields changed. */
export const policyPairs: fc.Arbitrary<{ readonly before: Policy; readonly after: Policy }> = fc
  .tuple(
    fc.constantFrom(defaultPolicy(), deciding(defaultPolicy()), deciding(labPolicy())),
    fc.array(changes, { maxLength: 4 }),
    fc.array(changes, { minLength: 1, maxLength: 3 }),
  )
  .map(([base, first, second]) => {
    const before = applied(base, first)
    return { before, after: applied(before, second) }
  })
