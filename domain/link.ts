/**
 * Links: the single-use door to the portal, and the door to "this was not me". A token travels in the fragment, which browsers
 * send to nobody (C9), and is never part of a path or query.
 */
const tokenPattern = /^[A-Za-z0-9_-]{43}$/

/** Where each kind of link leads, below the portal's configured origin. */
export const linkPaths = { verification: '/v', report: '/not-me' } as const

/** One kind of link. */
export type LinkKind = keyof typeof linkPaths

/** True if a text has the form of a token: 256 bits as base64url (C1). */
export const isToken = (text: string): boolean => tokenPattern.test(text)

/** The address of a link. `portalUrl` is an origin from the configuration, never a request's host (C15). */
export const linkAddress = (portalUrl: string, kind: LinkKind, token: string): string =>
  `${portalUrl}${linkPaths[kind]}#${token}`

/** The token in a page's fragment, or undefined where there is none. */
export const tokenOf = (fragment: string): string | undefined => {
  const text = fragment.startsWith('#') ? fragment.slice(1) : fragment
  return isToken(text) ? text : undefined
}

/** When a link was made and what became of it; times are ISO 8601 UTC. */
export type LinkLife = {
  readonly expiresAt: string
  readonly usedAt: string | null
  readonly supersededAt: string | null
  readonly voidedAt: string | null
}

/**
 * The reason why a link is dead. It is for the audit and the agent only: the participant always gets the same answer
 * (C17).
 */
export type LinkProblem = 'used' | 'superseded' | 'voided' | 'expired'

/** The reason why a link cannot be used at `now` (the database's clock), or undefined while it is live. */
export const linkProblem = (link: LinkLife, now: string): LinkProblem | undefined => {
  if (link.usedAt !== null) return 'used'
  if (link.supersededAt !== null) return 'superseded'
  if (link.voidedAt !== null) return 'voided'
  // Unless it is surely before its end: a time that cannot be read is no life.
  return Date.parse(now) < Date.parse(link.expiresAt) ? undefined : 'expired'
}

/** A link is bound to these (C10, C12). */
export type LinkBinding = {
  readonly tenantId: string
  readonly verificationId: string
  readonly personId: string
  readonly purpose: string
  readonly channel: string
  readonly contactId: string
  /** Hexadecimal blind index of the contact's value when the link was sent. */
  readonly contactIndex: string
  readonly policyVersion: number
}

const bound = [
  'tenantId',
  'verificationId',
  'personId',
  'purpose',
  'channel',
  'contactId',
  'contactIndex',
  'policyVersion',
] as const satisfies readonly (keyof LinkBinding)[]

/** The first thing in which a link and the case at hand differ; `contactIndex` means that the contact changed since. */
export const bindingMismatch = (link: LinkBinding, now: LinkBinding): keyof LinkBinding | undefined =>
  bound.find((key) => link[key] !== now[key])
