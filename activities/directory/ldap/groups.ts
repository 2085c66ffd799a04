/** Privilege by groups within groups, found upwards from the account (security.md D1). */
import { OrFilter, type Client } from 'ldapts'
import type { Privilege } from '../port.ts'
import type { LdapOptions } from './options.ts'
import { entryOf } from './people.ts'
import { askAll, is } from './questions.ts'

/** Groups looked at for one account; somebody in more than these is not looked through, and so counts as privileged. */
const mostGroups = 1000
const pageSize = 200
const membership = ['member', 'uniqueMember'] as const

/** Whether an account is in a privileged group, and by which. */
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
