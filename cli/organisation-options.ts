/**
 * The options that a shell may name for an organisation, each with its rule and the words for the operator who typed
 * it.
 */
import { z } from 'zod'
import { parseEmail } from '#domain/contact.ts'
import {
  isAsNumber,
  isDeviceKeyId,
  isOwnRange,
  isPlaceLabel,
  isShiftHours,
  mostPlaces,
} from '#services/tenants/places.ts'
import { callingCodeOfCountry, factsOfNumber } from '#platform/facts/phone.ts'

/** The options of `organisation`, as node:util reads them. */
export const organisationOptions = {
  tenant: { type: 'string' },
  name: { type: 'string' },
  phone: { type: 'string' },
  accent: { type: 'string' },
  'sender-name': { type: 'string' },
  'reply-to': { type: 'string' },
  region: { type: 'string' },
  country: { type: 'string', multiple: true },
  egress: { type: 'string', multiple: true },
  gateway: { type: 'string', multiple: true },
  carrier: { type: 'string', multiple: true },
  shift: { type: 'string', multiple: true },
  'shared-device': { type: 'string', multiple: true },
  'virtual-desktops': { type: 'string' },
} as const

const isDialled = (text: string): boolean =>
  /^\+\d[\d ()./-]{5,23}$/.test(text) && factsOfNumber(`+${text.replace(/\D/g, '')}`).country !== null

/** One plain address: nothing that a mail program could read as a second one, or as another header (C13). */
const isMailAddress = (address: string): boolean => !/\s/.test(address) && parseEmail(address).ok

const isCountry = (code: string): boolean => callingCodeOfCountry(code) !== null

/** Splits `what=label` at the first sign of equality; without one nothing is the label. */
const labelled = (text: string): readonly [what: string, label: string] => {
  const at = text.indexOf('=')
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

const isLabelled =
  (rule: (text: string) => boolean) =>
  (text: string): boolean => {
    const [what, label] = labelled(text)
    return rule(what) && isPlaceLabel(label)
  }

const orNothing = (rule: (text: string) => boolean, words: string) =>
  z.string(words).refine((text) => text === '' || rule(text), words)

const listOrNothing = (rule: (text: string) => boolean, words: string) =>
  z.array(orNothing(rule, words)).max(mostPlaces, words)

/** The name of an organisation within Countersign: of its address in commands and files. */
const Slug = z
  .string('--tenant: a short name for commands, such as acme')
  .regex(/^[a-z][a-z0-9-]{1,30}$/, '--tenant: 2 to 31 small letters, digits and dashes, a letter first')

const name = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} .,&'’()+/-]{0,59}$/u

const Name = z
  .string('--name: what people know the organisation by')
  .regex(name, '--name: at most 60 letters, digits, blanks and common marks')

