/** `organisation`: sets one up with the policy that all begin with, and changes what its portal shows and its checks know. */
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { EventType } from '#domain/events/catalog.ts'
import { defaultPolicy } from '#domain/policy/defaults.ts'
import type { Db } from '#platform/database/connect.ts'
import { savePolicy } from '#services/policy/policies.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { lockTenant, readTenant, saveTenant, tenantIdOf } from '#services/tenants/tenants.ts'
import { tenantIds } from '#services/housekeeping/housekeeping.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { CommandError, type Command } from './command.ts'
import { organisationOptions, organisationSchemas, settingLines, settingsOf } from './organisation-options.ts'
import { checked, optionsOf, withDatabase } from './tenant.ts'

const settingsUsage =
  '[--phone +1…] [--accent #…] [--sender-name N] [--reply-to A] [--region CA] [--country CA …] [--egress 203.0.113.0/24 …] [--gateway 198.51.100.0/24=Name …] [--carrier AS64500=Name …] [--shift Department=22-06 …] [--shared-device KEY_ID=Name …] [--virtual-desktops yes|no]'
const usage = `organisation list | show --tenant T | create --tenant T --name N ${settingsUsage} | set --tenant T [--name N] …`

const operator = { kind: 'system', id: 'shell' } as const

type Settings = Readonly<Record<string, unknown>>

/** Codes of what was set, never its values. */
const record = (
  tx: Tx,
  type: Extract<EventType, `organisation.${string}`>,
  changed: readonly string[],
): Promise<void> =>
  recordEvents(tx, operator, null, [
    { type, object: { kind: 'tenant', id: tx.tenantId }, payload: { changed: [...changed].sort() } },
  ])

const withoutNulls = (settings: Settings): Settings =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null))

const create = async (
  db: Db,
  { tenant: slug, name, ...given }: z.output<typeof organisationSchemas.create>,
): Promise<string> => {
  if ((await tenantIdOf(db, slug)) !== undefined)
    throw new CommandError(`There is an organisation "${slug}" already: change it with \`organisation set\`.`)
  const settings = withoutNulls(settingsOf(given))
  const { version: _, ...policy } = defaultPolicy()
  await inTenant(db, randomUUID(), async (tx) => {
    await saveTenant(tx, { slug, name, settings })
    await savePolicy(tx, policy, operator.id, 'Countersign')
    await record(tx, 'organisation.created', Object.keys(settings))
  })
  return [
    `${name} is set up as ${slug}, with the policy that every organisation begins with.`,
    `Next, two admins (what weakens a policy needs both): staff --tenant ${slug} --email E --name N --role admin --issuer URL --subject SUB`,
  ].join('\n')
}

const set = async (
  db: Db,
  { tenant: slug, name, ...given }: z.output<typeof organisationSchemas.set>,
): Promise<string> => {
  const tenantId = await tenantIdOf(db, slug)
  if (tenantId === undefined) throw new CommandError(`There is no organisation "${slug}".`)
  const settings = settingsOf(given)
  const changed = [...Object.keys(settings), ...(name === undefined ? [] : ['name'])]
  if (changed.length === 0) throw new CommandError(`Say what to change: ${usage}`)
  await inTenant(db, tenantId, async (tx) => {
    const now = await lockTenant(tx)
    const merged = withoutNulls({ ...now.settings, ...settings })
    await saveTenant(tx, { slug, name: name ?? now.name, settings: merged })
    await record(tx, 'organisation.changed', changed)
  })
  return `${slug}: ${changed.join(', ')} changed.`
}

const list = async (db: Db): Promise<string> => {
  const lines: string[] = []
  for (const id of await tenantIds(db)) {
    const tenant = await inTenant(db, id, readTenant)
    if (tenant !== undefined) lines.push(`${tenant.slug}  ${tenant.name}`)
  }
  return lines.length === 0 ? 'There is no organisation yet.' : lines.sort().join('\n')
}

const show = async (db: Db, slug: string): Promise<string> => {
  const tenantId = await tenantIdOf(db, slug)
  if (tenantId === undefined) throw new CommandError(`There is no organisation "${slug}".`)
  const { name, settings } = await inTenant(db, tenantId, lockTenant)
  return [`${slug}  ${name}`, ...settingLines(settings)].join('\n')
}

/** The work to do, once all that was typed is known to make sense. */
const workOf = (verb: string | undefined, given: object): ((db: Db) => Promise<string>) => {
  if (verb === 'create') {
    const wanted = checked(organisationSchemas.create, given, usage)
    return (db) => create(db, wanted)
  }
  if (verb === 'set') {
    const wanted = checked(organisationSchemas.set, given, usage)
    return (db) => set(db, wanted)
  }
  if (verb === 'show') {
    const { tenant } = checked(organisationSchemas.show, given, usage)
    return (db) => show(db, tenant)
  }
  if (verb !== 'list') throw new CommandError(`Say it so: ${usage}`)
  checked(organisationSchemas.list, given, usage)
  return list
}

export const organisationCommand: Command = {
  demoLogin: 'owner',
  usage: `${usage}: the organisations of this installation`,
  run: async ([verb, ...args], env) => withDatabase(env, workOf(verb, optionsOf(args, organisationOptions))),
}
