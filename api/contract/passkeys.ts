import { z } from 'zod'
import { Id, Instant, StaffText } from './common.ts'
import { Brand } from './portal.ts'

/** Bytes as browsers and server exchange them. */
const Bytes = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[A-Za-z0-9_-]+$/, 'base64url')

const Transport = z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'])
const Credential = z.strictObject({ id: z.string(), transports: z.array(z.string()) })

/** A browser needs these options to make a passkey. User verification is required, attestation is not asked for. */
export const PasskeyCreation = z
  .strictObject({
    challenge: z.string(),
    rp: z.strictObject({ id: z.string(), name: z.string() }),
    user: z.strictObject({ id: z.string(), name: z.string(), displayName: z.string() }),
    algorithms: z.array(z.int()),
    /** Passkeys that the authenticator must not make a second time. */
    exclude: z.array(Credential),
    seconds: z.int(),
  })
  .meta({ id: 'PasskeyCreation' })
export type PasskeyCreation = z.infer<typeof PasskeyCreation>

/** A browser needs these options to use one of the passkeys in `allow`. */
export const PasskeyRequest = z
  .strictObject({
    challenge: z.string(),
    rpId: z.string(),
    allow: z.array(Credential),
    seconds: z.int(),
  })
  .meta({ id: 'PasskeyRequest' })
export type PasskeyRequest = z.infer<typeof PasskeyRequest>

/** The browser's answer when it made one. */
export const RegistrationAnswer = z.strictObject({
  id: Bytes(1400),
  clientDataJSON: Bytes(4000),
  attestationObject: Bytes(20_000),
  transports: z.array(Transport).max(8),
})
export type RegistrationAnswer = z.infer<typeof RegistrationAnswer>

/** The browser's answer when one was used. */
export const AssertionAnswer = z.strictObject({
  id: Bytes(1400),
  clientDataJSON: Bytes(4000),
  authenticatorData: Bytes(4000),
  signature: Bytes(4000),
})
export type AssertionAnswer = z.infer<typeof AssertionAnswer>

/** The name of a staff passkey. */
export const PasskeyName = z.strictObject({ name: StaffText(60) })
export const NewStaffPasskey = RegistrationAnswer.extend(PasskeyName.shape)

/** `csrfToken`: of the session's new id; the console uses it from now on. */
export const SteppedUp = z.strictObject({ csrfToken: z.string(), seconds: z.int() }).meta({ id: 'SteppedUp' })
export type SteppedUp = z.infer<typeof SteppedUp>

/** Own passkeys. `needs`: what has to happen before a first one can be set up. */
export const StaffPasskeys = z
  .strictObject({
    isOffered: z.boolean(),
    needs: z.enum(['sign_in_again']).nullable(),
    passkeys: z.array(
      z.strictObject({ id: Id, name: z.string(), createdAt: Instant, lastUsedAt: Instant.nullable() }),
    ),
  })
  .meta({ id: 'StaffPasskeys' })
export type StaffPasskeys = z.infer<typeof StaffPasskeys>

/** The reasons why a sign-in opened no page; the address that the browser comes back to says which. */
export const enrolmentProblems = ['weak', 'stale', 'unanswered', 'not_possible'] as const
export type EnrolmentProblem = (typeof enrolmentProblems)[number]

const OwnPasskeys = z.array(
  z.strictObject({
    name: z.string(),
    createdAt: Instant,
    /** `waiting`: it does not count yet · `disputed`: somebody said "this was not me", so it never will. */
    state: z.enum(['waiting', 'usable', 'disputed']),
  }),
)

/**
 * The page where people set up a passkey before they need the help desk. `start`: nobody is signed in, and nothing is said
 * about anybody · `done`: a passkey was set up, and the session is over with it.
 */
export const EnrolmentPage = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('start'),
      isOffered: z.boolean(),
      /** The host of the provider, so that people see where the page leads. */
      host: z.string(),
    }),
    z.strictObject({
      kind: z.literal('signed_in'),
      brand: Brand,
      name: z.string(),
      passkeys: OwnPasskeys,
      /** There are as many as one person may have. */
      isFull: z.boolean(),
    }),
    z.strictObject({ kind: z.literal('done'), brand: Brand, name: z.string(), passkeys: OwnPasskeys }),
  ])
  .meta({ id: 'EnrolmentPage' })
export type EnrolmentPage = z.infer<typeof EnrolmentPage>

/** Where the browser has to go to sign in; null: the provider does not answer now. */
export const EnrolmentSignIn = z.strictObject({ url: z.url().nullable() }).meta({ id: 'EnrolmentSignIn' })
export type EnrolmentSignIn = z.infer<typeof EnrolmentSignIn>
