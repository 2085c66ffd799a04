import { z } from 'zod'
import { secretFile } from '../directory/options.ts'
import { httpsAddress } from '../directory/rest/options.ts'

/** Every service has these options in the operator's file, whatever its kind. */
const common = {
  /** The tenant's slug. */
  tenant: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/, 'must be a tenant’s slug'),
  /** The service's name of an account: the login as the directory has it, or the part before the @ (after the \). */
  account: z.enum(['login', 'local_part']).default('login'),
  /** PEM file of the authority that signed the server's certificate; absent: those that Node knows. */
  caFile: z.string().min(1).max(1000).optional(),
}

/** A privacyIDEA. */
export const privacyIdeaOptions = z.strictObject({
  kind: z.literal('privacyidea'),
  ...common,
  url: httpsAddress,
  /** An administrator there who may do nothing but trigger challenges; the password is in a private file. */
  user: z.string().min(1).max(200),
  passwordFile: secretFile,
  /** The realm of the accounts; absent: the server's default realm. */
  realm: z.string().min(1).max(200).optional(),
})
export type PrivacyIdeaOptions = z.output<typeof privacyIdeaOptions>

/** An integration of the kind Auth API at Duo. */
export const duoOptions = z.strictObject({
  kind: z.literal('duo'),
  ...common,
  /** As Duo's admin panel names it. */
  host: z.string().regex(/^[a-z0-9.-]{1,200}$/, 'must be a host name, such as api-12345678.duosecurity.com'),
  port: z.int().min(1).max(65_535).optional(),
  integrationKey: z.string().regex(/^\w{10,40}$/, 'must be an integration key'),
  /** A private file with the secret key. */
  secretKeyFile: secretFile,
})
export type DuoOptions = z.output<typeof duoOptions>

/** The service's name of an account. */
export const accountNameOf = (
  { account }: { readonly account: 'login' | 'local_part' },
  login: string,
): string => (account === 'login' ? login : (login.split('\\').at(-1)?.split('@')[0] ?? login))
