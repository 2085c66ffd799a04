import { text } from '../fact-values.ts'
import { isFresh } from '../moments.ts'
import { choiceFrom, type FactInput, type Family } from './family.ts'

const knownOffice = ({ facts: { directory }, now }: FactInput): string | null => {
  const office = directory?.office ?? null
  if (directory === null || office === null) return null
  return isFresh(directory.asOf, now) && isFresh(office.asOf ?? now, now) ? office.name : null
}

/** Q5, the office or building: a choice among those of the same country where there are enough. */
export const officeFamily: Family = {
  family: 'office',
  code: 'Q5',
  about: {
    name: 'office',
    question: 'which is your office',
    form: 'choice',
    notAsked: 'fewer than ten offices; one office with more than 35 % of the people',
  },
  values: ({ directory }) => {
    const office = directory?.office ?? null
    if (office === null) return []
    const band = office.country === null ? {} : { band: office.country }
    return [{ value: office.name, label: text(office.name), ...band }]
  },
  factsNow: (input) => {
    const office = knownOffice(input)
    return office === null ? [] : [office]
  },
  instances: (input) => {
    const office = knownOffice(input)
    const body = office === null ? null : choiceFrom(input, 'office', office, [])
    if (office === null || body === null) return []
    return [
      {
        family: 'office',
        source: 'directory',
        exposure: 'public',
        points: 'choice_public',
        text: { key: 'question.office.choice' },
        fact: office,
        body,
      },
    ]
  },
}
