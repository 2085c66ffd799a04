import { err, ok, type Result } from './result.ts'

/** Addresses of a participant on file. */
export const contactKinds = ['phone', 'email'] as const

/** One kind of contact. */
export type ContactKind = (typeof contactKinds)[number]

/** The label says what a contact is to its owner. */
export const contactLabels = ['work', 'mobile', 'private', 'home'] as const

/** One label. */
export type ContactLabel = (typeof contactLabels)[number]

/** The kinds of a number's line. */
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

/** Kinds of line that never receive a code (B18). */
const refusedLines: ReadonlySet<LineType> = new Set(['voip', 'toll_free', 'premium', 'shared_cost'])

/** Says if a line may receive messages: refused kinds may not; without data it may, as low assurance (B18). */
export const lineAssurance = (line: LineType | null): 'refused' | 'low' | 'usual' => {
  if (line !== null && refusedLines.has(line)) return 'refused'
  return line === 'mobile' || line === 'fixed_or_mobile' ? 'usual' : 'low'
}

/**
 * True if a contact changed too recently to be used alone (B19). A time that cannot be read counts as recent.
 * @param hours the policy's number, 72 by default
 */
export const changedWithin = (contact: Pick<Contact, 'lastChangedAt'>, hours: number, now: string): boolean =>
  !(Date.parse(now) - Date.parse(contact.lastChangedAt) >= hours * 3_600_000)

/** A number as stored and compared: E.164 (B17). Parsing of national forms is platform work. */
export const isE164 = (text: string): boolean => /^\+[1-9]\d{6,14}$/.test(text)

/** The number without its last four digits: neighbours share it, and so does a pumping attack (H3). */
export const numberPrefix = (e164: string): string => e164.slice(0, -4)

/** "••• 42": the last two digits and nothing else; `more` of them only to tell two numbers apart. */
export const maskPhone = (e164: string, more = 0): string => `••• ${e164.slice(-2 - more)}`

/** "j•••@example.org": first letter and domain, which tell the owner which mailbox it is; `more` as for a number. */
export const maskEmail = (address: string, more = 0): string => {
  const at = address.lastIndexOf('@')
  const letters = [...address.slice(0, at)]
  return `${letters.slice(0, 1 + more).join('')}•••${address.slice(at)}`
}

/** The mask of either kind. */
export const maskContact = (kind: ContactKind, value: string, more = 0): string =>
  kind === 'phone' ? maskPhone(value, more) : maskEmail(value, more)

/** Characters that a mask may show beyond its own, where two contacts of one person read alike. */
const mostMore = 2

type Maskable = { readonly kind: ContactKind; readonly label: string; readonly value: string }

/**
 * Masks of one person's contacts, in their order. Two that read alike and are called the same show one character more,
 * and a second one where that is not enough; no more is ever shown (B7, D9: masked). What they are called,
 * where they come from and how old they are tells apart what is left.
 */
export const masksOf = (contacts: readonly Maskable[]): string[] =>
  contacts.map((contact) => {
    const alike = contacts.filter(
      (other) =>
        other.kind === contact.kind && other.label === contact.label && other.value !== contact.value,
    )
    const maskWith = ({ kind, value }: Maskable, more: number) => maskContact(kind, value, more)
    const isTaken = (more: number) => alike.some((other) => maskWith(other, more) === maskWith(contact, more))
    const enough = Array.from({ length: mostMore + 1 }, (_, more) => more).find((more) => !isTaken(more))
    return maskWith(contact, enough ?? mostMore)
  })

/** Contacts of one person, masked so; of one whose value does not open (null) the mask on file is all there is. */
export const toldApart = <
  T extends Omit<Maskable, 'value'> & { readonly value: string | null; readonly masked: string },
>(
  contacts: readonly T[],
): T[] => {
  const opened = contacts.flatMap((one) => (one.value === null ? [] : [{ one, value: one.value }]))
  const masks = masksOf(opened.map(({ one, value }) => ({ ...one, value })))
  const maskOf = new Map(opened.map(({ one }, index) => [one, masks[index]] as const))
  return contacts.map((one) => ({ ...one, masked: maskOf.get(one) ?? one.masked }))
}

/** The reason why an address cannot be a recipient. */
export type AddressProblem = 'not_one_address' | 'local_part' | 'domain' | 'too_long'

/** Characters by which a mailer could read two recipients, or another one, out of one text (C13). */
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
 * IDNA (C13). Anything a mailer might read otherwise is refused.
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
