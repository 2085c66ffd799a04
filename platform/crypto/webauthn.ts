/**
 * WebAuthn as both surfaces use it: verification of what an authenticator answered, and the sealed form in which a
 * credential is kept. Relying-party id and origin come from the configured address of the surface, never from a request.
 */
import { createHash } from 'node:crypto'
import { isIP } from 'node:net'
import { z } from 'zod'
import type { KeyRing } from './keys.ts'
import { openSealedText, pseudonymOf, seal, tokenHash, type Place } from './sealing.ts'

/** The party that an authenticator signs for: the surface's origin, and its host as the relying-party id. */
export type RelyingParty = { readonly id: string; readonly origin: string }

/**
 * The relying party of a surface; null where its address is a bare IP address, for which no browser makes passkeys
 * (WebAuthn asks for a valid domain).
 */
export const relyingPartyOf = (surfaceUrl: string): RelyingParty | null => {
  const { hostname, origin } = new URL(surfaceUrl)
  const isAddress = isIP(hostname.replace(/^\[|\]$/g, '')) !== 0
  return isAddress ? null : { id: hostname, origin }
}

/** COSE numbers of the signatures that are accepted: EdDSA, ES256, RS256. */
export const passkeyAlgorithms = [-8, -7, -257] as const

const text = z.string().regex(/^[A-Za-z0-9_-]+$/)
const StoredCredential = z.strictObject({
  id: text,
  publicKey: text,
  transports: z.array(z.string()),
})

/** A credential as it is kept: id and public key in base64url, and how its authenticator is reached. */
export type PasskeyCredential = z.infer<typeof StoredCredential>

/** A browser's answer to a request to make a passkey; everything base64url. */
export type RegistrationAnswer = {
  readonly id: string
  readonly clientDataJSON: string
  readonly attestationObject: string
  readonly transports: readonly string[]
}

/** A browser's answer to a request to use one; everything base64url. */
export type AssertionAnswer = {
  readonly id: string
  readonly clientDataJSON: string
  readonly authenticatorData: string
  readonly signature: string
}

/** Loaded with the first passkey: it holds 13 MB of a process (docs/performance.md), and many organisations use none. */
const library = () => import('@simplewebauthn/server')

/** The challenge that an answer claims to answer; empty when it cannot be read. Nothing is believed before the signature. */
export const challengeOf = ({ clientDataJSON }: { readonly clientDataJSON: string }): string => {
  try {
    const data = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')) as unknown
    const challenge = (data as { challenge?: unknown } | null)?.challenge
    return typeof challenge === 'string' ? challenge : ''
  } catch {
    return ''
  }
}

/** The stored form of a challenge. */
export const challengeHash = (challenge: string): Buffer => tokenHash(challenge)

/** Checks what a browser made: challenge, type, origin, relying party, user verification. Null when any is not as asked. */
export const verifyRegistration = async (
  answer: RegistrationAnswer,
  challenge: string,
  { id: rpId, origin }: RelyingParty,
): Promise<{ readonly credential: PasskeyCredential; readonly signCount: number } | null> => {
  const { verifyRegistrationResponse } = await library()
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: {
        id: answer.id,
        rawId: answer.id,
        type: 'public-key',
        clientExtensionResults: {},
        response: { clientDataJSON: answer.clientDataJSON, attestationObject: answer.attestationObject },
      },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      expectedType: 'webauthn.create',
      requireUserVerification: true,
      supportedAlgorithmIDs: [...passkeyAlgorithms],
    })
    if (!verified) return null
    const { credential } = registrationInfo
    const publicKey = Buffer.from(credential.publicKey).toString('base64url')
    return {
      credential: { id: credential.id, publicKey, transports: [...answer.transports] },
      signCount: credential.counter,
    }
  } catch {
    // The library throws for everything that is not as expected; what it was says nothing to the caller.
    return null
  }
}

/**
 * The result of checking a signature. `cloned`: it is good, but its counter did not move on, so the key exists twice.
 */
export type AssertionResult =
  | { readonly kind: 'good'; readonly signCount: number }
  | { readonly kind: 'refused' }
  | { readonly kind: 'cloned' }

/** Checks an answer of a known credential: challenge, type, origin, relying party, user verification, signature, counter. */
export const verifyAssertion = async (
  answer: AssertionAnswer,
  challenge: string,
  { id: rpId, origin }: RelyingParty,
  stored: { readonly credential: PasskeyCredential; readonly signCount: number },
): Promise<AssertionResult> => {
  const { credential, signCount } = stored
  if (answer.id !== credential.id) return { kind: 'refused' }
  const { verifyAuthenticationResponse } = await library()
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        id: answer.id,
        rawId: answer.id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: answer.clientDataJSON,
          authenticatorData: answer.authenticatorData,
          signature: answer.signature,
        },
      },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      expectedType: 'webauthn.get',
      requireUserVerification: true,
      // The counter is compared below, so that a copied key gives another result than a bad answer.
      credential: {
        id: credential.id,
        publicKey: Buffer.from(credential.publicKey, 'base64url'),
        counter: 0,
      },
    })
    if (!verified) return { kind: 'refused' }
    const { newCounter } = authenticationInfo
    const isCounting = newCounter > 0 || signCount > 0
    return isCounting && newCounter <= signCount
      ? { kind: 'cloned' }
      : { kind: 'good', signCount: newCounter }
  } catch {
    return { kind: 'refused' }
  }
}

/** The place where a credential is kept: bound to its owner, so that one moved to another owner's row does not open (E1). */
export type CredentialPlace = {
  readonly tenantId: string
  readonly table: 'passkeys' | 'staff_passkeys'
  readonly ownerId: string
  readonly id: string
}

const placeOf = ({ tenantId, table, ownerId, id }: CredentialPlace): Place => ({
  tenantId,
  table,
  column: 'credential_sealed',
  row: `${ownerId}/${id}`,
})

/** Seals a credential for its owner's row. */
export const sealCredential = (
  keys: KeyRing,
  place: CredentialPlace,
  credential: PasskeyCredential,
): Buffer => seal(keys, placeOf(place), JSON.stringify(credential))

/** Opens one. @throws SealBroken when it was changed or moved */
export const openCredential = (
  keys: KeyRing,
  place: CredentialPlace,
  sealed: Uint8Array,
): PasskeyCredential => StoredCredential.parse(JSON.parse(openSealedText(keys, placeOf(place), sealed)))

/** The index by which a credential is found: keyed, of one tenant, so that ids of two tenants cannot be compared (E3). */
export const credentialIndex = (keys: KeyRing, tenantId: string, credentialId: string): Buffer =>
  Buffer.from(pseudonymOf(keys, tenantId, 'passkey', credentialId), 'hex')

/** The handle under which authenticators know an owner: no name, and of no use elsewhere. */
export const ownerHandle = (keys: KeyRing, tenantId: string, ownerId: string): string =>
  createHash('sha256')
    .update(pseudonymOf(keys, tenantId, 'passkey-owner', ownerId))
    .digest('base64url')
