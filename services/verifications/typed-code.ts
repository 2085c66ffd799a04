/**
 * A typed match code with the link it came by and the session that begins if it is right: sealed as one, so that nobody who
 * writes the database gives the code of one browser to the session of another (M3, T11).
 */
import { languages } from '#domain/languages.ts'
import { z } from 'zod'
import { breaches } from '#domain/risk/device-proof.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { openForWorker, sealForWorker, type InputPlace } from '#platform/crypto/sealed-inputs.ts'

const hex = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .transform((text): Buffer => Buffer.from(text, 'hex'))

const TypedCode = z.strictObject({
  code: z.string(),
  linkId: z.uuid(),
  sessionHash: hex,
  language: z.enum(languages),
  /** The key of the browser that typed it; null where it could make none. */
  deviceKey: z.string().nullable(),
  /** The page came from elsewhere, or does not hold the key that it names: the link dies, and no session begins. */
  breach: z.strictObject({ reason: z.enum(breaches), origin: z.string().nullable() }).nullable(),
})
export type TypedCode = z.output<typeof TypedCode>

/** The case and the input of a code. */
type CodePlace = Omit<InputPlace, 'kind'>

export const sealTypedCode = (ring: KeyRing, place: CodePlace, typed: TypedCode): Buffer =>
  sealForWorker(
    ring,
    { ...place, kind: 'match_code' },
    JSON.stringify({ ...typed, sessionHash: typed.sessionHash.toString('hex') }),
  )

/** @throws SealBroken when it was changed or moved */
export const openTypedCode = (ring: KeyRing, place: CodePlace, sealed: Uint8Array): TypedCode =>
  TypedCode.parse(JSON.parse(openForWorker(ring, { ...place, kind: 'match_code' }, sealed).toString('utf8')))
