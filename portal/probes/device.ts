import type { DeviceProof } from '#domain/risk/probe.ts'

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

const keepOrMake = async (): Promise<CryptoKeyPair> => {
  const database = await openStore()
  const known = (await asPromise(database.transaction(storeName).objectStore(storeName).get(keyName))) as
    CryptoKeyPair | undefined
  if (known) return known
  // Not extractable: the private half can sign here and nowhere else.
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ])
  await asPromise(database.transaction(storeName, 'readwrite').objectStore(storeName).put(pair, keyName))
  return pair
}

const base64url = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')

/** Proves that this browser holds the key it had last time, by signing the server's nonce (risk.md 5.2). */
export const proveDevice = async (nonce: string): Promise<DeviceProof> => {
  const pair = await keepOrMake()
  const signature = await crypto.subtle.sign(
    { name: 'ECDSA', hash: 'SHA-256' },
    pair.privateKey,
    new TextEncoder().encode(nonce),
  )
  const publicKey = await crypto.subtle.exportKey('raw', pair.publicKey)
  return { publicKey: base64url(publicKey), signature: base64url(signature) }
}
