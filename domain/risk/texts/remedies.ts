/** What an agent can do about a finding. */
export const remedyTexts = {
  'remedy.leave_anonymous_network':
    'Ask the participant to switch the VPN or Tor off, or to use another connection, and send a new link.',
  'remedy.other_connection':
    'Ask the participant to use mobile data or another connection, and send a new link.',
  'remedy.confirm_travel':
    'Ask whether the participant is travelling, and use a second contact or an approver to confirm it.',
  'remedy.other_browser': 'Ask the participant to open the link in an ordinary browser on their own device.',
  'remedy.allow_device_data':
    'Ask the participant to allow scripts on this page, or to use another browser, and resend.',
  'remedy.older_contact': 'Send the link to a contact that has been on file for longer, or ask a supervisor.',
  'remedy.check_directory': 'Ask human resources whether the account state is right before going on.',
  'remedy.escalate': 'Stop, and hand the case to a supervisor.',
  'remedy.look_at_history': "Look at the person's earlier verifications before going on.",
  'remedy.other_route': 'Use another route: a code to a second contact, or an approver.',
  'remedy.tell_operator': 'Tell the operator: the list of trusted proxies may be incomplete.',
} as const
