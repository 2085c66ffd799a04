import type { ApproverRequest } from '#api/contract/approver.ts'
import type { EnrolmentProblem } from '#api/contract/passkeys.ts'
import type { HelpInput } from '#api/contract/help.ts'
import { enNotices, type NoticeWords } from '#domain/words/en/notices.ts'
import { enPurposesInPortal } from '#domain/words/en/purposes.ts'

type ApproverCopy = {
  start: { heading: string; story: string; inert: string; signIn: string }
  failed: { heading: string; story: string; again: string }
  heading: (name: string) => string
  why: Readonly<Record<ApproverRequest['as'], string>>
  wants: string
  purposes: Readonly<Record<ApproverRequest['purpose'], string>>
  facts: { agent: string; alone: string; ticket: string; since: string; left: string }
  minutes: (minutes: number) => string
  check: { heading: string; call: string; caller: string; ask: string }
  digits: string
  wrong: (left: number) => string
  short: string
  yes: string
  notSure: string
  no: string
  stop: { heading: string; story: string; confirm: string }
  done: Readonly<Record<'yes' | 'no' | 'not_sure', readonly [heading: string, story: string]>>
  over: readonly [heading: string, story: string]
}

type DoorCopy = {
  heading: string
  link: readonly [heading: string, story: string]
  locked: readonly [heading: string, story: string]
  help: string
  called: readonly [heading: string, story: string]
}

type HelpCopy = {
  heading: string
  story: string
  what: string
  purposes: Readonly<Record<HelpInput['purpose'], string>>
  who: string
  whoHint: string
  send: string
  missing: string
  sent: string
  sentStory: string
  nothing: string
}

type EnrolmentCopy = {
  heading: string
  story: string
  where: string
  signIn: string
  password: string
  problems: Readonly<Record<EnrolmentProblem | 'over', string>>
  closed: readonly [heading: string, story: string]
  hello: (name: string) => string
  ready: string
  wait: string
  make: string
  leave: string
  full: string
  unknown: string
  failed: string
  done: readonly [heading: string, story: string]
  yours: string
  none: string
  since: (date: string) => string
  states: Readonly<Record<'waiting' | 'usable' | 'disputed', string>>
}

type ReportCopy = {
  heading: string
  kinds: NoticeWords
  story: string
  facts: (purpose: string, time: string) => string
  time: (time: string) => string
  stopped: string
  done: string
  dead: readonly [heading: string, story: string]
}

/** The words of the pages beside the steps: an approver's, the help page, the one for passkeys, and the one behind "this was not me". */
export type PageCopy = {
  readonly approver: ApproverCopy
  readonly door: DoorCopy
  readonly help: HelpCopy
  readonly enrolment: EnrolmentCopy
  readonly report: ReportCopy
}

