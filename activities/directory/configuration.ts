/**
 * Which directories there are: a file of the operator, named by DIRECTORIES, read by the worker alone. It names the files that
 * hold credentials and never holds one (security.md E6, M5).
 */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Db } from '#platform/server/db/connect.ts'
import { tenantIdOf } from '#platform/server/db/tenant-slug.ts'
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

/** What the operator's file says of one directory. */
export type DirectoryOptions = z.output<typeof anyOptions>

/** A directory of a tenant that exists. */
export type NamedDirectory = { readonly tenantId: string; readonly options: DirectoryOptions }

/** What is wrong with the operator's file; it names the place in it and repeats no value. */
export class DirectoriesProblem extends Error {
  override readonly name = 'DirectoriesProblem'
}

/** Parses the text of the operator's file. @throws DirectoriesProblem */
export const parseDirectories = (text: string): readonly DirectoryOptions[] => {
  const parsed = file.safeParse(jsonOf(text))
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`)
    throw new DirectoriesProblem(`The file of directories cannot be used:\n${lines.join('\n')}`)
  }
  const { directories } = parsed.data
  const names = directories.map(({ tenant, name }) => `${tenant}/${name}`)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new DirectoriesProblem(`The file of directories names ${twice} twice`)
  return directories
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    // The parser's own message repeats text of the file.
    throw new DirectoriesProblem('The file of directories is not JSON')
  }
}

/** Reads the file, and finds the tenants that it names. @throws DirectoriesProblem */
export const loadDirectories = async (db: Db, path: string): Promise<readonly NamedDirectory[]> => {
  const named: NamedDirectory[] = []
  for (const options of parseDirectories(textOf(path))) {
    const tenantId = await tenantIdOf(db, options.tenant)
    if (tenantId === undefined)
      throw new DirectoriesProblem(
        `The file of directories names a tenant that does not exist: ${options.tenant}`,
      )
    named.push({ tenantId, options })
  }
  return named
}

const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new DirectoriesProblem('DIRECTORIES names a file that does not exist or cannot be read', {
      cause: error,
    })
  }
}
