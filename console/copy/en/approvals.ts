/** Two people for one approval, and what belongs to it: sentences that the server names, and words of panel and queue. */
import { enProtectionSentences } from './protection.ts'
import { enSecondApproverSentences } from './second-approvers.ts'

export const enApprovalSentences = {
  ...enProtectionSentences,
  ...enSecondApproverSentences,
  'refusal.second_approval_required': 'This person is privileged: a second approval is needed.',
  'instruction.second_approval': 'Stays on hold: a second person has to approve it as well.',
  'send.second_approval_needed': 'A second approval will be needed.',
  'policy.second_approval_needed': 'a second approval is needed',
  'policy.never_via_help_desk': 'the help desk never handles this account',
  'send.never_via_help_desk': 'This account is never handled by the help desk.',
  'refusal.not_second_approver': 'You may not give second approvals.',
  'refusal.first_approver': 'You gave the first approval: another person has to give the second.',
  'refusal.started_by_you': 'You started this case: another person has to give the second approval.',
  'refusal.in_starters_line':
    'Not for the manager or a report of who started the case: another person has to give the second approval.',
  'refusal.first_approval_over':
    'The first approval no longer stands: its time ran out, or the case has changed. Look at it again.',
  'refusal.privilege_differs':
    'The directory says something else of this account’s rights now than before, or does not answer. Look at the case again.',
  'policy.privilege_unread':
    'the directory does not say whether the account is privileged, so it is handled as if it were',
  'event.privilege.found': 'What the directory says of the account’s rights has changed',
  'refusal.policy_and_cases':
    'Who edits the policy approves no cases within 24 hours, and the other way round. Another person has to do this.',
  'refusal.passkey_required':
    'A second approval is confirmed with a passkey. Set one up under Security first.',
  'event.approval.first_given': 'First approval given',
  'event.approval.second_given': 'Second approval given',
  'event.approval.ended': 'The first approval no longer counts',
} as const

/** Words of the console. */
export const enApprovals = {
  title: 'Two approvals',
  ordinals: { 1: 'First approval', 2: 'Second approval' },
  none: 'Needs two people: the first approval is still to come.',
  states: {
    waiting: 'waits for a second person',
    counts: 'counts',
    unused: 'was not needed any more',
    expired: 'time ran out',
    changed: 'void: the case changed after it',
    broken: 'void: the record is not as it was signed',
  },
  until: 'time runs out',
  who: (names: readonly string[]) => `May give the second approval: ${names.join(', ')}`,
  nobody:
    'Nobody at the desk may give the second approval: it takes a person with that right who did not start the case and is independent of it.',
  verbs: { first: 'Approve as first', second: 'Approve as second' },
  confirm: {
    first: {
      title: 'Give the first approval?',
      action: 'Approve as first',
      story: (name: string) =>
        `You confirm that you have verified ${name}. Nothing happens until a second person approves within 15 minutes; what changes meanwhile voids your approval.`,
    },
    second: {
      title: 'Give the second approval?',
      action: 'Approve as second',
      story: (name: string, first: string) =>
        `${first} has approved. You confirm it after your own look at this case of ${name}; then it takes its course. Your passkey is asked for.`,
    },
  },
}

/** The page of what waits. */
export const enQueue = {
  title: 'Queue',
  story:
    'Cases that wait for you: a decision, a second approval, or an escalation. What waits longest comes first.',
  kinds: { second_approval: 'Second approval', escalation: 'Escalation', decision: 'Decision' },
  since: 'came',
  until: 'ends',
  firstBy: (name: string) => `Approved by ${name}; a second person has to approve.`,
  startedBy: (name: string) => `Started by ${name}.`,
  empty: 'Nothing waits for you.',
  emptyHint: 'What comes appears here by itself.',
  more: 'Only the first 100 are shown.',
  pill: (count: string) => (count === '1' ? '1 case waits for you' : `${count} cases wait for you`),
}
