/** What is written of a naming after it was proposed. */
const naming = [
  'accepted_by',
  'accepted_by_name',
  'accepted_at',
  'effective_at',
  'ended_by',
  'ended_by_name',
  'ended_at',
] as const

/** Who may do what with those who vouch: part of the role matrix. */
export const approverGrants = {
  api: {
    second_approvers: {
      select: 'all',
      insert: 'all',
      update: naming,
    },
    protected_accounts: {
      select: 'all',
      insert: 'all',
      update: [
        'off_asked_by',
        'off_asked_by_name',
        'off_reason',
        'off_asked_at',
        'off_by',
        'off_by_name',
        'off_at',
      ],
    },
    named_approvers: {
      select: 'all',
      insert: 'all',
      update: [...naming, 'accept_reason', 'end_reason'],
    },
    naming_notices: { select: 'all' },
    approvals: { select: 'all' },
    // Told to the participant, in the access report.
    schedules: { select: 'all' },
    approver_requests: { select: 'all' },
    approver_sessions: { select: 'all', insert: 'all', update: ['ended_at'] },
  },
  worker: {
    protected_accounts: { select: 'all' },
    second_approvers: { select: 'all' },
    named_approvers: { select: 'all' },
    naming_notices: { select: 'all', insert: 'all', update: 'all' },
    approvals: { select: 'all', insert: 'all', update: ['used_at', 'ended_at', 'end_reason'] },
    // One that counts for nothing is signed anew.
    schedules: { select: 'all', insert: 'all', update: 'all' },
    approver_requests: { select: 'all', insert: 'all', update: 'all' },
    approver_sessions: { select: 'all', update: ['ended_at'] },
  },
} as const
