/** Every field of a policy, one step looser and one step stricter (D14), said once more and independently of the table. */
import { describe, expect, it } from 'vitest'
import { weakenings } from './compare.ts'
import { defaultPolicy } from './defaults.ts'
import { purposes } from '../verification/verification.ts'
import { fieldsOf, type FieldValue } from './fields.ts'
import type { Cap, Policy, Rule } from './policy.ts'

/** A value and one that lets more through; null: no step of this field does, or every step counts as one. */
type Step = (value: FieldValue) => FieldValue | null
const more: Step = (value) => Number(value) + 1
const less: Step = (value) => (Number(value) > 0 ? Number(value) - 1 : null)
const on: Step = () => true
const off: Step = () => false
const flip: Step = (value) => value !== true
const caps =
  (by: number): Step =>
  (value) =>
    (value as readonly Cap[]).map((cap) => ({ ...cap, max: cap.max + by }))
const to =
  (other: FieldValue): Step =>
  () =>
    other

/** The steps by which each field lets more through, and less; by the end of its path. */
const steps: readonly (readonly [path: RegExp, looser: Step, stricter: Step | null])[] = [
  [/\.classesRequired$/, to([]), to(['possession', 'approver'])],
  [/\.(classesNeeded|minAnswered|waitSeconds)$/, less, more],
  [/\.maxAsked$/, more, null],
  [/\.deciders$/, to('auto'), to('supervisor')],
  [/\.holdForSecondApproval$/, off, on],
  [/\.asksApprover$/, on, off],
  [/\.asksProviderSignIn$/, on, off],
  [/\.asksPush$/, on, off],
  [/\.asksRecoverySheet$/, on, off],
  [/\.twoKindsWhenNew$/, off, on],
  [/\.twoKindsForOwnMailbox$/, off, on],
  [/\.channels$/, to(['sms', 'email']), to(['email'])],
  [/^score\.(moreEvidenceFrom|escalateFrom)$/, more, less],
  [/^score\.onlyRecorded\.findings$/, flip, null],
  [/^score\.onlyRecorded\./, on, off],
  [/^score\.bands\./, more, less],
  [/^score\.caps\..*\.(lo|hi)$/, more, (value) => Number(value) - 1],
  [/^limits\.(codeTriesPerCode|approverRequestsPerCase)$/, more, less],
  [
    /^limits\.(sends|starts|selfStarts|lookUps|searches|reveals|codeTriesPerP|questionSets|questionedPeople|requests)/,
    caps(1),
    caps(-1),
  ],
  [/^contacts\.typedContacts$/, on, off],
  [/^contacts\.changedWithinHours$/, less, more],
  [/^contacts\.smsCountries$/, to(['DE', 'AQ']), to(['DE'])],
  [/^contacts\.checkNumbers$/, off, on],
  [/^contacts\.(numbersNotAlone|numbersRefused)$/, to([]), to(['swapped', 'unknown', 'timeout'])],
  [/^lifetimes\.(reportLink|reportBlock|sheetRest)$/, less, more],
  [/^lifetimes\./, more, less],
  [/^reports\.lockAccount$/, to('never'), to('always')],
  [/^signIn\.acrValues$/, to([]), null],
  [/^signIn\.phishingResistant$/, to(['phr', 'hwk']), to([])],
  [/^signIn\.enrolPasskeys$/, on, off],
  [/^questions\.enabled$/, off, on],
  [/^questions\.(secondsPerQuestion|secondsInAll|hopelessAt)$/, more, (value) => Number(value) - 1],
  [/^questions\.(enoughAt|minPeople|minTenureDays|familyRestDays|factRestDays)$/, less, more],
  [/^questions\.families\./, flip, null],
  [/^labBanner$/, flip, null],
]
/**
 * Fields that weigh checks are in `compare.property.test.ts`; a warning before the end of a question's time decides
 * nothing.
 */
const elsewhere = /^score\.checks\.|^questions\.warningSeconds$/

const rule: Rule = {
  ...defaultPolicy().rules.password_reset.standard,
  ...{
    classesNeeded: 2,
    waitSeconds: 60,
    holdForSecondApproval: true,
    asksApprover: false,
    channels: ['email'],
  },
}
/** A policy in the middle, so that each field can go either way. */
const middle = (): Policy => {
  const usual = defaultPolicy()
  const rules = Object.fromEntries(
    purposes.map((purpose) => [purpose, { standard: rule, privileged: rule }]),
  ) as Policy['rules']
  const limits = { ...usual.limits, selfStartsPerPerson: [{ max: 5, seconds: 900 }] }
  return {
    ...{ ...usual, rules, limits, reports: { lockAccount: 'if_used' } },
    signIn: { acrValues: ['gold'], phishingResistant: ['phr'], enrolPasskeys: false },
    contacts: { ...usual.contacts, smsCountries: ['DE'], checkNumbers: true, numbersRefused: ['swapped'] },
  }
}

/** The policy with one leaf replaced. */
const withLeaf = (policy: Policy, path: string, value: FieldValue): Policy => {
  const [head = '', ...rest] = path.split('.')
  const replaced = (node: unknown, [key = '', ...further]: readonly string[]): unknown => ({
    ...(node as object),
    [key]: further.length === 0 ? value : replaced((node as Record<string, unknown>)[key], further),
  })
  return replaced(policy, [head, ...rest]) as Policy
}

const changed = (path: string, step: Step): readonly string[] | null => {
  const policy = middle()
  const field = fieldsOf(policy).find((one) => one.path === path)
  const next = field === undefined ? null : step(field.value)
  if (field === undefined || next === null || JSON.stringify(next) === JSON.stringify(field.value))
    return null
  return weakenings(policy, withLeaf(policy, path, next)).map((one) => one.path)
}

const paths = fieldsOf(middle())
  .map(({ path }) => path)
  .filter((path) => !elsewhere.test(path) && !/^score\.caps\./.test(path))

describe('D14: each field by itself', () => {
  it.each(paths)('%s: one step looser weakens, one step stricter does not', (path) => {
    const [, looser, stricter] = steps.find(([of]) => of.test(path)) ?? []
    expect(looser, 'a new field says here which way it lets more through').toBeDefined()
    if (looser !== undefined) expect([null, [path]]).toContainEqual(changed(path, looser))
    if (stricter != null) expect([null, []]).toContainEqual(changed(path, stricter))
  })

  it('nearly every one of them really took its step', () => {
    const taken = paths.filter((path) => {
      const [, looser] = steps.find(([of]) => of.test(path)) ?? []
      return looser !== undefined && changed(path, looser) !== null
    })
    expect(taken).toEqual(paths)
  })
})
