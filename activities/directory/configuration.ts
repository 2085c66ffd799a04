/**
 * Which directories there are: a file of the operator, named by DIRECTORIES, read by the worker alone. It names the files that
 * hold credentials and never holds one (E6, M5).
 */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Db } from '#platform/database/connect.ts'
import { StartError } from '#platform/process/start-error.ts'
import { tenantIdOf } from '#services/tenants/tenants.ts'
import { entraOptions } from './entra/options.ts'
import { keycloakOptions } from './keycloak/options.ts'
import { activeDirectoryOptions } from './ldap/ad-options.ts'
import { ldapOptions } from './ldap/options.ts'
import { oktaOptions } from './okta/options.ts'

/** One line for each kind; an adapter brings its own schema, which begins with `directoryOptions` of options.ts. */
const anyOptions = z.discriminatedUnion('kind', [
  activeDirectoryOptions,
  entraOptions,
  keycloakOptions,
  ldapOptions,
  oktaOptions,
])

const file = z.strictObject({
  directories: z.array(anyOptions).max(50),
})

/** The options of one directory in the operator's file. */
export type DirectoryOptions = z.output<typeof anyOptions>

/** A directory of a tenant that exists. */
export type NamedDirectory = { readonly tenantId: string; readonly options: DirectoryOptions }

/** A fault in the operator's file; it names the place and repeats no value. */
export class DirectoriesProblem extends StartError {
  override readonly name = 'DirectoriesProblem'
  constructor(path: string, problem: string, options?: ErrorOptions) {
    super(`DIRECTORIES names ${path}, which cannot be used: ${problem}.`, options)
  }
}

/** Says in words what is wrong with a field: zod's own sentences speak of its types. */
const wordsOf = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'invalid_type')
    return issue.message.endsWith('received undefined')
      ? 'is missing'
      : `must be of the type ${issue.expected}`
  if (issue.code === 'unrecognized_keys')
    return `has fields that are not known there (${issue.keys.join(', ')})`
  if (issue.code === 'invalid_union') return 'must be one of those that docs/directories.md names'
  if (issue.code === 'invalid_value') return `must be ${issue.values.map(String).join(' or ')}`
  if (issue.code === 'too_small') return 'is too short'
  return issue.code === 'too_big' ? 'is too long' : issue.message
}

/** Parses the text of the operator's file. @throws DirectoriesProblem */
export const parseDirectories = (text: string, path: string): readonly DirectoryOptions[] => {
  const parsed = file.safeParse(jsonOf(text, path))
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'it'} ${wordsOf(issue)}`)
    throw new DirectoriesProblem(path, fields.join('; '))
  }
  const { directories } = parsed.data
  const names = directories.map(({ tenant, name }) => `${tenant}/${name}`)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new DirectoriesProblem(path, `it names ${twice} twice`)
  return directories
}

const jsonOf = (text: string, path: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    // The parser's own message repeats text of the file.
    throw new DirectoriesProblem(path, 'it is not JSON')
  }
}

/** Reads the file, and finds the tenants that it names. @throws DirectoriesProblem */
export const loadDirectories = async (db: Db, path: string): Promise<readonly NamedDirectory[]> => {
  const named: NamedDirectory[] = []
  for (const options of parseDirectories(textOf(path), path)) {
    const tenantId = await tenantIdOf(db, options.tenant)
    if (tenantId === undefined)
      throw new DirectoriesProblem(path, `there is no organisation ${options.tenant}`)
    named.push({ tenantId, options })
  }
  return named
}

const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new DirectoriesProblem(path, 'it does not exist or cannot be read', { cause: error })
  }
}
