/** A sign-in that is to begin: where to send the browser, and what to check when it returns. */
export type SignInStart = {
  readonly url: string
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
}

/** The identity as the provider states it. The key is (issuer, subject). */
export type Identity = {
  readonly issuer: string
  readonly subject: string
  /** The account of this person, as `people.sign_in_subject` holds it: `sub`, or the claim that the configuration names instead. */
  readonly account: string
  readonly amr: readonly string[]
  /** The level of the sign-in as the provider names it (`acr`); null where it names none. */
  readonly acr: string | null
  /** Their mail address, where the provider says that it verified it. */
  readonly verifiedEmail: string | null
  /** When the provider last saw the person, seconds since 1970; null where it does not say. */
  readonly authenticatedAt: number | null
}

/**
 * The manner in which a person signs in: `again`: anew, if the provider saw them more than five minutes ago · `now`: anew in any case, at one of
 * these levels if any are named.
 */
export type SignInHow =
  { readonly again: boolean } | { readonly now: true; readonly acrValues: readonly string[] }

/** The identity provider, as the API uses it. */
export type SignIn = {
  /** A fresh state, nonce and PKCE verifier, and the provider's address for them. */
  begin(how?: SignInHow): Promise<SignInStart>
  /**
   * Exchanges the code and checks issuer, audience, expiry, nonce and signature.
   * @returns null when any of it is wrong
   */
  finish(
    callbackUrl: URL,
    expected: { readonly state: string; readonly nonce: string; readonly codeVerifier: string },
  ): Promise<Identity | null>
  /**
   * Whom a logout token of the provider's back channel names (OpenID Connect Back-Channel Logout 1.0).
   * @returns null when it is not signed by the provider, not for us, too old, or names nobody
   */
  readLogout(token: string): Promise<{ readonly issuer: string; readonly subject: string } | null>
  /**
   * Where to send the browser so that the provider's session ends too; null when it offers none. No ID token goes along,
   * since none is kept: the provider knows the person by its own cookie, and may ask them whether they want to sign out.
   */
  signOutUrl(): Promise<string | null>
}
