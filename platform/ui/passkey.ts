/** The browser's side of passkeys: what the server asks, and what the authenticator answers, in base64url. */

type Known = { readonly id: string; readonly transports: readonly string[] }

/** The server's options for making a passkey. */
export type Creation = {
  readonly challenge: string
  readonly rp: { readonly id: string; readonly name: string }
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string }
  readonly algorithms: readonly number[]
  readonly exclude: readonly Known[]
  readonly seconds: number
}

/** The server's options for using one. */
export type Request = {
  readonly challenge: string
  readonly rpId: string
  readonly allow: readonly Known[]
  readonly seconds: number
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))

const textOf = (bytes: ArrayBuffer): string =>
  btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

const descriptors = (known: readonly Known[]): PublicKeyCredentialDescriptor[] =>
  known.map(({ id, transports }) => ({
    type: 'public-key',
    id: bytesOf(id),
    transports: transports as AuthenticatorTransport[],
  }))

/** True if this browser knows passkeys at all. */
export const knowsPasskeys = (): boolean => 'PublicKeyCredential' in globalThis && 'credentials' in navigator

/** Null where the person stopped, the time ran out, or the authenticator has none: browsers do not tell which. */
const orNull = async (asked: Promise<Credential | null>): Promise<PublicKeyCredential | null> => {
  try {
    return (await asked) as PublicKeyCredential | null
  } catch {
    return null
  }
}

/** Where the browser tells more than the contract knows, the rest is left out. */
const transportNames = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const
type TransportName = (typeof transportNames)[number]

/** Asks for a new passkey, with user verification. Null: none was made. */
export const makePasskey = async (creation: Creation) => {
  const made = await orNull(
    navigator.credentials.create({
      publicKey: {
        challenge: bytesOf(creation.challenge),
        rp: creation.rp,
        user: { ...creation.user, id: bytesOf(creation.user.id) },
        pubKeyCredParams: creation.algorithms.map((alg) => ({ type: 'public-key', alg })),
        excludeCredentials: descriptors(creation.exclude),
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
        attestation: 'none',
        timeout: creation.seconds * 1000,
      },
    }),
  )
  if (made === null) return null
  const response = made.response as AuthenticatorAttestationResponse
  const told: readonly string[] = response.getTransports()
  return {
    id: made.id,
    clientDataJSON: textOf(response.clientDataJSON),
    attestationObject: textOf(response.attestationObject),
    transports: transportNames.filter((name: TransportName) => told.includes(name)),
  }
}

/** Asks for one of the known passkeys, with user verification. Null: none was used. */
export const usePasskey = async (request: Request) => {
  const used = await orNull(
    navigator.credentials.get({
      publicKey: {
        challenge: bytesOf(request.challenge),
        rpId: request.rpId,
        allowCredentials: descriptors(request.allow),
        userVerification: 'required',
        timeout: request.seconds * 1000,
      },
    }),
  )
  if (used === null) return null
  const response = used.response as AuthenticatorAssertionResponse
  return {
    id: used.id,
    clientDataJSON: textOf(response.clientDataJSON),
    authenticatorData: textOf(response.authenticatorData),
    signature: textOf(response.signature),
  }
}
