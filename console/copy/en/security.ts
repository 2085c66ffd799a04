/** The page "Security", the dialog that asks for a passkey, and the passkeys of a participant. */
export const enSecurity = {
  heading: 'Security',
  story:
    'With a passkey you confirm what is sensitive: approving, exporting, changing the policy. Your device asks for a fingerprint, your face or its PIN. Once you have one, it is asked for each time the last confirmation is older than five minutes.',
  own: 'Your passkeys',
  none: 'You have no passkey yet.',
  add: 'Set up a passkey',
  name: 'Name, so that you know it again',
  save: 'Save',
  rename: 'Rename',
  remove: 'Remove',
  reallyRemove: 'Remove it for good',
  made: 'Set up',
  used: 'last used',
  again:
    'So that nobody else can do this in your session, sign in once more first. Then you have five minutes.',
  signInAgain: 'Sign in again',
  lostStory: 'None of them at hand? After signing in again you can remove one and set up another.',
  notMade: 'No passkey was set up. You can try again.',
  unknown: 'Passkeys cannot be used in this browser or at this address.',
  confirm: 'Confirm that it is you',
  confirmStory: 'This needs your passkey. What you were doing goes on afterwards.',
  use: 'Use passkey',
  stopped: 'The passkey was not used. You can try again.',
  lost: 'I do not have my passkey',
  participants: 'Passkeys',
  states: {
    waiting: 'counts after 72 hours',
    usable: 'counts as evidence',
    disputed: 'disputed, never counts',
  },
  revoke: 'Revoke',
  revokeTitle: 'Revoke this passkey?',
  revokeStory: (name: string) =>
    `“${name}” stops counting at once, also for a case that is open. The participant can set up another one at the end of a later case.`,
  sheet: 'Printed recovery sheet',
  sheetStates: {
    resting: 'begins to count',
    usable: 'counts as proof',
    used_up: 'all codes are used',
    disputed: 'disputed, never counts',
  },
  codesLeft: (left: number) => (left === 1 ? '1 code left' : `${left} codes left`),
  sheetMade: 'printed',
  voidSheet: 'Void',
  voidSheetTitle: 'Void this recovery sheet?',
  voidSheetStory:
    'Its codes stop counting at once, also for a case that is open. The participant can print another sheet at the end of a later case.',
}

/** The shape every language keeps. */
export type SecurityCopy = typeof enSecurity
