/**
 * Finds out what our account may do without doing it: writes that carry the no-op control (critical, so a server that
 * does not know it refuses) are answered as they would be, and change nothing (N1).
 */
import { randomBytes } from 'node:crypto'
import { Control, type Change, type Client } from 'ldapts'
import type { RightFinding, SelfCheck } from '../port.ts'
import { codeOf, resultCode } from './answers.ts'
import type { LdapOptions } from './options.ts'
import { lockedForGood, people } from './people.ts'
import { askSome } from './questions.ts'
import { replace } from './write.ts'

/** OpenLDAP's; the answer of a write that would have been done is 0x410e. */
const noOperation = '1.3.6.1.4.1.4203.666.5.2'
const wouldBeDone = 0x410e
const unknownControl = 12

type Probe = { readonly right: string; readonly needed: boolean; readonly change: Change }

/** A password that fits any policy and is nobody's. */
const somePassword = (): string => `Aa1-${randomBytes(24).toString('base64url')}`

const probes = (): readonly Probe[] => [
  { right: 'userPassword', needed: true, change: replace('userPassword', [somePassword()]) },
  { right: 'pwdReset', needed: true, change: replace('pwdReset', ['TRUE']) },
  { right: 'pwdAccountLockedTime', needed: true, change: replace('pwdAccountLockedTime', [lockedForGood]) },
  // An account that can write these can make itself another person's contact, manager or name.
  ...['mail', 'mobile', 'manager', 'cn', 'description'].map((right) => ({
    right,
    needed: false,
    change: replace(right, [right === 'manager' ? 'cn=nobody' : '+441632960000']),
  })),
]

/** Looks at the rights over the first person found, and over the privileged groups. */
export const checkSelf = async (client: Client, options: LdapOptions): Promise<SelfCheck> => {
  const [sample] = await askSome(client, people(options), 1)
  if (sample === undefined)
    return { kind: 'checked', findings: [{ kind: 'missing', right: 'read', detail: null }] }
  const findings: RightFinding[] = []
  for (const probe of probes()) {
    const may = await wouldWrite(client, sample.dn, probe.change)
    if (may === 'unknown') return { kind: 'not_offered' }
    if ((may === 'yes') !== probe.needed) findings.push(findingOf(probe))
  }
  for (const dn of options.privilegedGroups)
    if ((await wouldWrite(client, dn, replace('description', ['x']))) === 'yes')
      findings.push({ kind: 'excess', right: 'privileged_group', detail: dn })
  return { kind: 'checked', findings }
}

const findingOf = ({ right, needed }: Probe): RightFinding => ({
  kind: needed ? 'missing' : 'excess',
  right: 'write',
  detail: right,
})

const wouldWrite = async (client: Client, dn: string, change: Change): Promise<'yes' | 'no' | 'unknown'> => {
  try {
    await client.modify(dn, change, new Control(noOperation, { critical: true }))
    // Done without the control's own answer: it was not honoured. Nothing we probe is worth a guess.
    return 'unknown'
  } catch (error) {
    const code = codeOf(error)
    if (code === unknownControl) return 'unknown'
    if (code === wouldBeDone) return 'yes'
    if (code === resultCode.insufficientAccess) return 'no'
    throw error
  }
}
