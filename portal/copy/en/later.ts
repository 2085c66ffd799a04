import { enQuestions } from '#domain/words/en/questions.ts'
import { zoneName } from '#platform/ui/zone-name.ts'
import type { Step } from '#api/contract/portal.ts'
import type { PasswordRuleCode } from '#domain/password.ts'
import { enPurposeEndings, enPurposesInPortal } from '#domain/words/en/purposes.ts'

/** The `text` of a step: questions have their sentences here. */
type Text = Extract<Step, { kind: 'question' }>['text']
type Ask = Extract<Step, { kind: 'question' }>['ask']
/** The label of an option. */
export type OptionLabel = Extract<Ask, { form: 'choice' }>['options'][number]['label']
type Kind<K extends Step['kind']> = Extract<Step, { kind: K }>

const devices = { laptop: 'laptop', desktop: 'computer', other: 'device' } as const
const quarters = ['January to March', 'April to June', 'July to September', 'October to December']
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
const signInChanges = {
  password: 'In which month did you last change your password?',
  second_step: 'In which month did you last change your second sign-in step?',
} as const
const named = ({ names, text }: Extract<OptionLabel, { kind: 'text' }>): string => names?.en ?? text

/** A plan of an earlier release has no zone. */
const hoursOf = (zone: string | null | undefined): string =>
  zone ? `All times are in ${zoneName(zone, 'en')}.` : 'All times are those at your place of work.'

