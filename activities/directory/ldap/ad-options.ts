import { z } from 'zod'
import { dnText, filterText, ldapFields } from './options.ts'

/** Active Directory. */
export const activeDirectoryOptions = z.strictObject({
  kind: z.literal('active_directory'),
  ...ldapFields,
  filter: filterText.default('(&(objectCategory=person)(objectClass=user))'),
  /** Privileged beside those that every domain has: administrators and operators. */
  privilegedGroups: z.array(dnText).max(100).default([]),
})
export type ActiveDirectoryOptions = z.output<typeof activeDirectoryOptions>
