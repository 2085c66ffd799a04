import type { Entry } from 'ldapts'

/** All texts of an attribute. */
export const textsOf = (entry: Entry, name: string): readonly string[] => {
  const value = entry[name]
  if (value === undefined) return []
  return (Array.isArray(value) ? value : [value])
    .map((one) => (typeof one === 'string' ? one : one.toString('utf8')))
    .filter((text) => text !== '')
}

/** The first text of an attribute, or null. */
export const textOf = (entry: Entry, ...names: readonly string[]): string | null => {
  for (const name of names) {
    const [text] = textsOf(entry, name)
    if (text !== undefined) return text
  }
  return null
}

/** A generalised time (`20261126052311Z`, `20261126052311.0Z`) in ISO 8601, or null. */
export const isoOf = (generalised: string | null): string | null => {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d+)?Z$/.exec(generalised ?? '')
  if (parts === null) return null
  const [, year, month, day, hour, minute, second] = parts
  return `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`
}

/** Generalised time of a moment, to the second. */
export const generalisedOf = (ms: number): string =>
  `${new Date(ms).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`

const kinds = [
  ['mobile', 'phone', 'mobile'],
  ['telephoneNumber', 'phone', 'work'],
  ['homePhone', 'phone', 'home'],
] as const

/** Numbers of an entry; the work address is the person's own column. */
export const contactsOf = (entry: Entry) =>
  kinds.flatMap(([name, kind, label]) => textsOf(entry, name).map((value) => ({ kind, label, value })))

/** Attributes that both kinds of servers name alike. */
export const personAttributes = [
  'cn',
  'displayName',
  'givenName',
  'sn',
  'mail',
  'title',
  'l',
  'c',
  'preferredLanguage',
  'manager',
  'mobile',
  'telephoneNumber',
  'homePhone',
]

const countryOf = (text: string | null): string | null =>
  text !== null && /^[A-Za-z]{2}$/.test(text) ? text.toUpperCase() : null

/** The fields of a person that both kinds of servers have. */
export const commonOf = (entry: Entry) => {
  const displayName = textOf(entry, 'displayName', 'cn') ?? entry.dn
  return {
    handle: entry.dn,
    displayName,
    givenName: textOf(entry, 'givenName') ?? '',
    familyName: textOf(entry, 'sn') ?? displayName,
    workEmail: textOf(entry, 'mail'),
    title: textOf(entry, 'title'),
    office: textOf(entry, 'physicalDeliveryOfficeName', 'l'),
    country: countryOf(textOf(entry, 'c')),
    language: textOf(entry, 'preferredLanguage'),
    managerHandle: textOf(entry, 'manager'),
    contacts: contactsOf(entry),
  }
}

/** All values of an attribute as bytes; it has to be among the question's `bytes`. */
export const bytesOf = (entry: Entry, name: string): readonly Buffer[] => {
  const value = entry[name]
  if (value === undefined) return []
  return (Array.isArray(value) ? value : [value]).filter((one) => Buffer.isBuffer(one))
}
