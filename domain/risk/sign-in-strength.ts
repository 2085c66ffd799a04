/** The worth of a sign-in at the organisation's identity provider, by the claims of the provider. */

/** The group of the check of such a sign-in (POS_PROVIDER). */
export const providerGroup = 'provider'

/** The demands of a policy on such a sign-in. */
export type SignInRules = {
  /** Levels (`acr`) of which the provider is asked for one, and of which a sign-in must have one; empty: any. */
  readonly acrValues: readonly string[]
  /** Values of `amr` or `acr` that an admin confirmed to mean that the sign-in cannot be phished. */
  readonly phishingResistant: readonly string[]
}

/**
 * Authentication methods (RFC 8176 `amr`) that mean more than a password. A text message is none: it goes to the phone that
 * already got the link.
 */
const beyondPassword: ReadonlySet<string> = new Set([
  ...['mfa', 'otp', 'hwk', 'swk', 'fpt', 'face', 'sc', 'pop', 'passkey'],
])

/** True if a sign-in used a second factor or a passkey. */
export const isBeyondPassword = (amr: readonly string[]): boolean =>
  amr.some((method) => beyondPassword.has(method))

/** Values that never say that a sign-in cannot be phished, whatever an admin believes of their provider. */
export const neverPhishingResistant: readonly string[] = [
  ...['pwd', 'pin', 'kba', 'otp', 'sms', 'tel', 'mfa', 'mca', 'user', 'geo', 'rba', 'wia', '0', '1'],
]

/**
 * `weak`: proves nothing, since it was a password at most, or not at the level that the policy asks for · `strong`: with more
 * than a password · `phishing_resistant`: with a method that an admin confirmed to be that.
 */
export const signInStrengths = ['weak', 'strong', 'phishing_resistant'] as const
export type SignInStrength = (typeof signInStrengths)[number]

/** As the ID token states it. */
export type SignInClaims = { readonly amr: readonly string[]; readonly acr: string | null }

/**
 * The strength of a sign-in. A provider that names no method, or one that nobody here knows, has named nothing beyond the
 * password: whoever stole that is the one to keep out (docs/risk.md).
 */
export const signInStrength = ({ amr, acr }: SignInClaims, rules: SignInRules): SignInStrength => {
  if (rules.acrValues.length > 0 && (acr === null || !rules.acrValues.includes(acr))) return 'weak'
  const said = acr === null ? amr : [...amr, acr]
  const isConfirmed = said.some(
    (value) => rules.phishingResistant.includes(value) && !neverPhishingResistant.includes(value),
  )
  if (isConfirmed) return 'phishing_resistant'
  return isBeyondPassword(amr) ? 'strong' : 'weak'
}

/** The clocks of two machines may differ by so much, seconds. */
const clockTolerance = 30

/**
 * True if the provider saw the person after the step began: a sign-in that was there before proves nothing about who sits at
 * the browser now. A provider that does not say when it saw them has not been asked anew. Times in seconds since 1970.
 */
export const isSignInFresh = (authenticatedAt: number | null, begunAt: number, now: number): boolean =>
  authenticatedAt !== null &&
  authenticatedAt >= Math.floor(begunAt) - clockTolerance &&
  authenticatedAt <= now + clockTolerance