const settings = {
  phone: orNothing(isDialled, '--phone: the number of the help desk with + and country, or "" for none'),
  accent: orNothing((text) => /^#[\da-f]{6}$/i.test(text), '--accent: a colour as #5b3fa0, or "" for ours'),
  'sender-name': orNothing(
    (text) => name.test(text),
    '--sender-name: who mails come from, at most 60 letters, digits, blanks and common marks, or "" for the operator’s',
  ),
  'reply-to': orNothing(isMailAddress, '--reply-to: one address for answers to mails, or "" for none'),
  region: orNothing(isCountry, '--region: two capital letters of a country, such as CA'),
  country: listOrNothing(isCountry, '--country: two capital letters of a country, such as CA'),
  egress: listOrNothing(
    isOwnRange,
    '--egress: a range of your own addresses as 203.0.113.0/24, /8 or longer (IPv6 /16)',
  ),
  gateway: listOrNothing(
    isLabelled(isOwnRange),
    '--gateway: a range and its name, as "198.51.100.0/24=Web gateway", /8 or longer (IPv6 /16)',
  ),
  carrier: listOrNothing(
    isLabelled(isAsNumber),
    '--carrier: the number of a mobile network and its name, as "AS64500=Meridian Mobile"',
  ),
  shift: listOrNothing((text) => {
    const [department, hours] = labelled(text)
    return isPlaceLabel(department) && isShiftHours(hours)
  }, '--shift: a department and its hours, as "Warehousing=22-06" or "Warehousing=06-14, 14-22"'),
  'shared-device': listOrNothing(
    isLabelled(isDeviceKeyId),
    '--shared-device: the id of a device key and a name, as "0123456789abcdef=Front desk"',
  ),
  'virtual-desktops': z.enum(['yes', 'no'], '--virtual-desktops: yes or no'),
}

/** The options of each verb. */
export const organisationSchemas = {
  create: z.strictObject({ tenant: Slug, name: Name, ...z.object(settings).partial().shape }),
  set: z.strictObject({ tenant: Slug, name: Name.optional(), ...z.object(settings).partial().shape }),
  list: z.strictObject({}),
  show: z.strictObject({ tenant: Slug }),
}

type Given = Omit<z.output<typeof organisationSchemas.set>, 'tenant' | 'name'>

const text = (value: string | undefined): string | null | undefined => (value === '' ? null : value)
const list = (values: readonly string[] | undefined): readonly string[] | undefined =>
  values && [...new Set(values.filter((value) => value !== ''))]

/** The later of two entries for one thing counts. */
const pairs = (values: readonly string[] | undefined): ReadonlyMap<string, string> | undefined =>
  values && new Map(values.filter((value) => value !== '').map(labelled))

/** The settings that were named, by their names in `tenants.settings`; null takes one away. */
export const settingsOf = (given: Given): Readonly<Record<string, unknown>> => {
  const desktops = given['virtual-desktops']
  const [gateways, devices] = [pairs(given.gateway), pairs(given['shared-device'])]
  const [carriers, shifts] = [pairs(given.carrier), pairs(given.shift)]
  const all = {
    helpdeskPhone: text(given.phone),
    accent: text(given.accent),
    senderName: text(given['sender-name']),
    replyTo: text(given['reply-to']),
    defaultRegion: text(given.region),
    expectedCountries: list(given.country),
    egressCidrs: list(given.egress),
    gateways: gateways && [...gateways].map(([cidr, label]) => ({ cidr, label })),
    carriers: carriers && [...carriers].map(([as, label]) => ({ asn: Number(as.slice(2)), label })),
    shifts: shifts && [...shifts].map(([department, hours]) => ({ department, hours })),
    sharedDevices: devices && [...devices].map(([keyId, label]) => ({ keyId, label })),
    hasVirtualDesktops: desktops === undefined ? undefined : desktops === 'yes',
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

const settingNames = {
  phone: 'helpdeskPhone',
  accent: 'accent',
  'sender-name': 'senderName',
  'reply-to': 'replyTo',
  region: 'defaultRegion',
  country: 'expectedCountries',
  egress: 'egressCidrs',
  gateway: 'gateways',
  carrier: 'carriers',
  shift: 'shifts',
  'shared-device': 'sharedDevices',
  'virtual-desktops': 'hasVirtualDesktops',
} as const

const Stored = z.union([
  z.string(),
  z.boolean().transform((is) => (is ? 'yes' : 'no')),
  z.object({ cidr: z.string(), label: z.string() }).transform(({ cidr, label }) => `${cidr}=${label}`),
  z.object({ asn: z.int(), label: z.string() }).transform(({ asn, label }) => `AS${String(asn)}=${label}`),
  z
    .object({ department: z.string(), hours: z.string() })
    .transform(({ department, hours }) => `${department}=${hours}`),
  z.object({ keyId: z.string(), label: z.string() }).transform(({ keyId, label }) => `${keyId}=${label}`),
])

/** Each setting on a line as `set` takes it, an entry of a list on a line of its own; settings that have no option are left out. */
export const settingLines = (settings: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.entries(settingNames).flatMap(([option, name]) =>
    [settings[name] ?? []].flat().map((value) => `--${option} ${Stored.parse(value)}`),
  )
