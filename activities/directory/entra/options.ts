import { z } from 'zod'
import { secretFile } from '../options.ts'
import { httpsAddress, restFields } from '../rest/options.ts'

const uuid = z.guid()

/** A tenant of Microsoft Entra ID. */
export const entraOptions = z.strictObject({
  kind: z.literal('entra'),
  ...restFields,
  /** Microsoft Graph, and where tokens are given out; other ones for national clouds. */
  url: httpsAddress.default('https://graph.microsoft.com'),
  signInUrl: httpsAddress.default('https://login.microsoftonline.com'),
  /** The tenant's id at Microsoft. */
  organisation: uuid,
  clientId: uuid,
  /** A confidential app has a secret; a public one has none. */
  clientSecretFile: secretFile.optional(),
  /**
   * A refresh token of the account that resets: Microsoft lets no application do that by itself. Each use brings a new one,
   * which is written to this file where it can be.
   */
  refreshTokenFile: secretFile,
  /** Only who has this attribute with this value is a person; absent: everybody but guests. */
  people: z
    .strictObject({
      attribute: z.enum(['companyName', 'department', 'employeeType', 'officeLocation']),
      value: z.string().min(1).max(200),
    })
    .optional(),
  /** Groups, with all in them, whose people are privileged beside the administrators, by id (D1). */
  privilegedGroups: z.array(uuid).max(100).default([]),
  /** So long a temporary access pass is good. */
  passMinutes: z.int().min(10).max(480).default(60),
})
export type EntraOptions = z.output<typeof entraOptions>
