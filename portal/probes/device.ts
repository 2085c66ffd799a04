import { provenText, type PageProof, type ProvenAct } from '#domain/risk/device-proof.ts'
import type { DeviceProof } from '#domain/risk/probe.ts'
import { orNull } from './or-null.ts'

const storeName = 'keys'
const keyName = 'device'

const asPromise = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('storage failed'))
  })

const openStore = async (): Promise<IDBDatabase> => {
  const request = indexedDB.open('countersign-device', 1)
  request.onupgradeneeded = () => request.result.createObjectStore(storeName)
  return asPromise(request)
}

/** Read once a page: storage that hangs later does not cost a session. */
let pair: CryptoKeyPair | null = null

const kept = async (): Promise<CryptoKeyPair | null> => {
  if (pair !== null) return pair
  const store = (await openStore()).transaction(storeName).objectStore(storeName)
  const known = (await asPromise(store.get(keyName))) as CryptoKeyPair | undefined
  return (pair = known ?? null)
}

const keepOrMake = async (): Promise<CryptoKeyPair> => {
  const known = await kept()
  if (known !== null) return known
  // Not extractable: the private half can sign here and nowhere else.
  const made = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ])
  const store = (await openStore()).transaction(storeName, 'readwrite').objectStore(storeName)
  await asPromise(store.put(made, keyName))
  return (pair = made)
}

const base64url = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')

const sign = async ({ privateKey }: CryptoKeyPair, text: string): Promise<string> => {
  const bytes = new TextEncoder().encode(text)
  return base64url(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, bytes))
}

const prove = async (text: string): Promise<DeviceProof> => {
  const own = await keepOrMake()
  const publicKey = base64url(await crypto.subtle.exportKey('raw', own.publicKey))
  return { publicKey, signature: await sign(own, text) }
}

/** Proves that this browser holds the key it had last time, by signing the server's nonce. */
export const proveReport = (nonce: string): Promise<DeviceProof> =>
  prove(provenText.report(nonce, location.origin))

/**
 * This page makes its statement about itself with the code: the session that begins is held by the key of this browser
 * (F15).
 */
export const provePage = async (token: string): Promise<PageProof> => {
  const { origin } = location
  return { origin, device: await orNull(() => prove(provenText.code(token, origin))) }
}

/** Signs a request; null where this browser has no key: it could make none, or its data were deleted meanwhile. */
export const proveAct = (act: ProvenAct): Promise<string | null> =>
  orNull(async () => {
    const own = await kept()
    return own && `${location.origin} ${await sign(own, provenText.act(act, location.origin))}`
  })
