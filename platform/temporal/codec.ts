/**
 * Encryption of everything that Temporal stores for us: AES-256-GCM around each whole payload, on everywhere,
 * development and tests included, so that no other code path exists.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import type { DataConverter, Payload, PayloadCodec } from '@temporalio/common'

/** Where keys come from: one per (key id, tenant), derived outside the database. */
export type CodecKeys = {
  /** Id of the key that new payloads are written with. */
  readonly currentId: string
  /** 32 bytes, or undefined while that key is not known here. */
  keyFor(keyId: string, tenantId: string): Uint8Array | undefined
}

/** The codec writes this into `encoding`; anything else passes through unread. */
export const sealedEncoding = 'binary/sealed-v1'

/** A key that is not (yet) here. Retryable on purpose: work waits and heals when the key returns. */
export class CodecKeyMissing extends Error {
  override readonly name = 'CodecKeyMissing'
}

/** Empty bytes come as an empty array from protobuf, which a decoder of text does not take. */
const textOf = (value: Uint8Array | null | undefined): string => Buffer.from(value ?? []).toString()
const bytes = new TextEncoder()
const ivBytes = 12
const tagBytes = 16

const keyOf = (keys: CodecKeys, keyId: string, tenantId: string): Uint8Array => {
  const key = keys.keyFor(keyId, tenantId)
  if (key === undefined) throw new CodecKeyMissing(`no codec key with the id ${keyId}`)
  return key
}

const boundTo = (keyId: string, tenantId: string): Uint8Array => bytes.encode(`${keyId}\n${tenantId}`)

/** One payload as bytes: length of the header (4 bytes, big endian), metadata as JSON of base64 values, data. */
const packPayload = (payload: Payload): Buffer => {
  const metadata = Object.entries(payload.metadata ?? {}).map(
    ([name, value]) => [name, Buffer.from(value).toString('base64')] as const,
  )
  const header = Buffer.from(JSON.stringify(Object.fromEntries(metadata)))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(header.length)
  // Empty bytes come as an empty array from protobuf.
  return Buffer.concat([length, header, Buffer.from(payload.data ?? [])])
}

/** The reverse of `packPayload`. */
const unpackPayload = (packed: Buffer): Payload => {
  const end = 4 + packed.readUInt32BE(0)
  const header = JSON.parse(packed.subarray(4, end).toString()) as Record<string, string>
  const metadata = Object.entries(header).map(
    ([name, value]) => [name, new Uint8Array(Buffer.from(value, 'base64'))] as const,
  )
  return { metadata: Object.fromEntries(metadata), data: new Uint8Array(packed.subarray(end)) }
}

/** Wraps one payload. */
const sealPayload = (keys: CodecKeys, payload: Payload, tenantId: string): Payload => {
  const keyId = keys.currentId
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', keyOf(keys, keyId, tenantId), iv)
  cipher.setAAD(boundTo(keyId, tenantId))
  const body = [iv, cipher.update(packPayload(payload)), cipher.final(), cipher.getAuthTag()]
  return {
    metadata: {
      encoding: bytes.encode(sealedEncoding),
      key: bytes.encode(keyId),
      tenant: bytes.encode(tenantId),
    },
    data: Buffer.concat(body),
  }
}

/** Unwraps one payload; one that we did not write is handed on as it is. */
const openPayload = (keys: CodecKeys, payload: Payload): Payload => {
  const { encoding, key, tenant } = payload.metadata ?? {}
  if (textOf(encoding) !== sealedEncoding || !payload.data) return payload
  const [keyId, tenantId] = [textOf(key), textOf(tenant)]
  const data = payload.data
  const decipher = createDecipheriv('aes-256-gcm', keyOf(keys, keyId, tenantId), data.subarray(0, ivBytes))
  decipher.setAAD(boundTo(keyId, tenantId))
  decipher.setAuthTag(data.subarray(data.length - tagBytes))
  const opened = Buffer.concat([
    decipher.update(data.subarray(ivBytes, data.length - tagBytes)),
    decipher.final(),
  ])
  return unpackPayload(opened)
}

/** The tenant that a workflow id begins with; empty where there is no context. */
const tenantOf = (context: unknown): string => {
  const id = (context as { workflowId?: unknown } | undefined)?.workflowId
  return typeof id === 'string' && id.includes('/') ? (id.split('/')[0] ?? '') : ''
}

/** The payload codec over a key source. */
export const createCodec = (keys: CodecKeys): PayloadCodec => ({
  encode: (payloads, context) =>
    Promise.resolve(payloads.map((payload) => sealPayload(keys, payload, tenantOf(context)))),
  // A missing key must reject, not throw in passing, so that the SDK can retry the task.
  decode: async (payloads) => {
    await Promise.resolve()
    return payloads.map((payload) => openPayload(keys, payload))
  },
})

/** Module that encodes failure messages too; handed to client, worker and bundler alike. */
export const failureConverterPath = createRequire(import.meta.url).resolve(
  '#platform/temporal/failure-converter.cjs',
)

/** The data converter of every client, worker and replay. */
export const createDataConverter = (keys: CodecKeys): DataConverter => ({
  payloadCodecs: [createCodec(keys)],
  failureConverterPath,
})
