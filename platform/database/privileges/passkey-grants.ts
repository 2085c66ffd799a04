/** Who may do what with passkeys: part of the role matrix. */
const everything = { select: 'all', insert: 'all', update: 'all' } as const

/**
 * Neither the age of a passkey nor that one was used can be written by the API: evidence comes from the worker alone. A
 * challenge is used up by whoever deletes it.
 */
export const passkeyGrants = {
  api: {
    passkeys: {
      select: 'all',
      insert: [
        'tenant_id',
        'id',
        'person_id',
        'verification_id',
        'credential_index',
        'credential_sealed',
        'name',
        'sign_count',
      ],
      update: ['removed_at', 'removed_by', 'remove_reason'],
    },
    passkey_challenges: { ...everything, delete: 'all' },
    passkey_requests: { select: 'all' },
    staff_passkeys: {
      select: 'all',
      insert: ['tenant_id', 'id', 'staff_id', 'credential_index', 'credential_sealed', 'name', 'sign_count'],
      update: ['name', 'sign_count', 'last_used_at', 'removed_at', 'remove_reason'],
    },
  },
  worker: {
    passkeys: {
      select: 'all',
      update: ['sign_count', 'last_used_at', 'removed_at', 'removed_by', 'remove_reason'],
    },
    passkey_challenges: { select: 'all', delete: 'all' },
    passkey_requests: everything,
  },
} as const
