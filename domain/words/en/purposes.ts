import type { ActingPurpose, actions, Purpose } from '../../verification/verification.ts'

/**
 * The words of each purpose for staff: its name, the progress of its action, what an approval leads to, and what is left to
 * do.
 */
export const enPurposes = {
  purposes: {
    password_reset: 'Password reset',
    account_unlock: 'Account unlock',
    mfa_reset: 'MFA reset',
    access_change: 'Access change',
    identity_check: 'Identity check',
  } satisfies Record<Purpose, string>,
  actions: {
    password_reset: {
      none: 'No action',
      scheduled: 'Scheduled, and may still be stopped',
      awaiting_participant: 'Waiting for the participant to come back',
      granted: 'Waiting for the new password',
      in_progress: 'Changing the password …',
      completed: 'Password changed',
      undone: 'Undone',
      failed: 'Password not changed',
      expired: 'The time to set the password ran out',
      unknown: 'Result unknown: being checked against the directory',
    },
    account_unlock: {
      none: 'No action',
      scheduled: 'Scheduled, and may still be stopped',
      awaiting_participant: 'Waiting for the participant to come back',
      granted: 'Unlocking the account …',
      in_progress: 'Unlocking the account …',
      completed: 'Account unlocked',
      undone: 'Undone',
      failed: 'Account not unlocked',
      expired: 'The time to unlock the account ran out',
      unknown: 'Result unknown: being checked against the directory',
    },
    mfa_reset: {
      none: 'No action',
      scheduled: 'Scheduled, and may still be stopped',
      awaiting_participant: 'Waiting for the participant to come back',
      granted: 'Waiting for the participant to remove the second sign-in step',
      in_progress: 'Removing the second sign-in step …',
      completed: 'Second sign-in step removed; only the participant was offered the one-time code',
      undone: 'Undone',
      failed: 'Second sign-in step not removed',
      expired: 'The time to remove the second sign-in step ran out',
      unknown: 'Result unknown: being checked against the directory',
    },
  },
  approves: {
    password_reset: (name: string) =>
      `You confirm that you have verified ${name}. They can then set the new password on the page they have open.`,
    account_unlock: (name: string) =>
      `You confirm that you have verified ${name}. Their account is then unlocked at once; the password stays as it is.`,
    mfa_reset: (name: string) =>
      `You confirm that you have verified ${name}. They can then remove their second sign-in step on the page they have open, and only that page shows the code for a new one.`,
    access_change: (name: string) =>
      `You confirm that you have verified ${name}. Nothing is changed here: the access itself is changed where it is kept.`,
    identity_check: (name: string) => `You confirm that you have verified ${name}. Nothing else happens.`,
  } satisfies Record<Purpose, (name: string) => string>,
  /** After an approval that changes no account by itself. */
  whatNow: {
    access_change:
      'Verified. Make the change of access in the system that holds it, and name this case there. Nothing was changed here.',
    identity_check: 'Verified. You can go on with what the call is about. Nothing was changed here.',
  } as Partial<Record<Purpose, string>>,
}

/** The words for the events of an action, for staff. */
export const enPurposeSentences = {
  'event.reset.intended': 'Change of the password begun',
  'event.reset.completed': 'Password changed',
  'event.reset.failed': 'Password not changed',
  'event.reset.unknown': 'Result of the change unknown',
  'event.reset.expired': 'Time to set the password ran out',
  'event.unlock.intended': 'Unlocking of the account begun',
  'event.unlock.completed': 'Account unlocked',
  'event.unlock.failed': 'Account not unlocked',
  'event.unlock.unknown': 'Result of the unlocking unknown',
  'event.unlock.expired': 'Time to unlock the account ran out',
  'event.mfa_reset.intended': 'Removal of the second sign-in step begun',
  'event.mfa_reset.completed': 'Second sign-in step removed',
  'event.mfa_reset.failed': 'Second sign-in step not removed',
  'event.mfa_reset.unknown': 'Result of the removal unknown',
  'event.mfa_reset.expired': 'Time to remove the second sign-in step ran out',
  'refusal.account_not_locked': 'The account was not locked, so there was nothing to do.',
}

/** The words of each purpose for an approver, on the help page, and while the participant waits. */
export const enPurposesInPortal = {
  vouchedWishes: {
    password_reset: 'reset their password',
    account_unlock: 'unlock their account',
    mfa_reset: 'reset their second sign-in step',
    access_change: 'change their access',
    identity_check: 'show that it is them',
  },
  needs: {
    password_reset: 'I forgot my password',
    account_unlock: 'My account is locked',
    mfa_reset: 'I lost my phone or my second sign-in step',
  },
  waiting: {
    password: 'Setting your new password …',
    unlock: 'Unlocking your account …',
    mfa: 'Removing your second sign-in step …',
  },
}

type Endings = (typeof actions)[ActingPurpose]['endings']

/** The end of an action, as the participant reads it. */
export const enPurposeEndings: Readonly<
  Record<Endings[keyof Endings] | 'account_not_locked', [string, string]>
> = {
  password_changed: [
    'Your password has been changed',
    'You can sign in with it now. We have told your contacts on file.',
  ],
  password_unknown: [
    'We are checking whether the change arrived',
    'Your directory has not answered yet, so your password may be the new or the old one.',
  ],
  password_failed: [
    'Your password was not changed',
    'Please tell the help desk. Your old password still works if you know it.',
  ],
  account_unlocked: [
    'Your account is unlocked',
    'You can sign in again with the password you have. We have told your contacts on file.',
  ],
  account_not_locked: [
    'Your account was not locked',
    'Nothing had to be changed. If you still cannot sign in, tell the help desk: it may be your password.',
  ],
  unlock_unknown: [
    'We are checking whether your account is unlocked',
    'Your directory has not answered yet. Your password stays as it is either way.',
  ],
  unlock_failed: ['Your account was not unlocked', 'Please tell the help desk. Nothing was changed.'],
  mfa_reset: [
    'Your second sign-in step has been removed',
    'Set up a new one now. We have told your contacts on file.',
  ],
  mfa_unknown: [
    'We are checking whether your second sign-in step was removed',
    'Your directory has not answered yet. Your password stays as it is either way.',
  ],
  mfa_failed: [
    'Your second sign-in step was not removed',
    'Please tell the help desk. What you have still works.',
  ],
}

/** The notices to contacts about an action that is done; see notices.ts. */
export const enNoticesOfPurposes = {
  password_changed: {
    message: 'your password was changed through the help desk.',
    page: 'Your password was changed through the help desk.',
    name: 'Notice: the password was changed',
    entry: 'Notice: password changed',
  },
  account_unlocked: {
    message: 'your account was unlocked through the help desk.',
    page: 'Your account was unlocked through the help desk.',
    name: 'Notice: the account was unlocked',
    entry: 'Notice: account unlocked',
  },
  mfa_reset: {
    message: 'your second sign-in step was removed through the help desk, so that a new one can be set up.',
    page: 'Your second sign-in step was removed through the help desk.',
    name: 'Notice: the second sign-in step was removed',
    entry: 'Notice: second sign-in step removed',
  },
}
