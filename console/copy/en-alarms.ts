/** The page "Alarms", and the freeze on a person's card. */
export const enAlarms = {
  heading: 'Alarms',
  story:
    'A participant said that a request in their name was not them. Everything open in their name was stopped at once, and their contacts were told.',
  none: 'Nothing of this kind happened in the last thirty days.',
  person: 'Person',
  when: 'When',
  how: 'Said',
  sources: { portal: 'on the portal', message: 'by the link of a message' },
  now: 'Now',
  seeCase: 'See the case',
  blockedUntil: 'nothing new begins until',
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
    none: 'Nobody gave the silent signal in the last thirty days.',
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
  blocked: 'Nothing new begins until',
  against: 'It speaks against every new verification until',
  lift: 'Lift the freeze',
  liftStory:
    'Call the person on a number that you know, and lift it only when they say so. New verifications may begin again; what was stopped stays stopped. Every contact on file is told.',
}

/** The shape every language keeps. */
export type AlarmsCopy = typeof enAlarms
