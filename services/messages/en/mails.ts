import { eachNotice } from '#domain/messages/kinds.ts'
import type { MailTexts } from '../texts.ts'

const notMe = 'This was not me'

/** English. */
export const mails: MailTexts = {
  direction: 'ltr',
  labels: { agent: 'Help desk agent', ticket: 'Ticket', time: 'Time' },
  copyLink: 'Or type or copy this address:',
  check: (phone) =>
    `Not sure if this message is real? Call the help desk: ${phone}. First compare this number with the one that you know, for example from your intranet or your badge.`,
  subjects: {
    started: 'an identity check for your account was started',
    finished: 'your identity check was completed',
    refused: 'a request for your account was refused',
    ended: 'your identity check ended, nothing was changed',
    password_changed: 'your password was changed',
    account_unlocked: 'your account was unlocked',
    mfa_reset: 'your second sign-in step was removed',
    passkey_added: 'a passkey was set up for you',
    sheet_made: 'recovery codes were made for you',
    frozen: 'requests in your name were stopped',
    account_locked: 'your account was locked',
    unfrozen: 'requests in your name are possible again',
    scheduled: 'a change to your account is planned',
    stopped: 'a change to your account was stopped',
  },
  kinds: {
    ...eachNotice(() => ({ button: notMe, ifNothing: () => 'If you do nothing, nothing changes.' })),
    link: {
      button: 'Open the page',
      ifNothing: (minutes) =>
        `If you do nothing, nothing changes. The link stops working after ${String(minutes)} minutes.`,
    },
    second_code: {
      button: notMe,
      ifNothing: (minutes) =>
        `If you do nothing, nothing changes. The code stops working after ${String(minutes)} minutes.`,
    },
    approver_request: {
      button: 'Sign in and answer',
      ifNothing: (minutes) =>
        `If you do nothing, you have confirmed nothing. The link stops working after ${String(minutes)} minutes.`,
    },
    approver_named: {
      button: '',
      ifNothing: () => 'If you do nothing, the help desk may ask you from now on.',
    },
    passkey_invitation: {
      button: 'Set up a passkey',
      ifNothing: () => 'If you do nothing, nothing changes.',
    },
    started: {
      button: notMe,
      ifNothing: () => 'If you do nothing, the identity check goes on.',
    },
    finished: { button: notMe, ifNothing: () => 'If you do nothing, the result stays as it is.' },
    password_changed: { button: notMe, ifNothing: () => 'If you do nothing, the new password stays.' },
    account_unlocked: { button: notMe, ifNothing: () => 'If you do nothing, the account stays unlocked.' },
    mfa_reset: {
      button: notMe,
      ifNothing: () => 'If you do nothing, a new second sign-in step can be set up.',
    },
    passkey_added: { button: notMe, ifNothing: () => 'If you do nothing, the passkey stays valid.' },
    sheet_made: { button: notMe, ifNothing: () => 'If you do nothing, the recovery codes stay valid.' },
    frozen: { button: notMe, ifNothing: () => 'You do not need to do anything.' },
    account_locked: { button: notMe, ifNothing: () => 'If you do nothing, the account stays locked.' },
    scheduled: {
      button: 'Stop the change',
      ifNothing: () => 'If you do nothing, the change is made as planned.',
    },
  },
}
