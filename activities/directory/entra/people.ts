import { z } from 'zod'
import { DirectoryError } from '../directory-error.ts'
import type { DirectoryContact, DirectoryPerson } from '../port.ts'
import { readAs, type Api, type ReadOptions } from '../rest/api.ts'
import type { Answered } from '../rest/client.ts'
import type { EntraOptions } from './options.ts'

const text = z.string().nullish()

/** The fields that we read of a person. */
export const entraAccount = z.object({
  id: z.string(),
  userPrincipalName: text,
  displayName: text,
  givenName: text,
  surname: text,
  mail: text,
  otherMails: z.array(z.string()).nullish(),
  jobTitle: text,
  department: text,
  companyName: text,
  employeeType: text,
  officeLocation: text,
  usageLocation: text,
  preferredLanguage: text,
  mobilePhone: text,
  businessPhones: z.array(z.string()).nullish(),
  accountEnabled: z.boolean().nullish(),
  userType: text,
  lastPasswordChangeDateTime: text,
  manager: z.object({ id: z.string() }).nullish(),
  'manager@delta': z.array(z.object({ id: z.string(), '@removed': z.unknown().optional() })).nullish(),
})
export type EntraAccount = z.output<typeof entraAccount>

/** Asked for by name: most are not given otherwise. */
export const listed = [
  ...['id', 'userPrincipalName', 'displayName', 'givenName', 'surname', 'mail', 'otherMails', 'jobTitle'],
  ...['department', 'companyName', 'employeeType', 'officeLocation', 'usageLocation', 'preferredLanguage'],
  ...['mobilePhone', 'businessPhones', 'accountEnabled', 'userType'],
].join(',')
const whole = `$select=${listed},lastPasswordChangeDateTime&$expand=manager($select=id)`

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Reads the account of an immutable id. The path takes a sign-in name too; a value that is no id belongs to nobody (N6). */
export const accountOf = async (
  api: Api,
  options: EntraOptions,
  id: string,
  signal?: AbortSignal,
): Promise<EntraAccount | null> => {
  if (!uuid.test(id)) return null
  const answer = await api.read(`/users/${id}?${whole}`, { signal })
  const user = answer === null ? null : readAs(entraAccount, answer.json)
  return user !== null && user.id === id.toLowerCase() && isPerson(user, options) ? user : null
}

/** True if an account is one of the people whom the operator means. */
export const isPerson = (user: EntraAccount, { people }: EntraOptions): boolean =>
  user.userType !== 'Guest' && (people === undefined || user[people.attribute] === people.value)

/**
 * The time of the last password change, to the second; it changes with each password, also when others set it. `-`: there is
 * none.
 */
export const versionOf = ({ lastPasswordChangeDateTime }: EntraAccount): string =>
  lastPasswordChangeDateTime ?? '-'

/** Entra shows nobody a lockout after wrong passwords. */
export const stateOf = ({ accountEnabled }: EntraAccount): 'active' | 'disabled' =>
  accountEnabled === false ? 'disabled' : 'active'

/** A person. Their manager is named by id. */
export const personOf = (user: EntraAccount, { isSignInProvider }: EntraOptions): DirectoryPerson => {
  const orNull = (value: string | null | undefined): string | null => value || null
  const login = user.userPrincipalName ?? user.id
  const displayName = user.displayName || login
  return {
    directoryId: user.id,
    ...(isSignInProvider ? { signInId: user.id } : {}),
    handle: user.id,
    login,
    displayName,
    givenName: user.givenName ?? '',
    familyName: user.surname || displayName,
    workEmail: orNull(user.mail),
    title: orNull(user.jobTitle),
    department: orNull(user.department),
    office: orNull(user.officeLocation),
    country: orNull(user.usageLocation?.toUpperCase()),
    language: orNull(user.preferredLanguage),
    managerHandle: managerOf(user),
    contacts: contactsOf(user),
    state: stateOf(user),
    passwordChangedAt: isoOf(user.lastPasswordChangeDateTime),
    // Graph keeps no time of a change.
    changedAt: null,
  }
}

const managerOf = (user: EntraAccount): string | null =>
  user.manager?.id ?? user['manager@delta']?.find((one) => one['@removed'] === undefined)?.id ?? null

const isoOf = (time: string | null | undefined): string | null => {
  const ms = Date.parse(time ?? '')
  return Number.isNaN(ms) ? null : new Date(ms).toISOString()
}

const contactsOf = ({
  mobilePhone,
  businessPhones,
  otherMails,
}: EntraAccount): readonly DirectoryContact[] => [
  ...(mobilePhone ? [{ kind: 'phone' as const, label: 'mobile' as const, value: mobilePhone }] : []),
  ...(businessPhones ?? []).map((value) => ({ kind: 'phone' as const, label: 'work' as const, value })),
  ...(otherMails ?? []).map((value) => ({ kind: 'email' as const, label: 'private' as const, value })),
]

const page = z.object({ '@odata.nextLink': z.string().optional() })

/** Every page of a list, by the address of the next one. */
export async function* pagesOf(api: Api, first: string, options: ReadOptions = {}): AsyncGenerator<Answered> {
  for (let place: string | undefined = first; place !== undefined;) {
    if (options.signal?.aborted === true) throw new DirectoryError('unreachable')
    const answer = await api.read(place, options)
    if (answer === null) throw new DirectoryError('answer')
    yield answer
    place = readAs(page, answer.json)['@odata.nextLink']
  }
}
