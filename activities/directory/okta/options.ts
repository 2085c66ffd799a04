import { z } from 'zod'
import { secretFile } from '../options.ts'
import { httpsAddress, restFields } from '../rest/options.ts'

const id = z.string().regex(/^[0-9A-Za-z]{20}$/, 'must be an id of twenty letters and digits')

/** An organisation of Okta. */
export const oktaOptions = z.strictObject({
  kind: z.literal('okta'),
  ...restFields,
  /** Such as https://example.okta.com. */
  url: httpsAddress,
  /** A service app that proves itself by a key of its own (`private_key_jwt`); the key is in a private file, as PEM (PKCS #8). */
  clientId: z.string().min(1).max(200),
  privateKeyFile: secretFile,
  /** The id under which Okta knows the public half. */
  keyId: z.string().min(1).max(200).optional(),
  keyAlgorithm: z.enum(['RS256', 'ES256']).default('RS256'),
  /** Only who has this attribute of the profile with this value is a person; absent: everybody. */
  people: z
    .strictObject({ attribute: z.string().regex(/^\w{1,100}$/), value: z.string().min(1).max(200) })
    .optional(),
  /** Groups whose people are privileged beside the administrators, by id (D1). */
  privilegedGroups: z.array(id).max(100).default([]),
  /** True if the organisation’s rules on history and least age hold for a reset too (N7). */
  honoursHistory: z.boolean().default(true),
})
export type OktaOptions = z.output<typeof oktaOptions>