/** English. */
export const pages: PageCopy = {
  approver: {
    start: {
      heading: 'Somebody says that you know them',
      story: 'The help desk asks whether you do. Sign in as you do at work to see who it is.',
      inert: 'Opening this page has changed nothing.',
      signIn: 'Sign in to see who',
    },
    failed: {
      heading: 'You cannot answer with this sign-in',
      story:
        'You signed in as somebody else, or the time to answer is over. Sign in with your own work account. If the time is over, there is nothing to do.',
      again: 'Sign in again',
    },
    heading: (name) => `Is it really ${name} who asks?`,
    why: {
      manager: 'You are asked as their manager.',
      named: 'You were named as somebody who may vouch for them.',
    },
    wants: 'They want to',
    purposes: enPurposesInPortal.vouchedWishes,
    facts: {
      agent: 'Handled by',
      alone: 'nobody at the help desk yet',
      ticket: 'Ticket',
      since: 'Since',
      left: 'Time left',
    },
    minutes: (minutes) => (minutes === 1 ? '1 minute' : `${minutes} minutes`),
    check: {
      heading: 'Before you say yes',
      call: 'Call the person yourself, on a number that you already have, or go and see them.',
      caller:
        'Do not trust a call that comes to you, not even from the help desk: they do not know the number below.',
      ask: 'Ask for the two digits that their page shows, and type them here.',
    },
    digits: 'Two digits from their page',
    wrong: (left) =>
      left === 0
        ? 'Those are not the digits. No try is left.'
        : `Those are not the digits. ${left === 1 ? 'One try is' : `${left} tries are`} left.`,
    short: 'Please type both digits.',
    yes: 'Yes, it is them',
    notSure: 'I am not sure',
    no: 'No, stop this',
    stop: {
      heading: 'Stop this request?',
      story: 'The request is refused and your security team is told at once.',
      confirm: 'Yes, stop it',
    },
    done: {
      yes: ['Thank you', 'The help desk can go on. You can close this page.'],
      no: [
        'Stopped. Thank you for telling us',
        'The request was refused and your security team has been told.',
      ],
      not_sure: ['Thank you', 'That counts neither for nor against the person. You can close this page.'],
    },
    over: [
      'This cannot be answered any more',
      'It was answered, replaced, or its time is over. There is nothing to do.',
    ],
  },
  door: {
    heading: 'Help with signing in',
    link: [
      'I have a link',
      'Open it in your message again. If its page says that it cannot be used, go on below.',
    ],
    locked: ['I cannot sign in', 'You forgot your password, you are locked out, or you lost your phone.'],
    help: 'Get help',
    called: [
      'Is the help desk calling me?',
      'You cannot tell by a voice or a number. Read out no code and no password. Hang up, and call the help desk yourself.',
    ],
  },
  help: {
    heading: 'What do you need?',
    story: 'If we can help you here, you get a link on one of your contacts on file and a code on another.',
    what: 'Choose one',
    purposes: enPurposesInPortal.needs,
    who: 'Your login or work e-mail address',
    whoHint: 'As you sign in at work.',
    send: 'Continue',
    missing: 'Please choose one and type your login or work e-mail address.',
    sent: 'Look at your messages',
    sentStory:
      'If there is an account that we can help with here, a link and a code are on their way to two of its contacts on file. Open the link and type the code there.',
    nothing:
      'Nothing arrived after a few minutes? Then please call the help desk on the number you already know.',
  },
  enrolment: {
    heading: 'Set up a passkey before you need it',
    story:
      'If you forget your password one day, a passkey helps you prove to the help desk that it is you. Sign in with your work account and your second step: an app, a security key or a passkey. Then you come back to this page.',
    where: 'You sign in at:',
    signIn: 'Go to the sign-in',
    password: 'Countersign never sees your password.',
    problems: {
      weak: 'You signed in with a password only. A password can be stolen, so it is not enough here. Set up a second step for your work account first, then sign in again. If you do not know how, ask your help desk.',
      stale: 'You were already signed in, so we could not tell that it was you just now. Sign in again.',
      unanswered:
        'The sign-in did not finish, or your organisation’s sign-in does not answer. Try again later. Nothing was changed.',
      not_possible:
        'You cannot set up a passkey with this account now. Nothing was changed. If you did not expect this, call your help desk on the number you know.',
      over: 'Your time on this page is over. Sign in again to go on.',
    },
    closed: [
      'You cannot set up a passkey here',
      'Your organisation does not offer this now. You do not have to do anything.',
    ],
    hello: (name) => `You are signed in as ${name}.`,
    ready:
      'With a passkey this device confirms that it is you, with your fingerprint, your face or its PIN. Nobody can ask you to read it out.',
    wait: 'It counts from three days on. We tell your contacts on file, so that you would notice if it was not you.',
    make: 'Set up a passkey',
    leave: 'Sign out',
    full: 'You have as many passkeys as one person may have. To set up another one, ask your help desk to remove one that you no longer use.',
    unknown: 'This browser cannot make passkeys. Open this page in another browser or on your phone.',
    failed: 'No passkey was set up. You can try again.',
    done: [
      'Your passkey is set up',
      'In three days it can help to prove who you are at the help desk. We have told your contacts on file. You are signed out here and can close this page.',
    ],
    yours: 'Your passkeys',
    none: 'You have none yet.',
    since: (date) => `set up on ${date}`,
    states: {
      waiting: 'counts from the third day on',
      usable: 'ready to use',
      disputed: 'does not count: it was reported',
    },
  },
  report: {
    heading: 'Was this not you?',
    kinds: enNotices,
    story: 'If you confirm, everything open in your name is stopped, and your security team is told at once.',
    facts: (purpose, time) => `Request: ${purpose}. Time: ${time}.`,
    time: (time) => `Time: ${time}.`,
    stopped: 'Stopped. Thank you for telling us',
    done: 'Everything that was open in your name has been stopped. If something was changed already, please call the help desk on the number you know.',
    dead: [
      'This link was used already, or it is too old',
      'If you confirmed it before, everything that was open in your name has been stopped. If somebody is acting in your name now, call the help desk.',
    ],
  },
}
