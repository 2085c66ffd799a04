import { z } from 'zod'
import type { DirectoryContact, DirectoryPerson } from '../port.ts'
import { readAs } from '../rest/api.ts'
import type { KeycloakOptions } from './options.ts'
import type { KeycloakApi } from './session.ts'

/** The fields that we read of a person. */
export const keycloakAccount = z.object({
  id: z.string(),
  username: z.string(),
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
  email: z.string().nullish(),
  enabled: z.boolean(),
  /** Where the person comes from another directory. */
  federationLink: z.string().nullish(),
  requiredActions: z.array(z.string()).nullish(),
  attributes: z.record(z.string(), z.array(z.string())).nullish(),
})
export type KeycloakAccount = z.output<typeof keycloakAccount>

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Reads the account of an immutable id; a value that is no such id belongs to nobody. */
export const accountOf = async (
  api: KeycloakApi,
  options: KeycloakOptions,
  id: string,
  signal?: AbortSignal,
): Promise<KeycloakAccount | null> => {
  if (!uuid.test(id)) return null
  const answer = await api.read(`/users/${id}`, { signal })
  const user = answer === null ? null : readAs(keycloakAccount, answer.json)
  return user !== null && user.id === id.toLowerCase() && isPerson(user, options) ? user : null
}

/** True if an account is one of the people whom the operator means. */
export const isPerson = ({ attributes }: KeycloakAccount, { people }: KeycloakOptions): boolean =>
  people === undefined || (attributes?.[people.attribute]?.includes(people.value) ?? false)

const phones = [
  ['mobile', 'mobile'],
  ['phone', 'work'],
] as const

/** A person. `state` comes from the caller, since the list does not show lockouts. */
export const personOf = (
  user: KeycloakAccount,
  { attributes: names, isSignInProvider }: KeycloakOptions,
  state: DirectoryPerson['state'] = user.enabled ? 'active' : 'disabled',
): DirectoryPerson => {
  const firstOf = (name: string): string | null => textsOf(user, name)[0] ?? null
  const country = firstOf(names.country)
  return {
    directoryId: user.id,
    handle: user.username,
    login: user.username,
    ...(isSignInProvider ? { signInId: user.id } : {}),
    ...namesOf(user),
    workEmail: user.email || null,
    title: firstOf(names.title),
    department: firstOf(names.department),
    office: firstOf(names.office),
    country: country !== null && /^[A-Za-z]{2}$/.test(country) ? country.toUpperCase() : null,
    language: firstOf(names.language),
    managerHandle: firstOf(names.manager)?.toLowerCase() ?? null,
    contacts: phones.flatMap(([name, label]): DirectoryContact[] =>
      textsOf(user, names[name]).map((value) => ({ kind: 'phone', label, value })),
    ),
    state,
    passwordChangedAt: null,
    // Keycloak keeps no time of a change.
    changedAt: null,
  }
}

const textsOf = ({ attributes }: KeycloakAccount, name: string): readonly string[] =>
  (attributes?.[name] ?? []).filter((text) => text !== '')

const namesOf = ({ username, firstName, lastName }: KeycloakAccount) => {
  const [givenName, familyName] = [firstName ?? '', lastName ?? '']
  const displayName = [givenName, familyName].filter((name) => name !== '').join(' ') || username
  return { displayName, givenName, familyName: familyName || username }
}

const credential = z.object({ id: z.string(), type: z.string(), createdDate: z.number().nullish() })
export type Credential = z.output<typeof credential>

/** The credentials that an account signs in with, without any secret. */
export const credentialsOf = async (
  api: KeycloakApi,
  id: string,
  signal?: AbortSignal,
): Promise<readonly Credential[]> => {
  const answer = await api.read(`/users/${id}/credentials`, { signal })
  return answer === null ? [] : readAs(z.array(credential), answer.json)
}

/**
 * The time when the password was set, in ms; it changes with each password, also when others set it, and with nothing else.
 * `-`: there is none.
 */
export const versionOf = (credentials: readonly Credential[]): string => {
  const password = credentials.find(({ type }) => type === 'password')
  return password === undefined ? '-' : `${password.createdDate ?? '-'}/${password.id}`
}

/** The time of a version, in ISO 8601. */
export const changedAtOf = (version: string): string | null => {
  const ms = Number(version.split('/')[0])
  return Number.isFinite(ms) && ms > 0 ? new Date(ms).toISOString() : null
}
