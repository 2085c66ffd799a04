import { expect, it } from 'vitest'
import { questionFamilies } from '../questions/plan.ts'
import { completePolicy, type StoredPolicy } from './complete.ts'
import { defaultPolicy } from './defaults.ts'
import type { Policy } from './policy.ts'

const withoutApprovers = (rules: Policy['rules']): StoredPolicy['rules'] =>
  JSON.parse(
    JSON.stringify(rules, (key, value: unknown) => (key === 'asksApprover' ? undefined : value)),
  ) as StoredPolicy['rules']

it('a policy of an earlier release asks no family and no approver that it did not know, checks no numbers and locks no account', () => {
  const { contacts, questions, rules, limits, lifetimes, reports: _reports, ...rest } = defaultPolicy()
  const { requestsPerApprover: _cap, approverRequestsPerCase: _number, ...laterLimits } = limits
  const {
    selfStartsPerPerson: _p,
    selfStartsPerAddress: _a,
    selfStartsPerTenant: _t,
    ...olderLimits
  } = laterLimits
  const { approverAnswer: _time, ...olderLifetimes } = lifetimes
  const { typedContacts, changedWithinHours, smsCountries } = contacts
  const { manager: _manager, ...families } = questions.families
  const completed = completePolicy({
    ...rest,
    rules: withoutApprovers(rules),
    limits: olderLimits,
    lifetimes: olderLifetimes,
    contacts: { typedContacts, changedWithinHours, smsCountries },
    questions: { ...questions, families },
  })
  expect(completed.questions.families).toEqual({ ...questions.families, manager: false })
  expect(Object.keys(completed.questions.families)).toEqual([...questionFamilies])
  expect(completed.rules.password_reset.standard.asksApprover).toBe(false)
  expect([completed.limits, completed.lifetimes]).toEqual([limits, lifetimes])
  expect(completed.contacts).toEqual({ ...contacts, checkNumbers: false })
  expect(completed.reports).toEqual({ lockAccount: 'never' })
})

it('a policy of this release stays as it is', () => {
  const policy = { ...defaultPolicy(), reports: { lockAccount: 'always' as const } }
  expect(completePolicy(policy)).toEqual(policy)
})
