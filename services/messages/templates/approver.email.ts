import type { Template } from './texts.ts'

/** A request to vouch, by e-mail. Names nobody: who asks for what is said after the sign-in only. */
export const approverEmail: Template = {
  en: {
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
  de: {
    subject: '{organisation}: Kennen Sie diese Person?',
    text: [
      'Der Helpdesk von {organisation} hilft jemandem, der sagt, dass Sie sich kennen.',
      '',
      'Öffnen Sie innerhalb von {minutes} Minuten diese Seite und melden Sie sich an, um zu sehen, wer es ist. Das Öffnen ändert nichts.',
      '{link}',
      '',
      'Bevor Sie Ja sagen, rufen Sie die Person unter einer Nummer an, die Sie schon haben, nicht unter einer aus dieser Nachricht.',
      '{warning}',
    ].join('\n'),
  },
}
