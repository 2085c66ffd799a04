/** A typed password with the portal session that typed it: sealed as one, so that another session of the case sets none (M3, G8). */
import { z } from 'zod'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { openForWorker, sealForWorker, type InputPlace } from '#platform/crypto/sealed-inputs.ts'

const TypedPassword = z.strictObject({ password: z.string(), sessionId: z.uuid() })

/** The password as typed, and the place of its input. */
export type TypedPassword = z.output<typeof TypedPassword>

type Place = Omit<InputPlace, 'kind'>

export const sealTypedPassword = (ring: KeyRing, place: Place, typed: TypedPassword): Buffer =>
  sealForWorker(ring, { ...place, kind: 'password' }, JSON.stringify(typed))

/** @throws SealBroken when it was changed or moved */
export const openTypedPassword = (ring: KeyRing, place: Place, sealed: Uint8Array): TypedPassword =>
  TypedPassword.parse(
    JSON.parse(openForWorker(ring, { ...place, kind: 'password' }, sealed).toString('utf8')),
  )
