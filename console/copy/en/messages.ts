import { eachMessage } from '#domain/messages/kinds.ts'
import { enMessageNames, enNotices } from '#domain/words/en/notices.ts'
import type { DeliveryProblem } from '#domain/messages/delivery-problem.ts'
import type { SmsSize } from '#domain/messages/sms-size.ts'

/** The reasons why a message did not arrive. */
export const enDeliveryProblems: Readonly<Record<DeliveryProblem, string>> = {
  no_such_address: 'there is no such number or mailbox',
  full: 'the mailbox is full',
  blocked: 'blocked by the carrier or the mail server',
  unreachable: 'the phone or the mail server cannot be reached',
  not_mobile: 'the number gets no SMS',
  opted_out: 'the recipient stopped messages from this sender',
  no_contact: 'there is no contact of that kind any more',
  not_configured: 'no SMS account is set up',
  interrupted: 'interrupted on the way; it may have gone out',
  not_taken: 'the provider took nothing; it can be sent again',
  other: 'the provider names no cause that is known here',
}

/** Messages: their words, previews, tests and budget. */
export const enMessages = {
  title: 'Messages',
  story:
    'Every message that goes out to participants, approvers and other contacts. You can write them in your own words; who writes, the one link and the warning are always in them. A second admin has to accept new words.',
  which: 'Message',
  channel: 'Channel',
  language: 'Language',
  kinds: eachMessage((kind) => ({ ...enMessageNames, ...enNotices })[kind].name),
  standard: 'Standard words',
  own: 'Own words',
  waits: 'Waits for a second admin',
  subject: 'Subject',
  text: 'Wording',
  insert: 'Insert a placeholder',
  placeholders: {
    organisation: 'the name of the organisation',
    link: 'the one link',
    code: 'the code',
    minutes: 'how many minutes it is valid',
    warning: 'the warning, which nobody can reword',
  },
  measure: ({ encoding, units, segments }: SmsSize, most: number) =>
    `${encoding === 'gsm7' ? 'GSM-7' : 'UCS-2 (a letter costs more than in GSM-7)'}: ${String(units)} letters, ${String(segments)} of at most ${String(most)} segments, with your organisation’s name`,
  problems: {
    empty: 'It is empty.',
    too_long: 'It is too long.',
    braces: 'Between { and } only the placeholders below may stand.',
    missing: '{placeholder} is missing.',
    twice: '{placeholder} may stand there once only.',
    not_here: 'This message has no {placeholder}, or not here.',
    address: 'No web or mail address may stand beside the link: people would press it.',
    number: 'No phone number may stand there: people would call it.',
    letters: 'It holds a letter that cannot be seen or that turns the direction of the text.',
    link_not_apart: 'Leave a space before and after {placeholder}.',
    segments: 'As an SMS it becomes too long. Shorten it.',
  },
  preview: 'As it arrives',
  mailAdds:
    'Each mail also shows the ticket, the agent, the time, what happens if the reader does nothing, and the number of the help desk. The link becomes a button.',
  proposedPreview: 'As it would arrive',
  reason: 'Your reason',
  propose: 'Propose to a second admin',
  proposeStory: 'The words go out once another admin accepted them. All admins are told.',
  proposed: 'Proposed. The words go out once a second admin accepts them.',
  reset: 'Back to the standard words',
  resetStory: 'It holds at once, and all admins are told.',
  wasReset: 'The message has its standard words again.',
  ownProposal: 'You proposed this. Another admin has to accept it; you can take it back.',
  accept: 'Accept',
  decline: 'Decline',
  withdraw: 'Take back',
  decided: 'Recorded. The message shows how it stands.',
  withdrawn: 'Taken back.',
  proposedBy: (name: string) => `proposed by ${name}`,
  decidedBy: (name: string) => `decided by ${name}`,
  states: {
    proposed: 'Waits for a second admin',
    in_force: 'In force',
    replaced: 'Replaced',
    declined: 'Declined',
    withdrawn: 'Taken back',
  },
  history: 'Earlier words',
  noHistory: 'This message never had other than the standard words.',
  test: 'Send a test',
  testStory: (contact: string) =>
    `It goes to your own contact, ${contact}, and to nobody else. Its link leads nowhere. Five tests in ten minutes.`,
  sendTest: 'Send me the words in force',
  sendProposed: 'Send me the proposed words',
  noNumber:
    'There is no number of yours: an operator can link your account with your person in the directory.',
  noSms: 'This install sends no SMS: an operator has to set up an account for it.',
  testLimit: 'That were many tests. Wait ten minutes before the next one.',
  testStates: {
    waiting: 'waits',
    begun: 'on its way',
    sent: 'accepted by the provider',
    refused: 'refused',
    unknown: 'not known, so not sent again by itself',
  },
  budget: 'Budget',
  used: (used: number, max: number, hours: number) =>
    `${String(used)} of ${String(max)} messages in ${String(hours)} hours`,
  budgetStory:
    'When all are used, no link and no code goes out until some of them are old enough; notices still do. Admins are told at four fifths. The limit is part of the policy.',
}
