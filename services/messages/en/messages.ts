import type { MessageTexts } from '../texts.ts'

/** English. */
export const messages: MessageTexts = {
  warnings: {
    link: 'We will never ask you to read this link to anyone.',
    link_with_no: 'Not you? Open it and press No. We will never ask you to read this link to anyone.',
    code: 'We will never ask you to read this code to anyone.',
    call: 'We will never call you about this.',
    call_or_link:
      'Not right? Sign in and press No. We will never call you about this or ask you to read this link to anyone.',
  },
  link: {
    // The link by SMS: two segments at most (B22); agent and ticket are on the page.
    sms: {
      subject: null,
      text: '{organisation}: you asked the help desk. Confirm that it is you within {minutes} min: {link} {warning}',
    },
    // The link by e-mail.
    email: {
      subject: '{organisation}: confirm your request to the help desk',
      text: [
        'Somebody who says they are you has contacted the help desk of {organisation}.',
        '',
        'If it was you, open this page within {minutes} minutes and follow it:',
        '{link}',
        '',
        'If it was not you, open it all the same: with "No" nothing will be changed and the help desk is told.',
        '',
        '{warning}',
      ].join('\n'),
    },
  },
  second_code: {
    // A code to a different contact, by SMS: a second segment is what the way to stop it costs (B12, B22).
    sms: {
      subject: null,
      text: '{organisation}: your code is {code}, valid for {minutes} min. Type it on the page you have open. {warning} Not you? Stop it: {link}',
    },
    // A code to a different contact, by e-mail.
    email: {
      subject: '{organisation}: your code',
      text: [
        'Your code is {code}. It is valid for {minutes} minutes.',
        '',
        'Type it on the page of {organisation} that you have open.',
        '',
        'If it was not you who asked for this, stop it here:',
        '{link}',
        '',
        '{warning}',
      ].join('\n'),
    },
  },
  approver_request: {
    // A request to vouch, by SMS.
    sms: {
      subject: null,
      text: '{organisation} help desk: somebody says that you know them. Sign in within {minutes} min: {link} {warning}',
    },
    // A request to vouch, by e-mail. It names nobody: the approver learns who asks for what only after the sign-in.
    email: {
      subject: '{organisation}: do you know this person?',
      text: [
        'The help desk of {organisation} is helping somebody who says that you know them.',
        '',
        'Open this page within {minutes} minutes and sign in to see who it is. Opening it changes nothing.',
        '{link}',
        '',
        'Before you say yes, call the person on a number that you already have, not on one from this message.',
        '{warning}',
      ].join('\n'),
    },
  },
  approver_named: {
    // The e-mail to a person who may be asked to vouch from now on. It holds no link, and does not say for whom.
    email: {
      subject: '{organisation}: you may be asked to vouch for people',
      text: [
        'From now on the help desk of {organisation} may ask you whether somebody is who they say they are.',
        'Two administrators decided that.',
        '',
        'If that happens, you get a message and sign in as you do at work. Call the person on a number that you already have',
        'before you say yes. “Not sure” is a good answer, too.',
        '',
        '{warning} If you do not want it, or do not know why, speak to your IT department.',
      ].join('\n'),
    },
  },
  passkey_invitation: {
    // An invitation to set up a passkey. Its address is the same for everybody and opens nothing.
    email: {
      subject: '{organisation}: set up a passkey before you need it',
      text: [
        'The help desk of {organisation} asks you to set up a passkey. If you forget your password one day, it helps you prove',
        'that it is you.',
        '',
        'Open this page and sign in as you do at work.',
        '{link}',
        '',
        'The address is the same for everybody and holds no secret. If you do nothing, nothing changes.',
        '',
        '{warning} If you do not know why you got this, speak to your IT department.',
      ].join('\n'),
    },
  },
  notice: { subject: 'notice of the help desk', wasNotMe: 'If this was not you:' },
}
