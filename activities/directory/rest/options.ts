import { z } from 'zod'
import { directoryOptions } from '../options.ts'

/** An address that is spoken to by TLS alone (J2): no name or password in it, no query. */
export const httpsAddress = z
  .string()
  .max(1000)
  .regex(
    /^https:\/\/[A-Za-z0-9.-]+(:\d{1,5})?(\/[A-Za-z0-9._~/-]*)?$/,
    'must be an address like https://sso.example.org: nothing but TLS is spoken',
  )
  .transform((text) => text.replace(/\/+$/, ''))

/** Every directory that is asked by HTTP has these options. */
export const restFields = {
  ...directoryOptions,
  /** True if people sign in to Countersign here (OIDC_ISSUER): their id in this directory is their account there. */
  isSignInProvider: z.boolean().default(false),
  /** True if the log of sign-ins is read, so that a person's networks are known; it needs rights of its own. */
  signInLog: z.boolean().default(false),
  /** PEM file of the authority that signed the server's certificate; absent: those that Node knows. */
  caFile: z.string().min(1).max(1000).optional(),
}
