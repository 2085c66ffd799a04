/** Checks what our account may do, by what the directory says about it: nothing is tried (N1). */
import type { Client } from 'ldapts'
import type { RightFinding, SelfCheck } from '../port.ts'
import { groupsOfToken, readEntry } from './ad-groups.ts'
import type { ActiveDirectoryOptions } from './ad-options.ts'
import { adPeople } from './ad-people.ts'
import { privilegedName } from './ad-values.ts'
import { textOf, textsOf } from './entry.ts'
import { askSome } from './questions.ts'

const needed = ['lockoutTime', 'pwdLastSet'] as const
/** Attributes that come with the right to reset a password, where a server lists it at all. */
const mayBeListed = new Set<string>([...needed, 'unicodePwd', 'userPassword'])
/** Longest list of attributes that is named one by one. */
const mostTold = 10

/** Looks at the first person found, and at the groups of our own token. */
export const adCheckSelf = async (client: Client, options: ActiveDirectoryOptions): Promise<SelfCheck> => {
  const [sample] = await askSome(client, adPeople(options), 1)
  if (sample === undefined)
    return { kind: 'checked', findings: [{ kind: 'missing', right: 'read', detail: null }] }
  const entry = await readEntry(client, sample.dn, ['allowedAttributesEffective', 'sDRightsEffective'])
  const allowed = entry === null ? [] : textsOf(entry, 'allowedAttributesEffective')
  const missing = needed.filter((name) => !allowed.includes(name))
  const excess = allowed.filter((name) => !mayBeListed.has(name))
  const mayChangeRights = entry !== null && Number(textOf(entry, 'sDRightsEffective') ?? 0) !== 0
  const own = (await groupsOfToken(client, '')).flatMap((sid) => privilegedName(sid) ?? [])
  const findings: RightFinding[] = [
    ...missing.map((detail) => ({ kind: 'missing' as const, right: 'write', detail })),
    ...excess.slice(0, mostTold).map((detail) => ({ kind: 'excess' as const, right: 'write', detail })),
    ...(mayChangeRights ? [{ kind: 'excess' as const, right: 'change_rights', detail: null }] : []),
    ...own.map((detail) => ({ kind: 'excess' as const, right: 'privileged_group', detail })),
  ]
  return { kind: 'checked', findings }
}
