import type { MessageKind, NoticeKind } from '../../messages/kinds.ts'
import { enNoticesOfPurposes } from './purposes.ts'

/**
 * The words of a notice: in the message after the name of the organisation, on the page behind its link, and its name
 * for staff, in the list of messages and as an entry of an access report.
 */
export type NoticeWords = Readonly<
  Record<NoticeKind, Readonly<Record<'message' | 'page' | 'name' | 'entry', string>>>
>

/** The names that staff give to a message that is no notice. */
export type MessageNames = Readonly<
  Record<Exclude<MessageKind, NoticeKind>, Readonly<Record<'name' | 'entry', string>>>
>

/** The words of every notice. */
export const enNotices: NoticeWords = {
  ...enNoticesOfPurposes,
  started: {
    message: 'the help desk started an identity check for your account.',
    page: 'A verification of you was started at the help desk.',
    name: 'Notice: a verification began',
    entry: 'Notice: a verification was started',
  },
  finished: {
    message: 'the help desk completed your identity check.',
    page: 'A verification of you was finished at the help desk.',
    name: 'Notice: a verification was completed',
    entry: 'Notice: it ended',
  },
  refused: {
    message: 'the help desk refused a request for your account. Nothing was changed.',
    page: 'A request in your name was refused at the help desk.',
    name: 'Notice: a verification was refused',
    entry: 'Notice: it was refused',
  },
  ended: {
    message: 'your identity check at the help desk ended. Nothing was changed.',
    page: 'A verification of you at the help desk ended. Nothing was changed.',
    name: 'Notice: a verification ended, nothing was changed',
    entry: 'Notice: it ended, nothing was changed',
  },
  passkey_added: {
    message: 'a passkey was set up for you. From the third day on you can use it to prove who you are.',
    page: 'A passkey was set up in your name.',
    name: 'Notice: a passkey was set up',
    entry: 'Notice: a passkey was set up',
  },
  sheet_made: {
    message:
      'a sheet of recovery codes was made in your name. Later you can use its codes to prove who you are.',
    page: 'A sheet of recovery codes was made in your name.',
    name: 'Notice: a recovery sheet was made',
    entry: 'Notice: a recovery sheet was made',
  },
  frozen: {
    message: 'a request in your name was reported as not yours. Open requests are stopped.',
    page: 'Requests in your name were stopped.',
    name: 'Notice: somebody said “this was not me”',
    entry: 'Notice: reported, everything stopped',
  },
  account_locked: {
    message: 'your account was locked after a report. Call the help desk on the number that you know.',
    page: 'Your account was locked after a report.',
    name: 'Notice: the account was locked',
    entry: 'Notice: account locked',
  },
  unfrozen: {
    message: 'the help desk accepts requests in your name again.',
    page: 'Requests in your name can be made at the help desk again.',
    name: 'Notice: the account was freed again',
    entry: 'Notice: freeze lifted',
  },
  scheduled: {
    message:
      'the help desk approved a change to your account. The change is made later, and you can still stop it.',
    page: 'A change to your account was approved and will be made later. You can still stop it.',
    name: 'Change scheduled',
    entry: 'Notice: change scheduled',
  },
  stopped: {
    message: 'a change to your account that the help desk had approved was stopped.',
    page: 'A change to your account that was approved was stopped.',
    name: 'Change stopped',
    entry: 'Notice: change stopped',
  },
}

/** Names of the other messages. */
export const enMessageNames: MessageNames = {
  link: { name: 'The link', entry: 'Link' },
  second_code: { name: 'Second code', entry: 'Second code' },
  approver_request: { name: 'Request to an approver', entry: 'Request to an approver' },
  approver_named: { name: 'You may be asked to vouch', entry: 'You may be asked to vouch' },
  passkey_invitation: { name: 'Invitation to set up a passkey', entry: 'Invitation to set up a passkey' },
}
