import { questionFamilies, type QuestionFamily } from '../questions/plan.ts'
import { defaultPolicy } from './defaults.ts'
import type { ContactRules, Policy, QuestionSettings } from './policy.ts'

type Families = QuestionSettings['families']

/** A policy as it may be stored: earlier releases knew fewer fields. */
export type StoredPolicy = Omit<Policy, 'contacts' | 'questions'> & {
  readonly contacts: Pick<ContactRules, 'typedContacts' | 'changedWithinHours' | 'smsCountries'> &
    Partial<ContactRules>
  readonly questions: Omit<QuestionSettings, 'families'> & { readonly families: Partial<Families> }
}

/** A stored policy with every field that this release knows, set as the release that saved it behaved. */
export const completePolicy = (policy: StoredPolicy): Policy => {
  const { contacts, questions } = policy
  const families = Object.fromEntries(
    questionFamilies.map((family) => [family, questions.families[family] ?? false]),
  ) as Record<QuestionFamily, boolean>
  return {
    ...policy,
    contacts: { ...defaultPolicy().contacts, checkNumbers: false, ...contacts },
    questions: { ...questions, families },
  }
}
