/**
 * The options that a shell may name for an organisation, each with its rule and the words for the operator who typed
 * it.
 */
import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { callingCodeOfCountry, factsOfNumber } from '#platform/facts/phone.ts'

/** The options of `organisation`, as node:util reads them. */
export const organisationOptions = {
  tenant: { type: 'string' },
  name: { type: 'string' },
  phone: { type: 'string' },
  accent: { type: 'string' },
  region: { type: 'string' },
  country: { type: 'string', multiple: true },
  egress: { type: 'string', multiple: true },
  'virtual-desktops': { type: 'string' },
} as const

/** Shortest prefixes of an organisation's own egress: who comes from there is familiar, and a larger range is nobody's own. */
const shortestPrefix = { ipv4: 8, ipv6: 16 } as const

const isOwnRange = (text: string): boolean => {
  if (!ipaddr.isValidCIDR(text)) return false
  const [network, bits] = ipaddr.parseCIDR(text)
  return bits >= shortestPrefix[network.kind()]
}

const isDialled = (text: string): boolean =>
  /^\+\d[\d ()./-]{5,23}$/.test(text) && factsOfNumber(`+${text.replace(/\D/g, '')}`).country !== null

const isCountry = (code: string): boolean => callingCodeOfCountry(code) !== null

const orNothing = (rule: (text: string) => boolean, words: string) =>
  z.string(words).refine((text) => text === '' || rule(text), words)

const listOrNothing = (rule: (text: string) => boolean, words: string) =>
  z.array(orNothing(rule, words)).max(100, words)

/** The name of an organisation within Countersign: of its address in commands and files. */
const Slug = z
  .string('--tenant: a short name for commands, such as acme')
  .regex(/^[a-z][a-z0-9-]{1,30}$/, '--tenant: 2 to 31 small letters, digits and dashes, a letter first')

const Name = z
  .string('--name: what people know the organisation by')
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{M}\p{N} .,&'’()+/-]{0,59}$/u,
    '--name: at most 60 letters, digits, blanks and common marks',
  )

const settings = {
  phone: orNothing(isDialled, '--phone: the number of the help desk with + and country, or "" for none'),
  accent: orNothing((text) => /^#[\da-f]{6}$/i.test(text), '--accent: a colour as #5b3fa0, or "" for ours'),
  region: orNothing(isCountry, '--region: two capital letters of a country, such as CA'),
  country: listOrNothing(isCountry, '--country: two capital letters of a country, such as CA'),
  egress: listOrNothing(
    isOwnRange,
    '--egress: a range of your own addresses as 203.0.113.0/24, /8 or longer (IPv6 /16)',
  ),
  'virtual-desktops': z.enum(['yes', 'no'], '--virtual-desktops: yes or no'),
}

/** The options of each verb. */
export const organisationSchemas = {
  create: z.strictObject({ tenant: Slug, name: Name, ...z.object(settings).partial().shape }),
  set: z.strictObject({ tenant: Slug, name: Name.optional(), ...z.object(settings).partial().shape }),
  list: z.strictObject({}),
}

type Given = Omit<z.output<typeof organisationSchemas.set>, 'tenant' | 'name'>

const text = (value: string | undefined): string | null | undefined => (value === '' ? null : value)
const list = (values: readonly string[] | undefined): readonly string[] | undefined =>
  values && [...new Set(values.filter((value) => value !== ''))]

/** The settings that were named, by their names in `tenants.settings`; null takes one away. */
export const settingsOf = (given: Given): Readonly<Record<string, unknown>> => {
  const desktops = given['virtual-desktops']
  const all = {
    helpdeskPhone: text(given.phone),
    accent: text(given.accent),
    defaultRegion: text(given.region),
    expectedCountries: list(given.country),
    egressCidrs: list(given.egress),
    hasVirtualDesktops: desktops === undefined ? undefined : desktops === 'yes',
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}
