/** Privilege by groups within groups, found upwards from the account (D1). */
import { OrFilter, type Client, type Entry, type Filter } from 'ldapts'
import { DirectoryError } from '../directory-error.ts'
import type { Privilege } from '../port.ts'
import { codeOf, resultCode } from './answers.ts'
import { textsOf } from './entry.ts'
import type { LdapOptions } from './options.ts'
import { entryOf, idOf, people } from './people.ts'
import { askAll, is, parsed } from './questions.ts'

/** Most groups that are read for one account. An account in more groups is not read to the end, and so counts as privileged. */
const mostGroups = 1000
/** Most members of privileged groups that are read, groups among them. */
const mostMembers = 20_000
const pageSize = 200
const membership = ['member', 'uniqueMember'] as const

/** Reads if an account is in a privileged group, and in which. */
export const privilegeOf = async (client: Client, options: LdapOptions, id: string): Promise<Privilege> => {
  const entry = await entryOf(client, options, id)
  if (entry === null) return { kind: 'unknown' }
  const privileged = new Map(options.privilegedGroups.map((dn) => [sameName(dn), dn]))
  const seen = new Set<string>()
  let waiting = [entry.dn]
  while (waiting.length > 0 && seen.size <= mostGroups) {
    const found = await groupsOf(client, options.groupBase ?? options.base, waiting)
    waiting = found.filter((dn) => !seen.has(sameName(dn)))
    for (const dn of waiting) seen.add(sameName(dn))
  }
  if (seen.size > mostGroups) return { kind: 'unknown' }
  const through = [...seen].flatMap((name) => privileged.get(name) ?? [])
  return through.length === 0 ? { kind: 'standard' } : { kind: 'privileged', through }
}

const groupsOf = async (client: Client, base: string, members: readonly string[]): Promise<string[]> => {
  const filters = members.flatMap((dn) => membership.map((attribute) => is(attribute, dn)))
  const question = { base, filter: new OrFilter({ filters }), attributes: ['1.1'] }
  const found: string[] = []
  for await (const entries of askAll(client, question, pageSize)) found.push(...entries.map(({ dn }) => dn))
  return found
}

/** Names differ in case and in spaces after commas, and mean the same. */
const sameName = (dn: string): string => dn.toLowerCase().replace(/\s*([,=+])\s*/g, '$1')

/**
 * Immutable ids of everybody in a privileged group, found downwards: one question for each group and each of its members, and
 * none for anybody else. @throws DirectoryError where a group is not there, or has more members than can be looked through
 */
export const listPrivileged = async (client: Client, options: LdapOptions): Promise<readonly string[]> => {
  const ids = new Set<string>()
  const seen = new Set(options.privilegedGroups.map(sameName))
  const waiting = [...options.privilegedGroups]
  for (let dn = waiting.pop(); dn !== undefined; dn = waiting.pop()) {
    const { id, members } = await readMember(client, options, dn)
    if (id !== null) ids.add(id)
    const fresh = members.filter((member) => !seen.has(sameName(member)))
    for (const member of fresh) seen.add(sameName(member))
    waiting.push(...fresh)
    if (seen.size > mostMembers) throw new DirectoryError('answer')
  }
  return [...ids]
}

type Member = { readonly id: string | null; readonly members: readonly string[] }

/**
 * One entry by its name: its members, and its id where it is a person. A member that is gone since is nobody; a group that
 * the operator named has to be there.
 */
const readMember = async (client: Client, options: LdapOptions, dn: string): Promise<Member> => {
  const person = await readAt(client, dn, people(options).filter)
  const entry = person ?? (await readAt(client, dn, parsed('(objectClass=*)')))
  if (entry === null && options.privilegedGroups.includes(dn)) throw new DirectoryError('answer')
  const members = entry === null ? [] : membership.flatMap((attribute) => textsOf(entry, attribute))
  return { id: person === null ? null : idOf(person), members }
}

const readAt = async (client: Client, dn: string, filter: Filter): Promise<Entry | null> => {
  const attributes = [...membership, 'entryUUID']
  try {
    const { searchEntries } = await client.search(dn, { scope: 'base', filter, attributes })
    return searchEntries[0] ?? null
  } catch (error) {
    if (codeOf(error) === resultCode.noSuchObject) return null
    throw error
  }
}
