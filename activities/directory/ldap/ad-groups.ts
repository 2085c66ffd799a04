/** Privilege by the account's token: every group, however deep it is nested (D1; `adminCount` alone misses them). */
import type { Client, Entry } from 'ldapts'
import type { Privilege } from '../port.ts'
import type { ActiveDirectoryOptions } from './ad-options.ts'
import { adEntryOf } from './ad-people.ts'
import { privilegedName, sidText } from './ad-values.ts'
import { bytesOf, textOf } from './entry.ts'

/** Reads one entry by its name. */
export const readEntry = async (
  client: Client,
  dn: string,
  attributes: readonly string[],
  bytes: readonly string[] = [],
): Promise<Entry | null> => {
  const { searchEntries } = await client.search(dn, {
    scope: 'base',
    attributes: [...attributes],
    explicitBufferAttributes: [...bytes],
  })
  return searchEntries[0] ?? null
}

/** Every group of an entry, by identifier. The attribute is made for one entry at a time. */
export const groupsOfToken = async (client: Client, dn: string): Promise<readonly string[]> => {
  const entry = await readEntry(client, dn, ['tokenGroups'], ['tokenGroups'])
  return entry === null ? [] : bytesOf(entry, 'tokenGroups').map(sidText)
}

/** Reads if an account is privileged, and by which groups. */
export const adPrivilegeOf = async (
  client: Client,
  options: ActiveDirectoryOptions,
  id: string,
): Promise<Privilege> => {
  const entry = await adEntryOf(client, options, id)
  if (entry === null) return { kind: 'unknown' }
  const groups = await groupsOfToken(client, entry.dn)
  // Everybody is in one group at least: an empty list was kept from us.
  if (groups.length === 0) return { kind: 'unknown' }
  const own = new Set(groups)
  const through = groups.flatMap((sid) => privilegedName(sid) ?? [])
  for (const dn of options.privilegedGroups) {
    const sid = await sidOf(client, dn)
    if (sid === null) return { kind: 'unknown' }
    if (own.has(sid)) through.push(dn)
  }
  const account = await readEntry(client, entry.dn, ['adminCount'])
  if (account !== null && textOf(account, 'adminCount') === '1') through.push('adminCount')
  return through.length === 0 ? { kind: 'standard' } : { kind: 'privileged', through }
}

const sidOf = async (client: Client, dn: string): Promise<string | null> => {
  const group = await readEntry(client, dn, ['objectSid'], ['objectSid'])
  const [sid] = group === null ? [] : bytesOf(group, 'objectSid')
  return sid === undefined ? null : sidText(sid)
}
