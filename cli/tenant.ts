/** The tenant that a command is about, and its way to the database: in that tenant's rows only, as every process. */
import { parseArgs, type ParseArgsConfig } from 'node:util'
import type { z } from 'zod'
import { loadConfig, type Environment } from '#platform/process/config.ts'
import { connect, mustAnswer, type Db } from '#platform/database/connect.ts'
import { tenantIds } from '#services/housekeeping/housekeeping.ts'
import { readTenant } from '#services/tenants/tenants.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { CommandError } from './command.ts'

/** A tenant and the database that holds it. */
export type OpenTenant = { readonly db: Db; readonly tenantId: string; readonly slug: string }

/** Reads a command's options. @throws CommandError in words for the operator who typed them */
export const optionsOf = <T extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: T,
) => {
  try {
    return parseArgs({ args: [...args], options, strict: true }).values
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : 'These options are not understood.')
  }
}

/** Checks the options of a verb by its rules. @throws CommandError in words for the operator who typed them */
export const checked = <T extends z.ZodType>(schema: T, given: object, usage: string): z.output<T> => {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  throw new CommandError(parsed.error.issues[0]?.message ?? `Say it so: ${usage}`)
}

/** Runs `work` on the database that the environment names, with the rights of its owner. @throws CommandError when it does not answer */
export const withDatabase = async <T>(env: Environment, work: (db: Db) => Promise<T>): Promise<T> => {
  const { database } = loadConfig('migrator', env)
  const db = connect({
    url: database.url,
    max: 2,
    applicationName: 'countersign-cli',
    statementTimeoutMs: 60_000,
  })
  try {
    await mustAnswer(db).catch((error: unknown) => {
      throw new CommandError(error instanceof Error ? error.message : 'The database does not answer.')
    })
    return await work(db)
  } finally {
    await db.close()
  }
}

/** Runs `work` for the named tenant; without a name for the only one there is. @throws CommandError naming those there are */
export const withTenant = <T>(
  env: Environment,
  slug: string | undefined,
  work: (tenant: OpenTenant) => Promise<T>,
): Promise<T> => withDatabase(env, async (db) => work({ db, ...(await tenantOf(db, slug)) }))

const tenantOf = async (db: Db, slug: string | undefined): Promise<{ tenantId: string; slug: string }> => {
  const known: { tenantId: string; slug: string }[] = []
  for (const tenantId of await tenantIds(db)) {
    const tenant = await inTenant(db, tenantId, readTenant)
    if (tenant !== undefined) known.push({ tenantId, slug: tenant.slug })
  }
  const found = slug === undefined && known.length === 1 ? known[0] : known.find((one) => one.slug === slug)
  if (found !== undefined) return found
  if (known.length === 0)
    throw new CommandError('There is no organisation yet: set one up with `organisation create`.')
  const names = known.map((one) => one.slug).join(', ')
  throw new CommandError(
    slug === undefined
      ? `Say for which tenant: --tenant ${names}`
      : `There is no tenant "${slug}"; there are ${names}.`,
  )
}
