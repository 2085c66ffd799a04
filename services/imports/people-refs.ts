/** Finds people by what a file calls them: the directory's own id or the login, to the letter, or the work e-mail. */

/** A person, nobody, or more than one. */
export type FindPerson = (ref: string) => { readonly id: string } | 'several' | null

/** The ways in which the directory names a person. */
export type PersonRefs = {
  readonly id: string
  readonly directoryId: string
  readonly login: string
  readonly email: string
}

/** Letters of an address count alike in both cases only within ASCII; beyond it look-alikes begin (K6). */
const asAddress = (text: string): string | null =>
  text.includes('@') && /^[\x21-\x7e]+$/.test(text) ? text.toLowerCase() : null

/** Builds the look-up. A name that fits two people fits nobody. */
export const findPersonAmong = (people: readonly PersonRefs[]): FindPerson => {
  const byName = new Map<string, string | null>()
  const byAddress = new Map<string, string | null>()
  const add = (map: Map<string, string | null>, name: string, id: string): void => {
    const known = map.get(name)
    map.set(name, known === undefined || known === id ? id : null)
  }
  for (const { id, directoryId, login, email } of people) {
    add(byName, directoryId, id)
    add(byName, login, id)
    add(byAddress, asAddress(email) ?? email, id)
  }
  return (ref) => {
    const found = byName.has(ref) ? byName.get(ref) : byAddress.get(asAddress(ref) ?? ref)
    if (found === undefined) return null
    return found === null ? 'several' : { id: found }
  }
}
