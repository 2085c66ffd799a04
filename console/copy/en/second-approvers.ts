/** The sentences about people who may give second approvals. */
export const enSecondApproverSentences = {
  'event.second_approver.named': 'Named to give second approvals',
  'event.second_approver.accepted': 'Accepted to give second approvals',
  'event.second_approver.ended': 'May give second approvals no longer',
} as const

/** Words of the page. */
export const enSecondApprovers = {
  title: 'Second approvals',
  story:
    'A privileged account takes two approvals. Supervisors may give the second by their role; agents may be named for it. A naming counts 24 hours after another admin accepted it, for cases that begin then. Whoever started a case, gave its first approval, or is close to either or to the participant never gives the second.',
  byRole: 'By role',
  states: { proposed: 'waits for a second admin', waiting: 'accepted', in_force: 'in force' },
  from: 'holds from',
  namedBy: (name: string) => `named by ${name}`,
  acceptedBy: (name: string) => `accepted by ${name}`,
  accept: 'Accept',
  end: 'End it',
  name: 'Name an agent',
  who: 'Who may give second approvals',
  propose: 'Propose to a second admin',
}
