/** The list of accounts that the help desk never handles. */
export const enProtectionSentences = {
  'refusal.protection_unchanged': 'Somebody was quicker: look at the account again.',
  'event.person.protected': 'Put on the list of accounts that the help desk never handles',
  'event.person.protection_off_asked':
    'Asked to be taken off the list of accounts that the help desk never handles',
  'event.person.protection_kept': 'Kept on the list of accounts that the help desk never handles',
  'event.person.unprotected': 'Taken off the list of accounts that the help desk never handles',
} as const

/** Words of the person card. */
export const enProtection = {
  title: 'Never via the help desk',
  none: 'Not on the list.',
  on: 'On the list: nothing is begun, approved or changed here for this account.',
  wanted: (name: string) => `${name} wants it taken off; a second admin has to do it.`,
  second: 'An admin who did not ask for it has to take it off.',
  add: 'Put on the list',
  ask: 'Ask to take it off',
  accept: 'Take it off',
  decline: 'Keep it on the list',
  dialogs: {
    add: {
      title: 'Put on the list?',
      action: 'Put on the list',
      story: (name: string) =>
        `From now on the help desk does nothing for ${name}: no case begins, none is approved, and no password is set, a case that is open included. Taking it off again needs two people.`,
    },
    ask: {
      title: 'Ask to take it off?',
      action: 'Ask',
      story: (name: string) =>
        `Nothing changes for ${name} until an admin other than you takes the account off. All admins are told.`,
    },
    accept: {
      title: 'Take it off the list?',
      action: 'Take it off',
      story: (name: string) => `The help desk may handle the account of ${name} again. All admins are told.`,
    },
    decline: {
      title: 'Keep it on the list?',
      action: 'Keep it',
      story: (name: string) => `The wish is over, and ${name} stays on the list.`,
    },
  },
}
