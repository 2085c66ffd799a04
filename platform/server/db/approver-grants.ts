/** Who may do what with those who vouch: part of the role matrix. */
export const approverGrants = {
  api: {
    named_approvers: {
      select: 'all',
      insert: 'all',
      update: [
        'accepted_by',
        'accepted_by_name',
        'accepted_at',
        'effective_at',
        'ended_by',
        'ended_by_name',
        'ended_at',
        'accept_reason',
        'end_reason',
      ],
    },
    naming_notices: { select: 'all' },
    approver_requests: { select: 'all' },
    approver_sessions: { select: 'all', insert: 'all', update: ['ended_at'] },
  },
  worker: {
    named_approvers: { select: 'all' },
    naming_notices: { select: 'all', insert: 'all', update: 'all' },
    approver_requests: { select: 'all', insert: 'all', update: 'all' },
    approver_sessions: { select: 'all', update: ['ended_at'] },
  },
} as const
