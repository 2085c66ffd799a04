/** `staff`: which members of an organisation's staff the provider of sign-in knows, and by which subject (F7). */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { roles } from '#domain/roles.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import {
  addStaff,
  linkStaff,
  linkStaffPerson,
  listStaff,
  staffByEmail,
  turnOffStaff,
} from '#services/staff/staff-links.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { CommandError, type Command } from './command.ts'
import { optionsOf, withTenant } from './tenant.ts'

const options = {
  tenant: { type: 'string' },
  email: { type: 'string' },
  issuer: { type: 'string' },
  subject: { type: 'string' },
  name: { type: 'string' },
  role: { type: 'string' },
  disable: { type: 'boolean' },
  person: { type: 'string' },
} as const

const operator = { kind: 'system', id: 'shell' } as const

/** A shell's options, checked as any other input: `name` and `role` only where a member is added. */
const linkSchema = z.strictObject({
  email: z.email('--email: one mail address'),
  issuer: z.url({ protocol: /^https?$/, error: '--issuer: the address of the provider, as it calls itself' }),
  subject: z.string('--subject: the `sub` by which the provider knows them').min(1).max(255),
  name: z.string().min(1).max(200).optional(),
  role: z.enum(roles, '--role: agent, supervisor, admin or auditor').optional(),
})
type Link = z.output<typeof linkSchema>

const record = (
  tx: Tx,
  type: 'staff.linked' | 'staff.turned_off' | 'staff.person_linked',
  id: string,
  payload: { role: string; isNew: boolean },
) => recordEvents(tx, operator, null, [{ type, object: { kind: 'staff', id }, payload }])

/** Makes the subject that of the member with this address; a new member where name and role are given. */
const link = async (tx: Tx, { email, issuer, subject, name, role }: Link): Promise<string> => {
  const known = await staffByEmail(tx, email)
  const added = name === undefined || role === undefined ? null : { id: randomUUID(), name, role }
  const member = known ?? added
  if (member === null)
    throw new CommandError(`Nobody of the staff has ${email}: give --name and --role to add them.`)
  const taken = known === null ? addStaff : linkStaff
  if (!(await taken(tx, { id: member.id, email, issuer, subject, name: name ?? '', role: member.role })))
    throw new CommandError(`${subject} of this provider is another member of staff already.`)
  await record(tx, 'staff.linked', member.id, { role: member.role, isNew: known === null })
  return `${email} signs in as ${subject} of ${issuer}.`
}

const turnOff = async (tx: Tx, email: string): Promise<string> => {
  const known = await staffByEmail(tx, email)
  if (known === null) throw new CommandError(`Nobody of the staff has ${email}.`)
  if (!(await turnOffStaff(tx, known.id)))
    throw new CommandError(`${email} is the last admin who signs in: link another admin first.`)
  await record(tx, 'staff.turned_off', known.id, { role: known.role, isNew: false })
  return `${email} signs in no more.`
}

/** Says whose account it is, so that it may be one of two people (domain/policy/two-people.ts). */
const linkPerson = async (tx: Tx, email: string, workEmail: string): Promise<string> => {
  const known = await staffByEmail(tx, email)
  if (known === null) throw new CommandError(`Nobody of the staff has ${email}.`)
  if (!(await linkStaffPerson(tx, known.id, workEmail)))
    throw new CommandError(`Not exactly one person of the directory has the work address ${workEmail}.`)
  await record(tx, 'staff.person_linked', known.id, { role: known.role, isNew: false })
  return `${email} is an account of ${workEmail}.`
}

const list = async (tx: Tx): Promise<string> => {
  const lines = (await listStaff(tx)).map(({ email, role, subject, person, isDisabled }) =>
    [email, role, subject, person ?? 'not linked to a person', ...(isDisabled ? ['off'] : [])].join('  '),
  )
  return lines.length === 0 ? 'There is no staff yet.' : lines.join('\n')
}

export const staffCommand: Command = {
  demoLogin: 'owner',
  usage:
    'staff [--tenant NAME] [--email E --issuer URL --subject SUB [--name N --role R] | --email E --person WORK_ADDRESS | --email E --disable]: who signs in as whom, and who they are',
  run: async (args, env) => {
    const { tenant, disable = false, person, ...given } = optionsOf(args, options)
    const wanted = given.email === undefined ? null : given.email
    const isLink = wanted !== null && !disable && person === undefined
    const parsed = isLink ? linkSchema.safeParse(given) : null
    if (parsed?.success === false)
      throw new CommandError(parsed.error.issues[0]?.message ?? 'These options are not understood.')
    return withTenant(env, tenant, ({ db, tenantId }) =>
      inTenant(db, tenantId, (tx) => {
        if (wanted === null) return list(tx)
        if (parsed !== null) return link(tx, parsed.data)
        return person === undefined ? turnOff(tx, wanted) : linkPerson(tx, wanted, person)
      }),
    )
  },
}
