/**
 * The owner of freeze_person and lift_freeze: it can take away what is live, let new cases begin again, tell the contacts,
 * and nothing else.
 */
export const freezer = {
  reports: {
    select: 'all',
    insert: 'all',
    update: ['lifted_at', 'lifted_by', 'lifted_by_name', 'lift_reason'],
  },
  staff: {
    select: [
      ...['tenant_id', 'id', 'role', 'display_name', 'disabled_at'],
      // who of them is which person
      ...['person_id', 'issuer', 'subject', 'verified_email'],
    ],
  },
  tenants: { select: ['id', 'oidc_issuer'] },
  verifications: { select: ['tenant_id', 'id', 'referrer_id', 'decided_by_id', 'second_by'] },
  people: { select: 'all', update: ['blocked_until', 'never_via_help_desk'] },
  protected_accounts: { select: 'all' },
  links: { select: 'all', update: ['voided_at'] },
  grants: { select: 'all', update: ['voided_at', 'void_reason'] },
  portal_sessions: { select: 'all', update: ['ended_at', 'end_reason'] },
  contacts: { select: 'all' },
  notices: { select: 'all', insert: 'all' },
} as const
