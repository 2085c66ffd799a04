import { z } from 'zod'

/** Every directory has these options in the operator's file, whatever its kind. */
export const directoryOptions = {
  /** The tenant's slug. */
  tenant: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/, 'must be a tenant’s slug'),
  /** People's rows call the directory by this name; it never changes once people were read from it. */
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and dashes')
    .refine((name) => name !== 'builtin', 'must not be builtin, which is the demo’s own'),
}

/** The path of a private file that holds one secret (M5). */
export const secretFile = z.string().min(1).max(1000)
