/** Names of the surfaces' session cookies; two, and on two hosts, so that they never cross (F10). */
export const consoleCookie = '__Host-countersign-console'
export const portalCookie = '__Host-countersign-portal'
/** A device whose case passed; names that case's session, and opens nothing (END_KNOWN_COOKIE). */
export const deviceCookie = '__Host-countersign-device'
/** It tells something for 180 days. */
export const deviceSeconds = 180 * 24 * 3600
/** Only while a sign-in is on its way. */
export const signInCookie = '__Host-countersign-sign-in'

/** The same for an approver, on the portal's host; and their session, good for one request. */
export const approverSignInCookie = '__Host-countersign-approver-sign-in'
export const approverCookie = '__Host-countersign-approver'

/**
 * The same for a participant who signs in on the page of their case, whose session's own cookie stays at home meanwhile, or to
 * set up a passkey.
 */
export const participantSignInCookie = '__Host-countersign-participant-sign-in'

/** A person who may set up a passkey: ten minutes, for one. */
export const enrolmentCookie = '__Host-countersign-enrolment'

/** A code that this browser typed and whose answer did not come in time; opens nothing by itself. */
export const typedCodeCookie = '__Host-countersign-typed-code'
/** So long a typed code may wait for its answer: as long as a link lives. */
export const typedCodeSeconds = 600

/** Reads one cookie of a request; null when it is missing or not one of our tokens. */
export const readCookie = (header: string | undefined, name: string): string | null => {
  for (const pair of (header ?? '').split(';')) {
    const [key, value, ...rest] = pair.trim().split('=')
    if (key === name)
      return rest.length === 0 && /^[A-Za-z0-9_-]{43}$/.test(value ?? '') ? (value ?? null) : null
  }
  return null
}

/**
 * A Set-Cookie value with every attribute of F1. Only the sign-in transaction is `Lax`: the identity
 * provider's redirect has to carry it.
 */
export const cookieHeader = (
  name: string,
  value: string,
  maxAgeSeconds: number,
  sameSite: 'Strict' | 'Lax' = 'Strict',
): string => `${name}=${value}; Path=/; Max-Age=${maxAgeSeconds}; Secure; HttpOnly; SameSite=${sameSite}`

/** Ends a cookie in the browser. */
export const endedCookie = (name: string, sameSite: 'Strict' | 'Lax' = 'Strict'): string =>
  cookieHeader(name, '', 0, sameSite)
