/** Everybody privileged, asked group by group: the server looks through groups within groups. */
import type { Client } from 'ldapts'
import { DirectoryError } from '../directory-error.ts'
import { readEntry } from './ad-groups.ts'
import type { ActiveDirectoryOptions } from './ad-options.ts'
import { adIdOf, adPeople } from './ad-people.ts'
import { privilegedRids, privilegedSids, sidBytes, sidText } from './ad-values.ts'
import { bytesOf, textOf } from './entry.ts'
import { allOf, anyOf, askAll, is, isWithin } from './questions.ts'

const pageSize = 500

/** Immutable ids of everybody privileged. @throws DirectoryError `answer` where a group that has to be there is not shown to us */
export const adListPrivileged = async (
  client: Client,
  options: ActiveDirectoryOptions,
): Promise<readonly string[]> => {
  const ids = new Set<string>()
  const own = anyOf(is('adminCount', '1'), ...privilegedRids.map((rid) => is('primaryGroupID', rid)))
  const groups = [...(await groupsOfDomain(client)), ...options.privilegedGroups]
  for (const filter of [own, ...groups.map(isWithin)]) {
    const people = adPeople(options)
    const question = { ...people, filter: allOf(people.filter, filter), attributes: ['objectGUID'] }
    for await (const page of askAll(client, question, pageSize))
      for (const entry of page) ids.add(adIdOf(entry))
  }
  for (const dn of options.privilegedGroups)
    if ((await readEntry(client, dn, ['objectSid']).catch(() => null)) === null)
      throw new DirectoryError('answer')
  return [...ids]
}

/** Names of the domain's privileged groups. Every domain has its administrators: where they are not shown, nothing is sure. */
const groupsOfDomain = async (client: Client): Promise<readonly string[]> => {
  const root = await readEntry(client, '', ['defaultNamingContext'])
  const base = root === null ? null : textOf(root, 'defaultNamingContext')
  const domain = base === null ? null : await readEntry(client, base, ['objectSid'], ['objectSid'])
  const [sid] = domain === null ? [] : bytesOf(domain, 'objectSid')
  if (base === null || sid === undefined) throw new DirectoryError('answer')
  const filter = anyOf(...privilegedSids(sidText(sid)).map((one) => is('objectSid', sidBytes(one))))
  const found = new Map<string, string>()
  const question = { base, filter, attributes: ['objectSid'], bytes: ['objectSid'] }
  for await (const page of askAll(client, question, pageSize))
    for (const entry of page) found.set(bytesOf(entry, 'objectSid').map(sidText).join(), entry.dn)
  if (!found.has('S-1-5-32-544') || !found.has(`${sidText(sid)}-512`)) throw new DirectoryError('answer')
  return [...found.values()]
}
