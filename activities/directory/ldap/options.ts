import { FilterParser } from 'ldapts'
import { z } from 'zod'
import { directoryOptions, secretFile } from '../options.ts'

export const filterText = z
  .string()
  .max(1000)
  .refine((text) => {
    try {
      FilterParser.parseString(text)
      return true
    } catch {
      return false
    }
  }, 'must be a filter in the form of RFC 4515')

/** An address of a server that is spoken to by TLS from the first byte (J2): no plain LDAP, no StartTLS. */
const server = z
  .string()
  .refine(
    (text) => /^ldaps:\/\/[A-Za-z0-9.-]+(:\d{1,5})?\/?$/.test(text),
    'must be an address like ldaps://dc1.example.org: plain LDAP is not spoken',
  )

export const dnText = z.string().min(3).max(1000).includes('=', { message: 'must be a distinguished name' })

export const ldapFields = {
  ...directoryOptions,
  url: server,
  /** PEM file of the authority that signed the server's certificate; absent: those that Node knows. */
  caFile: z.string().min(1).max(1000).optional(),
  /** The account that asks and writes: never an administrator (N1). */
  bindDn: z.string().min(3).max(1000),
  passwordFile: secretFile,
  /** People are looked for below it. */
  base: dnText,
}

/** A directory in the manner of OpenLDAP. */
export const ldapOptions = z
  .strictObject({
    kind: z.literal('ldap'),
    ...ldapFields,
    filter: filterText.default('(objectClass=inetOrgPerson)'),
    /** An account whose attribute has this value is disabled, whatever the case of its letters. */
    disabled: z
      .strictObject({ attribute: z.string().min(1).max(100), value: z.string().min(1).max(200) })
      .default({ attribute: 'nsAccountLock', value: 'true' }),
    /** Groups are looked for below it; needed where there are privileged ones. */
    groupBase: dnText.optional(),
    /** Members of these groups, also by way of other groups, are privileged (D1). */
    privilegedGroups: z.array(dnText).max(100).default([]),
  })
  .refine(({ groupBase, privilegedGroups }) => privilegedGroups.length === 0 || groupBase !== undefined, {
    message: 'is missing, although there are privileged groups',
    path: ['groupBase'],
  })
export type LdapOptions = z.output<typeof ldapOptions>
