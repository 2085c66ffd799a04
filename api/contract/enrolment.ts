import { z } from 'zod'
import { Instant } from './common.ts'
import { Brand } from './portal.ts'

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
