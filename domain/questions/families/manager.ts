import { text } from '../fact-values.ts'
import { scriptOf } from '../cells.ts'
import { daysSince, isFresh } from '../moments.ts'
import type { DirectoryFacts } from '../participant-facts.ts'
import { choiceOf, isTypable, minPool, type FactInput, type Family, type Instance } from './family.ts'

const settledDays = 30

type Manager = NonNullable<DirectoryFacts['manager']>

/** The manager, where the directory was read lately and the answer is settled. */
const settledManager = ({ facts: { directory }, now }: FactInput): Manager | null => {
  if (directory === null || !isFresh(directory.asOf, now) || directory.isExecutive) return null
  const { manager } = directory
  const isNew = manager?.since != null && daysSince(manager.since, now) < settledDays
  return isNew ? null : manager
}

/** Q1, the direct manager: a choice in the manager's cell, or typed. Not for executives, not within 30 days of a change. */
export const managerFamily: Family = {
  family: 'manager',
  code: 'Q1',
  about: {
    name: 'manager',
    question: 'who is your direct manager',
    form: 'choice or name',
    notAsked: 'executives; less than 30 days after a change of manager',
  },
  values: ({ directory }) =>
    directory?.manager ? [{ value: directory.manager.id, label: text(directory.manager.name) }] : [],
  factsNow: (input) => {
    const manager = settledManager(input)
    return manager === null ? [] : [manager.id]
  },
  instances: (input) => {
    const { tenant } = input
    const manager = settledManager(input)
    if (manager === null) return []
    const base = { family: 'manager', source: 'directory', exposure: 'public', fact: manager.id } as const
    const choice = choiceOf(tenant, 'manager', tenant.blockOf('manager', manager.id), manager.id)
    const instances: Instance[] = []
    if (choice !== null && tenant.poolOf('manager') >= minPool)
      instances.push({
        ...base,
        points: 'choice_medium',
        text: { key: 'question.manager.choice' },
        body: choice,
      })
    // Transliteration of other scripts misreads names: those are asked as a choice only.
    const truths = [manager.name, ...manager.otherSpellings].filter((name) => scriptOf(name) === 'latin')
    if (truths.length > 0 && isTypable(tenant, 'manager'))
      instances.push({
        ...base,
        points: 'typed_medium',
        text: { key: 'question.manager.typed' },
        body: {
          form: 'typed',
          field: { kind: 'name', maxLength: 80 },
          key: {
            kind: 'name',
            truths,
            // Made for those who are asked only: thousands of names for each of tens of thousands would take minutes.
            get others() {
              return tenant.managerNames.filter((name) => name !== manager.name)
            },
          },
        },
      })
    return instances
  },
}
