import type { MessageTexts } from '../texts.ts'

/** English. */
export const messages: MessageTexts = {
  warnings: {
    link: 'We will never ask you to read this link to anyone.',
    link_with_no:
      'Not you? Do nothing, or press No there. We will never ask you to read this link to anyone.',
    code: 'We will never ask you to read this code to anyone.',
    call: 'We will never call you about this.',
    call_or_link:
      'Not right? Sign in and press No. We will never call you about this or ask you to read this link to anyone.',
  },
  link: {
    // The link by SMS: two segments at most (B22); agent and ticket are on the page.
    sms: {
      subject: null,
      text: '{organisation} help desk: confirm that it is you within {minutes} min: {link} {warning}',
    },
    // The link by e-mail.
    email: {
      subject: '{organisation}: confirm that it is you',
      text: [
        'The help desk of {organisation} has a request for your account and needs to know that it comes from you.',
        '',
        'Open this page within {minutes} minutes and follow the steps:',
        '{link}',
        '',
        '{warning}',
      ].join('\n'),
    },
  },
  second_code: {
    // A code to a different contact, by SMS: a second segment is what the way to stop it costs (B12, B22).
    sms: {
      subject: null,
      text: '{organisation}: your code is {code}, valid for {minutes} min. {warning} Not you? Stop it: {link}',
    },
    // A code to a different contact, by e-mail.
    email: {
      subject: '{organisation}: your code',
      text: [
        'Your code is {code}. It is valid for {minutes} minutes.',
        '',
        'Type it on the page of {organisation} that you have open.',
        '',
        'Not you? Stop the request here:',
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
      text: '{organisation} help desk: a person says that you know them. Sign in within {minutes} min: {link} {warning}',
    },
    // A request to vouch, by e-mail. It names nobody: the approver learns who asks for what only after the sign-in.
    email: {
      subject: '{organisation}: do you know this person?',
      text: [
        'A person has asked the help desk of {organisation} for help and says that you know them.',
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
        'From now on the help desk of {organisation} may ask you to confirm who a person is. Two administrators decided that.',
        '',
        'If that happens, you get a message and sign in as you do at work. Call the person on a number that you already have before you say yes. “Not sure” is a good answer, too.',
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
        'The help desk of {organisation} asks you to set up a passkey. If you forget your password one day, the passkey proves that it is you.',
        '',
        'Open this page and sign in as you do at work.',
        '{link}',
        '',
        'The address is the same for everybody and holds no secret.',
        '',
        '{warning} If you do not know why you got this, speak to your IT department.',
      ].join('\n'),
    },
  },
  notice: { wasNotMe: 'Not you? Tell us here:' },
}
