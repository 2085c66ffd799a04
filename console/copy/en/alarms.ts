/** The page "Alarms", and the freeze on a person's card. */
export const enAlarms = {
  heading: 'Alarms',
  story:
    'A participant said that a request in their name was not them. Everything open in their name was stopped at once, and their contacts were told.',
  none: 'Nothing of this kind happened in the last 30 days.',
  person: 'Person',
  when: 'When',
  how: 'Said',
  sources: { portal: 'on the portal', message: 'by the link of a message' },
  now: 'Now',
  limits: 'Limits reached',
  limitsStory:
    'A member of staff, or a system that calls by a key, reached a limit and was stopped. Ask why; what they did is in the audit.',
  system: 'system',
  kinds: {
    look_up: 'looked at many people',
    search: 'searched by many words',
    start: 'started many verifications',
    reveal: 'saw many contacts in full',
  },
  staff: 'Who',
  what: 'What',
  reveals: 'Contacts shown in full',
  revealsStory: 'Each with the reason that was given. A reason that does not fit a call deserves a question.',
  unreadable: 'Contacts that do not open',
  unreadableStory:
    'They were changed or moved in the database, or their key is gone. No link and no code goes there. Call whoever runs Countersign: if they changed neither keys nor rows, treat it as a break-in.',
  sessions: 'Sessions used elsewhere',
  sessionsStory:
    'A console session was used in another browser and from another network than at its sign-in. Ask that person on a channel that you know. If it was not them, have them sign out, which ends the session, and call your security team.',
  sessionWentOn: 'the session went on',
  sessionEnded: 'the session was ended: the threat is elevated',
  impersonations: 'Refused messages in the name of staff',
  impersonationsStory:
    'A message to a case used the name of a staff member or of the participant, but Countersign had not sent it. Countersign refused it. Tell your operator and your security team at once: somebody may have access to the Temporal server. This list shows the first such message of each hour.',
  nobody: 'nobody of the staff',
  acts: {
    start: 'start a verification',
    resend: 'send a link again',
    ask_approver: 'ask an approver',
    approve: 'approve',
    refuse: 'refuse',
    cancel: 'cancel',
    send_return_link: 'send a link to come back by',
    stop: 'stop what was approved',
    report: 'report for the participant that it was not them',
  },
  contact: 'Contact',
  reason: 'Reason',
  show: 'Show',
  hide: 'Hide',
  showStory:
    'The reason and your name are recorded and shown to supervisors. It is hidden again after 30 seconds.',
  why: 'Why do you need it in full?',
  ownPasskey: 'A passkey set up in advance',
  seeCase: 'See the case',
  blockedUntil: 'new ones may begin',
  standing: 'new cases do not pass',
  locks: {
    requested: 'the account is about to be locked',
    in_progress: 'the account is being locked',
    completed: 'the account was locked',
    failed: 'the account could not be locked',
  },
  lifted: (name: string, reason: string) => `lifted by ${name}: ${reason}`,
  duress: {
    heading: 'Silent signals',
    story:
      'Somebody at the help desk may be forced. What they approve in this case stays pending, and nothing on their screen tells. Do not call or write to them: help where they are.',
    none: 'Nobody gave the silent signal in the last 30 days.',
    by: 'Given by',
    about: 'Case about',
    waiting: 'approved; it stays pending',
    standing: 'nothing is done until you clear it',
    cleared: (name: string, reason: string) => `cleared by ${name}: ${reason}`,
    clear: 'Clear',
    clearTitle: 'Let this case go on?',
    clearStory:
      'Only when you know that the person is safe, and that it was no signal or is over. What was approved is then done, if it is not too old by then.',
  },
  frozen: 'Frozen after a report',
  frozenStory: (reports: number) =>
    reports === 1
      ? 'This person said that a request in their name was not them. What was open is stopped.'
      : `This person said ${String(reports)} times that a request in their name was not them. What was open is stopped.`,
  blocked: 'New ones may begin',
  against: 'It speaks against every new verification until',
  lift: 'Lift the freeze',
  liftStory:
    'Call the person on a number that you know, and lift it only when they say so. New verifications may begin again, and need two kinds of proof for the rest of the 30 days. What was stopped stays stopped. Every contact on file is told.',
}

/** Messages about staff, for those who watch. */
export const enWatchSentences = {
  'event.start.refused': 'A verification was asked for and not started',
  'event.staff.impersonated': 'A message in the name of staff was refused: it did not come from Countersign',
  'event.device.copied': 'The key of a known device was used in two places at once',
  'event.staff.session_moved': 'A session was used in another browser and network than at its sign-in',
  'event.staff.limit_reached': 'Reached a limit for members of staff',
  'event.api_client.limit_reached': 'Reached a limit for systems that call by a key',
  'event.contact.unreadable': 'A contact does not open',
  'event.contact.revealed': 'Saw a contact in full',
} as const

/** The shape every language keeps. */
export type AlarmsCopy = typeof enAlarms
