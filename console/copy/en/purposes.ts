import type { Purpose } from '#domain/verification/verification.ts'

/** What differs between purposes: where the action stands, what an approval leads to, and what staff do then. */
export const enPurposes = {
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

/** Sentences of what is done to an account beside a new password, and of starts without an agent. */
export const enPurposeSentences = {
  'refusal.directory_cannot': 'This directory cannot do that.',
  'refusal.account_not_locked': 'The account was not locked, so there was nothing to do.',
  'event.entry_code.sent': 'Code beside the link sent to another contact',
  'event.unlock.intended': 'Unlocking of the account begun',
  'event.unlock.completed': 'Account unlocked',
  'event.unlock.failed': 'Account not unlocked',
  'event.unlock.unknown': 'Result of the unlocking unknown',
  'event.unlock.expired': 'Time to unlock the account ran out',
  'event.factor_reset.intended': 'Removal of the second sign-in step begun',
  'event.factor_reset.completed': 'Second sign-in step removed',
  'event.factor_reset.failed': 'Second sign-in step not removed',
  'event.factor_reset.unknown': 'Result of the removal unknown',
  'event.factor_reset.expired': 'Time to remove the second sign-in step ran out',
  'event.enrolment_code.shown': 'One-time code shown to the participant',
  'send.account_disabled':
    'This account is disabled in its directory, so nothing is sent. Ask those who run the directory to enable it first.',
  'refusal.account_disabled':
    'This account is disabled in its directory, so nothing is sent. Ask those who run the directory to enable it first.',
  'send.purpose_not_offered': 'The person’s directory does not offer this.',
  'refusal.purpose_not_offered': 'The person’s directory does not offer this.',
  'refusal.grant_unusable': 'The permission to change the account was not valid any more.',
}
