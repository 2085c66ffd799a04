import type { Template } from './texts.ts'

/** A code to a different contact, by e-mail. */
export const secondCodeEmail: Template = {
  en: {
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
  de: {
    subject: '{organisation}: Ihr Code',
    text: [
      'Ihr Code ist {code}. Er gilt {minutes} Minuten.',
      '',
      'Tippen Sie ihn auf der Seite von {organisation} ein, die Sie geöffnet haben.',
      '',
      'Waren nicht Sie es, stoppen Sie es hier:',
      '{link}',
      '',
      '{warning}',
    ].join('\n'),
  },
}
