/** Many people of a directory, as tests and benches read them, and changes of some of them. */
import { Attribute, Change, type Client } from 'ldapts'
import { personDn, personEntry } from '#dev/stack/directories/slapd-people.ts'

/** Among the changes of `changeOne`, this many delete a person, and as many after these rename a person. */
export const goneOfChanges = 10

const login = (index: number): string => `p${String(index).padStart(6, '0')}`

/** Generalised time of a minute of last year: people were not all changed at once. */
const minuteOf = (index: number): string =>
  `${new Date(Date.UTC(2025, 0, 1) + index * 60_000).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`

/** LDIF of people: everybody but the first has a manager from the first tenth, and a number of their own. */
export const manyPeople = (count: number): string =>
  Array.from({ length: count }, (_, index) =>
    personEntry(
      {
        login: login(index),
        given: `Given${String(index)}`,
        family: `Family${String(index)}`,
        changedAt: minuteOf(index),
        phone: `+4474001${String(index).padStart(5, '0')}`,
        ...(index === 0 ? {} : { manager: login(Math.floor(index / 10)) }),
      },
      null,
    ),
  ).join('')

/** The n-th change of `count` people: ten are deleted, ten renamed, the others get another title. */
export const changeOne = async (admin: Client, count: number, index: number): Promise<void> => {
  // Deletes from the end, where nobody is anybody's manager.
  const dn = personDn(login(count - 1 - index))
  if (index < goneOfChanges) return admin.del(dn)
  if (index < 2 * goneOfChanges) return admin.modifyDN(dn, `uid=renamed${String(index)}`)
  const modification = new Attribute({ type: 'title', values: [`Title ${String(index)}`] })
  return admin.modify(dn, new Change({ operation: 'replace', modification }))
}
