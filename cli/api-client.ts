/** `api-client`: keys by which another system of an organisation calls us over HTTP (E5). */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { apiScopes } from '#domain/api-scopes.ts'
import { newApiKey } from '#platform/crypto/api-key.ts'
import { addApiClient, listApiClients, revokeApiClient } from '#services/staff/api-clients.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { tokenHash } from '#platform/crypto/sealing.ts'
import type { Environment } from '#platform/process/config.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { CommandError, type Command } from './command.ts'
import { Days } from './days.ts'
import { keysOfApi } from './key-file.ts'
import { checked, optionsOf, withTenant } from './tenant.ts'

const usage =
  'api-client create --tenant T --name N --scope S [--scope S] [--days 365] | list --tenant T | revoke --tenant T --name N'

const options = {
  tenant: { type: 'string' },
  name: { type: 'string' },
  scope: { type: 'string', multiple: true },
  days: { type: 'string' },
} as const

const operator = { kind: 'system', id: 'shell' } as const

const Name = z
  .string('--name: what the client is called')
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,79}$/u,
    '--name: at most 80 letters, digits, blanks, dots and dashes',
  )

/** The options of each verb, checked like any other input. */
const schemas = {
  create: z.strictObject({
    name: Name,
    scope: z.array(z.enum(apiScopes, `--scope: ${apiScopes.join(', ')}`), '--scope is missing').min(1),
    days: Days(1, 730).default(365),
  }),
  list: z.strictObject({}),
  revoke: z.strictObject({ name: Name }),
}

const create = async (
  tx: Tx,
  keys: KeyRing,
  { name, scope, days }: z.output<typeof schemas.create>,
): Promise<string> => {
  const key = newApiKey()
  const id = randomUUID()
  const scopes = [...new Set(scope)]
  const client = { id, name, scopes, keyHash: tokenHash(key), days }
  if (!(await addApiClient(tx, keys, client))) throw new CommandError(`${name} has a key; revoke it first.`)
  await recordEvents(tx, operator, null, [
    { type: 'api_client.created', object: { kind: 'api_client', id }, payload: { name, scopes, days } },
  ])
  return `The key of ${name}, good for ${String(days)} days and never shown again:\n${key}`
}

const revoke = async (tx: Tx, { name }: z.output<typeof schemas.revoke>): Promise<string> => {
  const found = await revokeApiClient(tx, name)
  if (found === null) throw new CommandError(`${name} has no key that could be revoked.`)
  const object = { kind: 'api_client', id: found.id } as const
  await recordEvents(tx, operator, null, [
    { type: 'api_client.revoked', object, payload: { name, scopes: found.scopes } },
  ])
  return `The key of ${name} opens nothing any more.`
}

const list = async (tx: Tx): Promise<string> => {
  const lines = (await listApiClients(tx)).map(({ name, scopes, state, expiresAt, lastUsedAt }) =>
    [name, scopes.join(','), state, `until ${expiresAt}`, `last used ${lastUsedAt ?? 'never'}`].join('  '),
  )
  return lines.length === 0 ? 'There are no API clients yet.' : lines.join('\n')
}

/** The work to do, once all that was typed is known to make sense. */
const workOf = (verb: string | undefined, given: object, env: Environment): ((tx: Tx) => Promise<string>) => {
  if (verb === 'create') {
    const wanted = checked(schemas.create, given, usage)
    const keys = keysOfApi(env)
    return (tx) => create(tx, keys, wanted)
  }
  if (verb === 'revoke') {
    const wanted = checked(schemas.revoke, given, usage)
    return (tx) => revoke(tx, wanted)
  }
  if (verb !== 'list') throw new CommandError(`Say it so: ${usage}`)
  checked(schemas.list, given, usage)
  return list
}

export const apiClientCommand: Command = {
  demoLogin: 'owner',
  usage: `${usage}: keys of other systems; scopes are ${apiScopes.join(', ')}. A new key needs KEY_FILE, the key file of the API`,
  run: async ([verb, ...args], env) => {
    const { tenant, ...given } = optionsOf(args, options)
    const work = workOf(verb, given, env)
    return withTenant(env, tenant, ({ db, tenantId }) => inTenant(db, tenantId, work))
  },
}
