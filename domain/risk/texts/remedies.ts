/** An agent can do this about a finding. */
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
  'remedy.nothing_alone': 'Nothing needs to be done for this alone; look at what else was found.',
  'remedy.no_relay_for_this':
    'Nothing needs to be done for this alone; a connection without the relay would show the country.',
  'remedy.shared_address':
    'Ask whether several people share this connection, as in an office or at home. The operator can enter an office as a network of the organisation.',
  'remedy.own_device':
    'Ask the participant to open the link on a device that they have used for this before.',
  'remedy.update_browser': 'Ask the participant to use a browser that is up to date, or another device.',
  'remedy.ask_to_type': 'Ask the participant to answer by hand, from memory and without another program.',
  'remedy.stay_on_page': 'Ask the participant to keep the page in front until the questions are done.',
  'remedy.ask_security': 'Ask the security team whether this account is in order before going on.',
  'remedy.call_back': 'Call the person back on a number that is on file before going on.',
  'remedy.ask_manager': 'Ask the manager whether the person is at work, or use an approver.',
  'remedy.tell_supervisor': 'Tell a supervisor: several cases look alike and should be judged together.',
  'remedy.tell_operator': 'Tell the operator: the list of trusted proxies may be incomplete.',
} as const
