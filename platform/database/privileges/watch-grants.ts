/** Who may do what with what those who watch over cases see: part of the role matrix. */
export const watchGrants = {
  api: {
    staff_alarms: { select: 'all', insert: 'all' },
    contact_reveals: { select: 'all', insert: 'all' },
    unreadable_contacts: { select: 'all', insert: 'all' },
    impersonations: { select: 'all' },
    moved_sessions: { select: 'all', insert: 'all' },
    duress_marks: {
      select: 'all',
      update: ['cleared_at', 'cleared_by', 'cleared_by_name', 'clear_reason'],
    },
    elevated_threats: {
      select: 'all',
      insert: 'all',
      update: [
        'lowering_asked_by',
        'lowering_asked_by_name',
        'lowering_asked_at',
        'lowered_by',
        'lowered_by_name',
        'lowered_at',
      ],
    },
  },
  worker: {
    unreadable_contacts: { select: 'all', insert: 'all', update: ['announced_at'] },
    impersonations: { select: 'all', insert: 'all' },
    duress_marks: { select: 'all', insert: 'all' },
    // Who edits the policy approves nothing for a day (D6).
    policy_proposals: { select: 'all' },
  },
} as const