/** The words of every step after the first. */
export const later = {
  code: {
    read: 'If yes, type the six digits that the help desk reads to you',
    again:
      'Type the six digits that the help desk reads to you. If nobody is on the phone, call the help desk',
    checked: 'If you are talking to them, type the six digits that they read to you',
    sent: (masked: string) => `If yes, type the six digits that we sent to ${masked}`,
    both: 'Ask for two words. They must be:',
    check: 'Other words? Then hang up and call the help desk yourself.',
    wrong: (left: number) =>
      left === 1 ? 'That is not the code. One try is left.' : `That is not the code. ${left} tries are left.`,
    short: 'Please type all six digits.',
  },
  checking: {
    heading: 'Checking this device',
    story: 'This takes a few seconds. You do not need to do anything.',
  },
  aid: 'I dictate, or an aid types or clicks for me',
  question: {
    count: (number: number, of: number) => `Question ${number} of up to ${of}`,
    left: 'Time left',
    ending: 'Less than 20 seconds left. You can ask for more time.',
    dontKnow: 'I don’t know',
    more: 'I need more time',
    choose: 'Please choose one, or “I don’t know”.',
    fill: 'Please type an answer, or choose “I don’t know”.',
    month: 'Month',
    year: 'Year',
    answer: 'Your answer',
    months,
    /** An option in words; texts come as they are. */
    option: (label: OptionLabel): string => {
      switch (label.kind) {
        case 'text':
          return named(label)
        case 'quarter':
          return `${quarters[label.quarter - 1] ?? ''} ${label.year}`
        case 'month':
          return `${months[label.month - 1] ?? ''} ${label.year}`
        case 'weekday':
          return weekdays[label.weekday - 1] ?? ''
        case 'slot':
          return `${weekdays[label.weekday - 1] ?? ''} at ${label.hour}:00`
      }
    },
    text: (text: Text): string => {
      if (text.key === 'question.device_model.choice')
        return `Which ${devices[text.device]} is registered to you?`
      if (text.key === 'question.asset_tag.typed')
        return `What are the last ${text.characters} characters of the asset tag on your ${devices[text.device]}? It is on the sticker.`
      if (text.key === 'question.meeting_slot.choice')
        return `When is your weekly meeting with 5 to 10 people? ${hoursOf(text.zone)}`
      return text.key === 'question.sign_in_change.choice'
        ? signInChanges[text.what]
        : enQuestions.asked[text.key]
    },
  },
  second: {
    heading: 'Type the code we sent you',
    story: (masked: string) =>
      `We sent six digits to ${masked}, another contact that your organisation has on file.`,
    label: 'Six digits',
    without: 'I cannot get messages there',
    withoutMore: 'Then we ask for another proof, or the help desk decides.',
    expired: 'This code is too old',
    expiredMore: 'Ask for a new one. Only the newest code counts.',
    again: {
      heading: 'I didn’t get the code',
      advice: 'Messages may take a minute. Look for it among unwanted mail too. Only the newest code counts.',
      held: 'Too many messages were sent in a short time, so we cannot send another one now. The code that you got still counts.',
      never: 'We cannot send another code for this request.',
      soon: (minutes: string) => `You can ask for another code in ${minutes}.`,
      sendTo: (masked: string) => `Send a new code to ${masked}`,
    },
    wrong: (left: number) =>
      left === 1 ? 'That is not the code. One try is left.' : `That is not the code. ${left} tries are left.`,
  },
  /** Words of the step whose code was not sent. */
  refused: {
    heading: {
      limit: 'We cannot send you a code now',
      delivery: 'We could not deliver your code',
      contact: 'We cannot send you a code',
    },
    limit: 'Too many messages were sent in a short time. This limit protects you and others from misuse.',
    undelivered: (masked: string | null) =>
      masked === null
        ? 'The message with your code could not be delivered.'
        : `We tried to send a code to ${masked}. The message could not be delivered.`,
    at: (when: string) => `You can get the next code from ${when}.`,
    now: 'You can ask for the code again now.',
    never: 'We cannot send another code for this request.',
    send: 'Send the code now',
    otherWay: {
      passkey: 'You can also go on without the code and confirm with your passkey instead.',
      provider_sign_in: 'You can also go on without the code and sign in to your organisation instead.',
      push: 'You can also go on without the code and approve a push on your authenticator instead.',
      recovery_sheet:
        'You can also go on without the code and type a code of your printed recovery sheet instead, if you have one.',
      approver:
        'You can also go on without the code. Then we ask your manager or another approver to confirm that it is you.',
      agent:
        'You can also go on without the code. Then the help desk decides what else can prove that it is you.',
    },
    without: 'Go on without the code',
    tell: 'If you are on the phone with the help desk, tell the agent what you see here. If this page closes, ask for a new link.',
  },
  vouching: {
    heading: {
      manager: 'Your manager has been asked',
      named: 'Somebody who may vouch for you has been asked',
    },
    story: 'They got a message just now. You can tell them that you are waiting.',
    digits: 'When they call you, or you see them, tell them this number:',
    only: 'Tell it to nobody else, not even to the help desk.',
    otherwise: (minutes: number) =>
      `If nobody answers within ${minutes === 1 ? 'one minute' : `${minutes} minutes`}, the help desk goes on with you another way. Please keep this page open.`,
  },
  passkey: {
    heading: 'Confirm with your passkey',
    story:
      'You set up a passkey at the end of an earlier request. Your device asks for what you unlock it with: a fingerprint, your face or its PIN.',
    confirm: 'Use my passkey',
    without: 'I do not have it here',
    stopped: 'The passkey was not used. Please try again, or go on without it.',
    refused: (left: number) =>
      left === 1
        ? 'This passkey was not accepted. One try is left.'
        : `This passkey was not accepted. ${left} tries are left.`,
    unknown: 'This browser cannot use passkeys. Please go on without it.',
  },
  providerSignIn: {
    heading: 'Sign in to your organisation',
    story:
      'To confirm that it is you, sign in with your work account as you do every day, and with your second step: an app, a security key or a passkey. Then you come back to this page.',
    where: 'You sign in at:',
    signIn: 'Go to the sign-in',
    without: 'I cannot sign in now',
    password:
      'Countersign never sees your password. If you cannot sign in, we find another way. That does not count against you.',
    left: (left: number) => (left === 1 ? 'One try is left.' : `${left} tries are left.`),
    problems: {
      other_account:
        'You signed in with an account that is not the one of this request. Use your own work account.',
      stale: 'You were already signed in, so we could not tell that it was you just now. Sign in again.',
      weak: 'You signed in with a password only. Sign in again and use your second step as well.',
      unanswered:
        'The sign-in did not finish, or your organisation’s sign-in does not answer. You can try again, or go on another way.',
    },
  },
  push: {
    heading: 'Approve a push on your authenticator',
    story:
      'If you have the authenticator app of your organisation on your phone, we send it a push. You compare it with this page and approve it there.',
    send: 'Send me the push',
    again: 'Send one more push',
    sending: 'The push is being sent …',
    sent: 'The push is on its way. Open your authenticator app.',
    compare: 'If the push shows two words, approve it only if they are these:',
    choose: 'Choose this in your authenticator:',
    without: 'I cannot approve a push now',
    only: 'Approve only a push that you asked for on this page. Deny any other. If you have no authenticator here, that does not count against you.',
    problems: {
      not_sent:
        'No push could be sent. Either you have no authenticator for pushes, or your organisation’s service does not answer. You can go on another way.',
      unanswered: 'Nobody answered the push in time. You can go on another way.',
    },
  },
  recoverySheet: {
    heading: 'Type a code of your recovery sheet',
    story:
      'If you printed a sheet of recovery codes earlier, type one code that you have not used yet. Each code works once.',
    label: 'Recovery code',
    note: 'Three groups of five characters. Capitals and dashes do not matter.',
    use: 'Use this code',
    without: 'I have no sheet here',
    mistyped:
      'No sheet has a code like this, so there is a typing error. It costs no try. Compare it with your sheet and type it again.',
    wrong: (left: number) =>
      left === 1
        ? 'This code does not count. One try is left.'
        : `This code does not count. ${left} tries are left.`,
    never:
      'Type it on this page only. The help desk never asks you to read a code out. If you have no sheet, that does not count against you.',
  },
  sheet: {
    heading: 'Print recovery codes for next time?',
    story:
      'You get ten codes on one sheet of paper. Each can help once to prove who you are, for example when you have lost your phone.',
    wait: 'They rest before they count, usually for a day. We tell your contacts on file, so that you would notice if it was not you. A new sheet replaces an older one.',
    make: 'Show the codes',
    skip: 'No, thank you',
    failed:
      'No sheet was made. You can try again or leave it. Throw away codes that you have already printed.',
    title: 'Recovery codes for the help desk',
    made: (day: string) => `Made on ${day}. They replace all earlier codes.`,
    keep: 'Keep this sheet like a key to your home, and not with your phone. Each code works once: cross it out. Type a code only on the page that a link of the help desk opens, and never read one out. If the sheet is lost, tell the help desk.',
    onlyNow:
      'You see these codes only now, and nobody else sees them. They do not count until you say that you have them on paper.',
    print: 'Print',
    printed: 'I have them on paper',
    done: 'Your recovery sheet is made',
    doneMore:
      'Its codes rest before they count, usually for a day. We have told your contacts on file. Close this page on a computer that others use.',
  },
  offer: {
    heading: 'Set up a passkey for next time?',
    story:
      'A passkey lets this device confirm that it is you, with your fingerprint, your face or its PIN. Nobody can ask you to read it out. Your password stays as it is.',
    wait: 'It counts from three days on. We tell your contacts on file, so that you would notice if it was not you.',
    make: 'Set up a passkey',
    skip: 'No, thank you',
    failed: 'No passkey was set up. Your new password is not affected; you can try again or leave it.',
    done: 'Your passkey is set up',
    doneMore:
      'In three days it can help to prove who you are at the help desk. We have told your contacts on file.',
  },
  scheduled: {
    heading: 'Approved. It will be done later.',
    at: (when: string) => `Not before ${when}`,
    told: 'Everybody on file for you was told, by message. Until then any of them can stop it, and so can you.',
    close: 'You may close this page. When it is time you get a new link, and you finish here with it.',
  },
  waiting: {
    score: 'Thank you. One moment …',
    decision: 'Thank you. The help desk is looking at your request now.',
    decisionMore: 'Please stay on the line and keep this page open.',
    alone: 'Thank you. A person of the help desk decides about your request.',
    aloneMore:
      'The decision appears on this page: keep it open, or come back to it in this browser. If it takes longer than half an hour and your request is approved, we send you a new link.',
    ...enPurposesInPortal.waiting,
  },
  password: {
    heading: 'Choose a new password',
    story: 'Only you will know it. Nobody at the help desk can see it.',
    label: 'New password',
    show: 'Show',
    hide: 'Hide',
    rule: (key: string, min: number, max: number): string => {
      const rules: Readonly<Record<PasswordRuleCode | 'directory', string>> = {
        length: `At least ${min} characters`,
        not_too_long: `At most ${max} characters`,
        own_words: 'Without your name, your login or your organisation',
        common: 'Not a common password, and not a well-known phrase',
        guessable: 'Hard to guess: several words are better than one',
        directory: 'Your organisation’s directory does not accept this one. Please choose another.',
      }
      return rules[key as PasswordRuleCode] ?? rules.directory
    },
    met: 'met',
    unmet: 'not met yet',
    pending: 'not checked yet',
    fix: 'Please meet every rule of the list first.',
    refused: 'This password cannot be used:',
    tries: (left: number) => (left === 1 ? 'One try is left.' : `${left} tries are left.`),
    set: 'Set password',
    minutes: (minutes: number) =>
      minutes === 1 ? 'You have one minute for this.' : `You have ${minutes} minutes for this.`,
  },
  ended: {
    ...enPurposeEndings,
    confirmed: ['Thank you. The help desk can go on', 'You can close this page.'],
    not_confirmed: ['We could not confirm this', 'Please call the help desk on the number you already know.'],
    reported: ['Stopped. Thank you for telling us', 'Nothing was changed. Your security team has been told.'],
    stopped_by_report: [
      'This was stopped because it was reported',
      'Somebody said on a message about it that it was not you. Nothing was changed. If it was you, call the help desk on the number you already know.',
    ],
    timed_out: ['The time for this has run out', 'Please ask the help desk for a new link.'],
    cancelled: ['The help desk ended this', 'Nothing was changed. You can close this page.'],
    code_dead: ['The code was wrong too often', 'Please ask the help desk for a new link.'],
    session_over: [
      'This page was open too long',
      'Please ask the help desk for a new link; you can go on where you stopped.',
    ],
    not_this_browser: [
      'This page cannot be used any more',
      'We could not make sure that this is still the browser in which you began. Ask the help desk for a new link, and open it straight from the message.',
    ],
  } as Record<Kind<'ended'>['ending'], [string, string]>,
  mfa: {
    heading: 'Remove your second sign-in step',
    story:
      'The second step that you have now, such as an app or a key, stops working. If your organisation needs a code to set up a new one, this page shows it to you, once. Nobody at the help desk can see it.',
    ready: 'Have the device at hand on which you want to set up the new step.',
    remove: 'Remove it now',
  },
  enrolment: {
    ready:
      'With this code you set up a new second step when you next sign in. It is shown only once, and only here.',
    show: 'Show the code',
    label: 'Your one-time code',
    until: (time: string) => `Good until ${time}, for one use. Tell it to nobody, not even to the help desk.`,
    shown:
      'The code was shown here once. If you do not have it any more, ask the help desk for a new verification.',
    over: 'The time to look at the code is over. Please ask the help desk for a new verification.',
    none: 'You need no code: you are asked to set up a new second step when you next sign in.',
    lost: 'The code cannot be shown here. Please ask the help desk for a new verification.',
  },
  unknown: {
    meanwhile:
      'This page moves on by itself as soon as we know, usually within five minutes. Please keep it open and stay on the line.',
    long: 'This takes longer than usual. Please ask the help desk: they see the result too.',
  },
  feedback: {
    heading: 'How was this?',
    easy: 'Easy',
    hard: 'Hard',
    comment: 'Anything to add? (optional)',
    send: 'Send',
    thanks: 'Thank you.',
  },
}

/** The shape every language keeps. */
export type LaterCopy = typeof later
