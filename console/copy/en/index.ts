import { enChecks } from '#domain/words/en/checks/index.ts'
import { enAccess } from './access.ts'
import { enAlarms } from './alarms.ts'
import { enSecurity } from './security.ts'
import { deliveryProblem } from '#domain/messages/delivery-problem.ts'
import { enApprovals, enQueue } from './approvals.ts'
import { enApprovers } from './approvers.ts'
import { enDeliveryProblems, enMessages } from './messages.ts'
import { enCalibration } from './calibration.ts'
import { enDashboard } from './dashboard.ts'
import { enList } from './list.ts'
import { enPanel } from './panel.ts'
import { enPurposes } from '#domain/words/en/purposes.ts'
import { enPlaces } from './places.ts'
import { enPolicy } from './policy.ts'
import { enProtection } from './protection.ts'
import { enReadiness } from './readiness.ts'
import { enReview } from './review.ts'
import { enSecondApprovers } from './second-approvers.ts'
import { enSources } from './sources.ts'
import { enSentences } from './sentences.ts'
import { enSlots, enWords } from './words.ts'
import { createSpeaker } from '../sentences.ts'

const speaker = createSpeaker({
  sentences: { ...enChecks.texts, ...enSentences },
  checkNames: enChecks.names,
  weightCases: enChecks.weights,
  evidence: enChecks.evidence,
  slots: enSlots,
  problems: {
    offline: 'No connection. Nothing is lost; try again when you are online.',
    unavailable: 'That is not possible right now. Nothing is lost; try again in a moment.',
    internal: 'Something went wrong on our side. Try again, or tell your administrator.',
    invalid_input: 'Something in the form is not right. Please check the fields.',
    foreign_request: 'This page is out of date. Please load it again.',
    state_does_not_allow: 'The case has moved on; this is not possible any more. Look at its newest state.',
  },
  refused: (code) => `That was refused (${code}).`,
})

/** Every word of the console. A language that lacks one does not compile. */
export const en = {
  ...speaker,
  ...enWords,
  ...enPanel,
  ...enPurposes,
  dashboard: enDashboard,
  access: enAccess,
  approvers: enApprovers,
  messages: enMessages,
  deliveryProblems: enDeliveryProblems,
  deliveryProblem: (code: string): string => enDeliveryProblems[deliveryProblem(code)],
  alarms: enAlarms,
  approvals: enApprovals,
  protection: enProtection,
  secondApprovers: enSecondApprovers,
  queue: enQueue,
  review: enReview,
  security: enSecurity,
  places: enPlaces,
  policy: enPolicy,
  calibration: enCalibration,
  readiness: enReadiness,
  sources: enSources,
  loading: 'One moment …',
  retry: 'Try again',
  close: 'Close',
  skip: 'Skip to content',
  language: 'Language',
  signOut: 'Sign out',
  signIn: {
    story: 'Verify the person on the phone before anything is done to their account.',
    ended: 'Your session has ended. Sign in again to go on where you were.',
    failed:
      'That sign-in did not work. Try it again, with another account if need be; if that fails, an operator has to tie your account to the help desk.',
    action: 'Sign in',
  },
  rail: {
    label: 'Screens',
    verifications: 'Verifications',
    queue: 'Queue',
    people: 'People',
    dashboard: 'Dashboard',
    policy: 'Policy',
    calibration: 'Calibration',
    sources: 'Sources',
    alarms: 'Alarms',
  },
  account: 'Account',
  notices: 'Notices',
  banners: {
    elevated_threat:
      'Elevated threat: the strictest rules hold for everybody. Expect to be asked for more evidence and a second approval.',
    alarm: 'There is an alarm. Look at it under Alarms.',
    limit_reached: 'A member of staff or a system reached a limit. Look at it under Alarms.',
    harvest_suspected:
      'Alarm: many lists of options were shown to cases that did not pass. Look at it under Policy.',
    policy_changing: 'A change that weakens the policy is waiting. Look at it under Policy.',
    lab: 'Lab tenant: automated browsers may finish a verification here, and limits are raised. Not for real people.',
    password_only_sign_in:
      'Staff can sign in without a second factor that resists phishing. Require one at the sign-in provider.',
    demo_sign_in:
      'The sign-in provider runs on this machine without encryption. The demo provider says that it asked for a second factor, but it does not ask.',
  } as Record<string, string>,
  columns: {
    participant: 'Participant',
    purpose: 'Purpose',
    outcome: 'Outcome',
    state: 'State',
    risk: 'Risk',
    referrer: 'Referrer',
    channel: 'Channel',
    ticket: 'Ticket',
    feedback: 'Feedback',
    started: 'Started',
    completed: 'Completed',
  },
  list: enList,
  dates: {
    label: 'Period',
    any: 'Any time',
    last: (days: number) => (days === 1 ? 'Today' : `Last ${days} days`),
    from: 'From',
    to: 'To',
    apply: 'Apply',
    reset: 'Reset',
    backwards: 'The first day is after the last one.',
  },
  people: {
    search: 'Name, login or e-mail',
    hint: 'Type three characters or more.',
    found: (count: number) => (count === 1 ? '1 person found' : `${count} people found`),
    none: 'Nobody matches. Check the spelling, or try the login or e-mail.',
    more: 'More people match. Type more to narrow it down.',
    directory: 'Search in the directory',
    directoryHint: 'Somebody new, or renamed a moment ago, may be there already.',
    asking: 'Asking the directory …',
    inDirectory: 'In the directory',
    foundThere: (count: number) =>
      count === 1 ? '1 more person found in the directory' : `${count} more people found in the directory`,
    noneThere: 'Nobody else in the directory matches.',
    silent: (names: readonly string[]) =>
      names.length === 1
        ? `${names[0] ?? ''} did not answer. Whoever is there alone may be missing.`
        : `${names.join(', ')} did not answer. Whoever is there alone may be missing.`,
  },
  person: {
    manager: 'Manager',
    team: 'Team',
    office: 'Office',
    login: 'Login',
    hired: 'Works here since',
    passwordChanged: 'Password changed',
    refreshed: 'Directory read',
    never: 'Never via help desk',
    warnings: 'Mind before sending',
    contacts: 'Contacts on file',
    unreadable: 'does not open',
    noContacts: 'No contact is on file. Use another way: in person, or through the manager.',
    changed: 'changed',
    recent: 'Recent verifications',
    noRecent: 'None yet.',
  },
  send: {
    title: 'Send verification link',
    contact: 'Contact on file',
    ticket: 'Ticket (optional)',
    ticketBad: 'Letters, digits and # / . _ - only, at most 40.',
    preview: 'The message as a phone shows it',
    sending: 'Sending …',
    running: 'This verification is running.',
    openPage: 'Open as a page',
    over: 'This verification is closed.',
    again: 'Send another link',
    allowed: (channel: string, masked: string) => `${channel} to ${masked} is allowed.`,
    noneAllowed: 'No contact on file may be used for this now.',
  },
  shortcuts: {
    title: 'Keyboard',
    list: [
      ['/', 'Search'],
      ['Ctrl K', 'Find a person'],
      ['n', 'New verification'],
      ['j k', 'Next, previous row'],
      ['Enter', 'Open the row'],
      ['Esc', 'Close the panel'],
      ['a', 'Approve (asks first)'],
      ['r', 'Refuse (asks first)'],
      ['?', 'This page'],
    ] as readonly (readonly [string, string])[],
  },
}

/** The shape every language keeps. */
export type Copy = typeof en

/** The same, by the name that every language has. */
export const words: Copy = en
