/**
 * Which directories there are: a file of the operator, named by DIRECTORIES, read by the worker alone. It names the files that
 * hold credentials and never holds one (E6, M5).
 */
import { z } from 'zod'
import type { Db } from '#platform/database/connect.ts'
import { tenantIdOf } from '#services/tenants/tenants.ts'
import { OperatorFileProblem, parseOperatorFile, readOperatorFile } from '../operator-file.ts'
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

const fileAt = (path: string) => ({ variable: 'DIRECTORIES', path, page: 'docs/directories.md' })

/** Parses the text of the operator's file. @throws OperatorFileProblem */
export const parseDirectories = (text: string, path: string): readonly DirectoryOptions[] => {
  const { directories } = parseOperatorFile(file, text, fileAt(path))
  const names = directories.map(({ tenant, name }) => `${tenant}/${name}`)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new OperatorFileProblem(fileAt(path), `it names ${twice} twice`)
  return directories
}

/** Reads the file, and finds the tenants that it names. @throws OperatorFileProblem */
export const loadDirectories = async (db: Db, path: string): Promise<readonly NamedDirectory[]> => {
  const named: NamedDirectory[] = []
  for (const options of parseDirectories(readOperatorFile(fileAt(path)), path)) {
    const tenantId = await tenantIdOf(db, options.tenant)
    if (tenantId === undefined)
      throw new OperatorFileProblem(fileAt(path), `there is no organisation ${options.tenant}`)
    named.push({ tenantId, options })
  }
  return named
}
