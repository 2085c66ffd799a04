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
