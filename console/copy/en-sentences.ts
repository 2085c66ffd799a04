/** Sentences by key that the server names: warnings, the policy's answers, instructions, events. `{name}` is a slot. */
export const enSentences: Readonly<Record<string, string>> = {
  'warning.contact_changed': '{contact} was changed {hours} hours ago.',
  'warning.no_contacts': 'No contact is on file.',
  'warning.one_contact': 'Only one contact is on file.',
  'warning.never_via_help_desk': 'This account can never be handled by the help desk.',
  'warning.blocked': 'This person reported a request a moment ago; new ones are blocked for a while.',
  'warning.privileged': 'Privileged: two kinds of evidence and a second approval are needed.',
  'warning.failed_today': 'Failed verifications today: {count}.',
  'warning.many_attempts': 'Verifications today: {count}.',
}
