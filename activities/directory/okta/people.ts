import { z } from 'zod'
import type { DirectoryContact, DirectoryPerson } from '../port.ts'
import { readAs, type Api } from '../rest/api.ts'
import type { OktaOptions } from './options.ts'

const text = z.string().nullish()

/** The fields that we read of a person. */
export const oktaAccount = z.object({
  id: z.string(),
  status: z.string(),
  lastUpdated: text,
  passwordChanged: text,
  profile: z.looseObject({
    login: z.string(),
    email: text,
    secondEmail: text,
    firstName: text,
    lastName: text,
    displayName: text,
    title: text,
    department: text,
    city: text,
    countryCode: text,
    preferredLanguage: text,
    managerId: text,
    mobilePhone: text,
    primaryPhone: text,
  }),
  credentials: z.object({ provider: z.object({ type: z.string() }).nullish() }).nullish(),
})
export type OktaAccount = z.output<typeof oktaAccount>

const idForm = /^[0-9A-Za-z]{20}$/

/** A person, and the entity tag of what was read of them. */
export type Found = { readonly user: OktaAccount; readonly tag: string | null }

/**
 * Reads the account of an immutable id. The path takes a login too, so a value that is no id belongs to nobody, and the
 * answer has to have the id that was asked for (N6).
 */
export const foundBy = async (
  api: Api,
  options: OktaOptions,
  id: string,
  signal?: AbortSignal,
): Promise<Found | null> => {
  if (!idForm.test(id)) return null
  const answer = await api.read(`/api/v1/users/${id}`, { signal })
  if (answer === null) return null
  const user = readAs(oktaAccount, answer.json)
  return user.id === id && isPerson(user, options) ? { user, tag: answer.headers.etag ?? null } : null
}

/** True if an account is one of the people whom the operator means. */
export const isPerson = ({ profile }: OktaAccount, { people }: OktaOptions): boolean =>
  people === undefined || profile[people.attribute] === people.value

const states: Readonly<Record<string, DirectoryPerson['state']>> = {
  ACTIVE: 'active',
  RECOVERY: 'active',
  PASSWORD_EXPIRED: 'active',
  LOCKED_OUT: 'locked',
  STAGED: 'not_started',
  PROVISIONED: 'not_started',
}

/** The meaning of a status; an account with one that we do not know signs nobody in. */
export const stateOf = ({ status }: OktaAccount): DirectoryPerson['state'] => states[status] ?? 'disabled'

/** True if there is an account to reset. */
export const isUsable = (user: OktaAccount): boolean => ['active', 'locked'].includes(stateOf(user))

/** The time when the password was set; it changes with each password, also when others set it. `-`: there is none. */
export const versionOf = ({ passwordChanged }: OktaAccount): string => passwordChanged ?? '-'

const isoOf = (time: string | null | undefined): string | null => {
  const ms = Date.parse(time ?? '')
  return Number.isNaN(ms) ? null : new Date(ms).toISOString()
}

/** A person. */
export const personOf = (user: OktaAccount, { isSignInProvider }: OktaOptions): DirectoryPerson => {
  const { profile } = user
  const [givenName, familyName] = [profile.firstName ?? '', profile.lastName ?? '']
  const names = [givenName, familyName].filter((name) => name !== '').join(' ')
  const orNull = (value: string | null | undefined): string | null => value || null
  return {
    directoryId: user.id,
    ...(isSignInProvider ? { signInId: user.id } : {}),
    handle: profile.login,
    login: profile.login,
    displayName: profile.displayName || names || profile.login,
    givenName,
    familyName: familyName || profile.login,
    workEmail: orNull(profile.email),
    title: orNull(profile.title),
    department: orNull(profile.department),
    office: orNull(profile.city),
    country: orNull(profile.countryCode?.toUpperCase()),
    language: orNull(profile.preferredLanguage),
    managerHandle: orNull(profile.managerId),
    contacts: contactsOf(profile),
    state: stateOf(user),
    passwordChangedAt: isoOf(user.passwordChanged),
    changedAt: isoOf(user.lastUpdated),
  }
}

const contactsOf = (profile: OktaAccount['profile']): readonly DirectoryContact[] =>
  (
    [
      ['phone', 'mobile', profile.mobilePhone],
      ['phone', 'work', profile.primaryPhone],
      ['email', 'private', profile.secondEmail],
    ] as const
  ).flatMap(([kind, label, value]) => (value ? [{ kind, label, value }] : []))
