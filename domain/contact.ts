import { err, ok, type Result } from './result.ts'

/** Addresses of a participant on file (product.md section 2). */
export const contactKinds = ['phone', 'email'] as const

/** One kind of contact. */
export type ContactKind = (typeof contactKinds)[number]

/** What a contact is to its owner. */
export const contactLabels = ['work', 'mobile', 'private', 'home'] as const

/** One label. */
export type ContactLabel = (typeof contactLabels)[number]

/** What is known of a number's line. */
export const lineTypes = [
  'mobile',
  'fixed',
  'fixed_or_mobile',
  'voip',
  'toll_free',
  'premium',
  'shared_cost',
  'unknown',
] as const

/** One line type. */
export type LineType = (typeof lineTypes)[number]

/** A contact as the rules see it. Never with its value: `masked` is what screens show. Times are ISO 8601 UTC. */
export type Contact = {
  readonly id: string
  readonly kind: ContactKind
  readonly label: ContactLabel
  readonly masked: string
  readonly lineType: LineType | null
  readonly source: string
  readonly firstSeenAt: string
  readonly lastChangedAt: string
}

/** Kinds of line that never receive a code (security.md B18). */
const refusedLines: ReadonlySet<LineType> = new Set(['voip', 'toll_free', 'premium', 'shared_cost'])

/**
 * Whether a line may receive messages: refused kinds may not; without data it may, as low assurance (security.md B18).
 */
export const lineAssurance = (line: LineType | null): 'refused' | 'low' | 'usual' => {
  if (line !== null && refusedLines.has(line)) return 'refused'
  return line === 'mobile' || line === 'fixed_or_mobile' ? 'usual' : 'low'
}

/**
 * Whether a contact changed too recently to be used alone (security.md B19). A time that cannot be read counts as
 * recent.
 * @param hours the policy's number, 72 by default
 */
export const changedWithin = (contact: Pick<Contact, 'lastChangedAt'>, hours: number, now: string): boolean =>
  !(Date.parse(now) - Date.parse(contact.lastChangedAt) >= hours * 3_600_000)

/** A number as stored and compared: E.164 (security.md B17). Parsing of national forms is platform work. */
export const isE164 = (text: string): boolean => /^\+[1-9]\d{6,14}$/.test(text)

/** The number without its last four digits: neighbours share it, and so does a pumping attack (security.md H3). */
export const numberPrefix = (e164: string): string => e164.slice(0, -4)

/** "••• 42": the last two digits and nothing else. */
export const maskPhone = (e164: string): string => `••• ${e164.slice(-2)}`

/** "j•••@example.org": first letter and domain, which tell the owner which mailbox it is. */
export const maskEmail = (address: string): string => {
  const at = address.lastIndexOf('@')
  return `${[...address.slice(0, at)].slice(0, 1).join('')}•••${address.slice(at)}`
}

/** The mask of either kind. */
export const maskContact = (kind: ContactKind, value: string): string =>
  kind === 'phone' ? maskPhone(value) : maskEmail(value)

/** Why an address cannot be a recipient. */
export type AddressProblem = 'not_one_address' | 'local_part' | 'domain' | 'too_long'

/** Characters by which a mailer could read two recipients, or another one, out of one text (security.md C13). */
const forbidden = /[,;<>()"\s\\:[\]\p{C}\uFF20]/u
const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i
const asciiDomain = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/

/** The domain in ASCII (IDNA), or as it was where it has no such form. */
const toAsciiDomain = (domain: string): string => {
  const address = `https://${domain}`
  return URL.canParse(address) ? new URL(address).hostname : domain
}

const domainOf = (text: string): string | undefined => {
  // URL would otherwise drop a port, a path or a query and call the rest a host.
  if (/[/?#%@]/.test(text.normalize('NFKC'))) return undefined
  const ascii = toAsciiDomain(text.toLowerCase())
  return asciiDomain.test(ascii) ? ascii : undefined
}

/**
 * Exactly one recipient, in the form that is stored and compared: ASCII local part in lower case, ASCII domain after
 * IDNA (security.md C13). Anything a mailer might read otherwise is refused.
 */
export const parseEmail = (text: string): Result<string, AddressProblem> => {
  const trimmed = text.trim()
  if (trimmed.length > 254) return err('too_long')
  const parts = trimmed.split('@')
  const [local = '', domain = ''] = parts
  const folded = trimmed.normalize('NFKC').split('@').length
  if (parts.length !== 2 || folded !== 2 || forbidden.test(trimmed)) return err('not_one_address')
  if (local.length > 64 || !localPart.test(local)) return err('local_part')
  const ascii = domainOf(domain)
  return ascii === undefined ? err('domain') : ok(`${local.toLowerCase()}@${ascii}`)
}
