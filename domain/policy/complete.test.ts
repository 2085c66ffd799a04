import { expect, it } from 'vitest'
import { questionFamilies } from '../questions/plan.ts'
import { completePolicy } from './complete.ts'
import { defaultPolicy } from './defaults.ts'

it('a policy of an earlier release asks no family that it did not know, and checks no numbers', () => {
  const { contacts, questions, ...rest } = defaultPolicy()
  const { typedContacts, changedWithinHours, smsCountries } = contacts
  const { manager: _manager, ...families } = questions.families
  const completed = completePolicy({
    ...rest,
    contacts: { typedContacts, changedWithinHours, smsCountries },
    questions: { ...questions, families },
  })
  expect(completed.questions.families).toEqual({ ...questions.families, manager: false })
  expect(Object.keys(completed.questions.families)).toEqual([...questionFamilies])
  expect(completed.contacts).toEqual({ ...contacts, checkNumbers: false })
})

it('a policy of this release stays as it is', () => {
  expect(completePolicy(defaultPolicy())).toEqual(defaultPolicy())
})
