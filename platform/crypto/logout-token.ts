import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose'
import { z } from 'zod'

/** Algorithms of a provider's tokens that are accepted; `none` and shared-secret ones are not (F7). */
export const providerAlgorithms = ['RS256', 'PS256', 'ES256', 'EdDSA']

/** A logout token serves for this long after it was made, seconds (Q2: ±5 minutes). */
const maxAgeSeconds = 300
const clockToleranceSeconds = 60

/** These claims make a token a logout token; one with a nonce is an ID token that was sent here instead. */
const LogoutClaims = z.looseObject({
  iss: z.string().min(1),
  sub: z.string().min(1),
  jti: z.string().min(1),
  exp: z.number(),
  nonce: z.never().optional(),
  events: z.looseObject({ 'http://schemas.openid.net/event/backchannel-logout': z.looseObject({}) }),
})

/** Keys of a provider, fetched when a token needs one. */
export const providerKeys = (jwksUri: string): JWTVerifyGetKey => createRemoteJWKSet(new URL(jwksUri))

const verified = async (
  token: string,
  keys: JWTVerifyGetKey,
  expected: { readonly issuer: string; readonly audience: string },
): Promise<JWTPayload | null> => {
  try {
    const { payload } = await jwtVerify(token, keys, {
      ...expected,
      algorithms: providerAlgorithms,
      maxTokenAge: maxAgeSeconds,
      clockTolerance: clockToleranceSeconds,
    })
    return payload
  } catch (error) {
    if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) throw error
    return null
  }
}

/**
 * Reads a token of OpenID Connect Back-Channel Logout 1.0 (section 2.6).
 * @returns the session or person it names; null when its signature, claims or age are not as they must be
 * @throws where the provider's keys cannot be had
 */
export const readLogoutToken = async (
  token: string,
  keys: JWTVerifyGetKey,
  expected: { readonly issuer: string; readonly audience: string },
): Promise<{ readonly issuer: string; readonly subject: string } | null> => {
  const claims = LogoutClaims.safeParse(await verified(token, keys, expected))
  return claims.success ? { issuer: claims.data.iss, subject: claims.data.sub } : null
}
